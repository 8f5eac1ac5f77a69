namespace MlOps.Quantization.Benchmarking;

/// <summary>How a run under limits ended.</summary>
public enum LimitedRunOutcome
{
    /// <summary>All runs were timed.</summary>
    Completed,

    /// <summary>The model does not fit: the limit on memory ended the process.</summary>
    OutOfMemory,

    /// <summary>It took longer than it was given, and was ended.</summary>
    TimedOut,

    /// <summary>It failed for another reason; the message says which.</summary>
    Failed,

    /// <summary>This system has no such limits: only Linux does.</summary>
    NotSupported,
}
