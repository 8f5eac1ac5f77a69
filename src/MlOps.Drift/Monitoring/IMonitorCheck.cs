namespace MlOps.Drift.Monitoring;

/// <summary>One thing a <see cref="ModelMonitor"/> looks at in every batch. Write your own where the built-in ones do not fit.</summary>
/// <remarks>A check must not change the batch. One that throws does not stop the others: the exception becomes a critical finding
/// named <c>check-failed</c>. A check that learns from batch to batch is an <see cref="IStatefulCheck"/>.</remarks>
public interface IMonitorCheck
{
    /// <summary>Gets the name, unique within a monitor. The history is kept under it: a new name starts a new series.</summary>
    string Name { get; }

    /// <summary>Looks at a batch.</summary>
    CheckResult Run(Batch batch, CancellationToken cancellationToken = default);
}
