namespace MlOps.Grading.Host.Values;

/// <summary>A value is larger than a returned value may be.</summary>
internal sealed class TooMuchDataException : Exception;
