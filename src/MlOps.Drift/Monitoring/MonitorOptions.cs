namespace MlOps.Drift.Monitoring;

/// <summary>How a monitor keeps, tells and times things. The defaults keep the history in memory and send nothing.</summary>
public sealed record MonitorOptions
{
    /// <summary>Gets where the history is kept; null keeps it in memory, for as long as the monitor lives. The monitor does not close it.</summary>
    public MonitorStore? Store { get; init; }

    /// <summary>Gets when findings become alerts.</summary>
    public AlertPolicy Alerts { get; init; } = new();

    /// <summary>Gets where alerts go. The monitor does not close them.</summary>
    public IReadOnlyList<IAlertSink> Sinks { get; init; } = [];

    /// <summary>Gets the clock. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gets a value indicating whether cool-downs are measured in the time of the batches (the end of their periods) and not by the
    /// clock. Set it to go through old data; default false.</summary>
    public bool CoolDownInBatchTime { get; init; }

    /// <summary>Gets how long batches are kept; null keeps all. Measured back from the newest batch.</summary>
    public TimeSpan? Retention { get; init; }
}
