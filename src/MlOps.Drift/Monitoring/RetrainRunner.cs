namespace MlOps.Drift.Monitoring;

/// <summary>Starts a pipeline for decisions: once for each, and never two at a time, across processes that share the store.</summary>
/// <param name="monitor">The monitor's name.</param>
/// <param name="store">Where it is written down what ran.</param>
/// <param name="pipeline">Starts the pipeline and ends when it has ended. If it throws, the decision may be tried again.</param>
/// <param name="clock">The clock; the system's if null.</param>
public sealed class RetrainRunner(string monitor, MonitorStore store, Func<RetrainDecision, CancellationToken, Task> pipeline, TimeProvider? clock = null)
{
    private readonly string _monitor = string.IsNullOrWhiteSpace(monitor) ? throw new ArgumentException("The name is blank.", nameof(monitor)) : monitor;
    private readonly MonitorStore _store = store ?? throw new ArgumentNullException(nameof(store));
    private readonly Func<RetrainDecision, CancellationToken, Task> _pipeline = pipeline ?? throw new ArgumentNullException(nameof(pipeline));
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Gets the actions that start the pipeline. Default: recalibrate, retrain and rollback.</summary>
    public IReadOnlyList<RetrainAction> Starts { get; init; } = [RetrainAction.Recalibrate, RetrainAction.Retrain, RetrainAction.Rollback];

    /// <summary>Gets the time after which a run whose process died no longer stands in the way. Default one day.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Writes the decision down and starts the pipeline if it asks for one.</summary>
    /// <returns>Null when the pipeline ran and ended well; else why it did not run or how it failed.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; the decision may be tried again.</exception>
    /// <exception cref="MonitorStoreException">The store cannot be written; nothing was started.</exception>
    public async Task<string?> RunAsync(RetrainDecision decision, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (!Starts.Contains(decision.Action))
        {
            _store.Add(_monitor, decision);
            return $"'{decision.Action}' starts no pipeline";
        }

        if (_store.Claim(_monitor, decision, _clock.GetUtcNow(), Lease) is { } obstacle)
        {
            return obstacle;
        }

        try
        {
            await _pipeline(decision, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _store.Close(_monitor, decision, "cancelled");
            throw;
        }
        catch (Exception e) // a pipeline is anybody's code; its failure is the answer, and it may be tried again
        {
            _store.Close(_monitor, decision, $"{e.GetType().Name}: {e.Message}");
            return $"the pipeline failed and may be started again: {e.Message}";
        }

        _store.Close(_monitor, decision, error: null);
        return null;
    }
}
