namespace MlOps.Drift.Monitoring;

/// <summary>The store of a monitor cannot be read or written. The message names the file, the reason and what to do.</summary>
public sealed class MonitorStoreException : Exception
{
    /// <summary>Describes what is wrong.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What happened and what to do.</param>
    /// <param name="canRetry">Whether the same call may succeed later, as with a lock or a full disk.</param>
    /// <param name="innerException">The failure underneath.</param>
    public MonitorStoreException(string path, string problem, bool canRetry, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => (Path, CanRetry) = (path, canRetry);

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets a value indicating whether the same call may succeed later.</summary>
    public bool CanRetry { get; }
}
