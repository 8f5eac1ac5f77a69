namespace MlOps.Grading.Sandboxing;

/// <summary>How one question to a host ended.</summary>
internal enum ExchangeEnd
{
    /// <summary>An answer came that carries the question's nonce.</summary>
    Answered,

    /// <summary>No answer came in time; the process was killed.</summary>
    TimedOut,

    /// <summary>The process is gone.</summary>
    Ended,

    /// <summary>Bytes came that the host did not send; the process was killed.</summary>
    Tampered,

    /// <summary>The answer is longer than it may be; the process was killed.</summary>
    TooMuchData,
}
