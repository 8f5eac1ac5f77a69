namespace MlOps.Drift.Monitoring;

/// <summary>How a <see cref="WebhookSink"/> sends.</summary>
public sealed record WebhookOptions
{
    /// <summary>Gets how long an answer may take. Default 5 seconds.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets how often an alert is tried in all. Default 4.</summary>
    public int Attempts { get; init => field = Guard.AtLeast(value, 1, nameof(Attempts)); } = 4;

    /// <summary>Gets the pause before the second attempt; each further one is twice as long. Default 1 second.</summary>
    public TimeSpan Backoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets the number of alerts that may wait; what comes beyond is dropped, counted and reported. Default 1,000.</summary>
    public int QueueLength { get; init => field = Guard.AtLeast(value, 1, nameof(QueueLength)); } = 1000;

    /// <summary>Gets headers to send with every alert, such as an authorization.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the clock that times the pauses. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
