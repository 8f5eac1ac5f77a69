namespace MlOps.Tracking;

/// <summary>A store refused or could not do what was asked. Nothing of the request was written.</summary>
/// <param name="error">Why.</param>
/// <param name="message">A sentence for the user: what was given and what was expected.</param>
/// <param name="innerException">What the operating system or the database said, if it was that.</param>
public sealed class TrackingException(TrackingError error, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Gets why.</summary>
    public TrackingError Error { get; } = error;
}
