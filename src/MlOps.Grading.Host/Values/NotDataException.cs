namespace MlOps.Grading.Host.Values;

/// <summary>A value cannot travel between the processes. The message completes "… returned": "a Func&lt;double&gt;, which is no data".</summary>
internal sealed class NotDataException(string message) : Exception(message);
