namespace MlOps.Tracking.Rest;

/// <summary>A good answer, and the time limit that its reading is under.</summary>
internal sealed class RestAnswer(HttpResponseMessage response, CancellationTokenSource limit) : IDisposable
{
    /// <summary>Gets the answer.</summary>
    internal HttpResponseMessage Response => response;

    /// <summary>Gets what ends the reading when it fires.</summary>
    internal CancellationTokenSource Limit => limit;

    /// <inheritdoc/>
    public void Dispose()
    {
        response.Dispose();
        limit.Dispose();
    }
}
