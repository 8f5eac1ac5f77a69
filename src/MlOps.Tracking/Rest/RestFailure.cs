namespace MlOps.Tracking.Rest;

/// <summary>Why a try failed in a way that another try may mend.</summary>
/// <param name="Error">What the caller is told if there is no other try.</param>
/// <param name="Arrival">Whether the server may have seen the request.</param>
/// <param name="RetryAfter">How long the server asks to wait; null if it does not say.</param>
/// <param name="IsServersFault">Whether the server answered that it failed (HTTP 500): mostly it will do so again.</param>
internal readonly record struct RestFailure(TrackingException Error, RequestArrival Arrival, TimeSpan? RetryAfter = null, bool IsServersFault = false);

/// <summary>What is known of a request that was not answered.</summary>
internal enum RequestArrival
{
    /// <summary>It never left: there was no connection.</summary>
    No,

    /// <summary>The server may have carried it out, and is done with it: asking it is conclusive.</summary>
    Perhaps,

    /// <summary>The server may be at it still: that it has not happened now does not mean that it will not.</summary>
    PerhapsStillUnderWay,
}
