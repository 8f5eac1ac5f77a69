namespace MlOps.Drift.Monitoring;

/// <summary>Where a monitor's alerts go: a terminal, a file, a server.</summary>
/// <remarks>
/// <see cref="Send"/> is called after the batch is stored, once for every batch, also for one without alerts, as some receivers want the
/// numbers. It must not wait for a network: a sink that talks to one queues. If it throws, the others are served all the same and the
/// failure is among the <see cref="MonitorRun.Problems"/>.
/// </remarks>
public interface IAlertSink
{
    /// <summary>Gets the name used in messages about this sink.</summary>
    string Name { get; }

    /// <summary>Takes what a batch brought.</summary>
    void Send(MonitorRun run);

    /// <summary>Returns what has gone wrong since the last call, such as deliveries given up; each problem is returned once.</summary>
    IReadOnlyList<string> TakeProblems() => [];
}
