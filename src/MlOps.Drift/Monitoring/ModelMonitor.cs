namespace MlOps.Drift.Monitoring;

/// <summary>Watches a model: runs its checks on batch after batch, keeps the history, and tells people what matters.</summary>
/// <remarks>
/// A batch is taken in this order: the checks run; what they found becomes alerts; findings, numbers, alerts and the states of checks are
/// stored in one transaction; the sinks are served. If storing fails, everything is as before the batch and it can be sent again. A batch
/// whose id is stored already is not counted again. Alerts whose process ended between storing and sending are sent by the next monitor of
/// that name, so an alert may come twice and is not lost.
/// <para>It is not called Monitor because .NET has a class of that name in a namespace that every file and notebook opens.</para>
/// Thread-safe: batches are taken one at a time. Several processes may run a monitor of one name on one store; each takes the others' states up.
/// </remarks>
public sealed class ModelMonitor : IDisposable
{
    private const int KeptProblems = 20;
    private const string BookState = "alerts:";

    private readonly IMonitorCheck[] _checks;
    private readonly MonitorOptions _options;
    private readonly MonitorStore _store;
    private readonly AlertBook _book;
    private readonly Lock _gate = new();
    private readonly Queue<string> _problems = new();
    private MonitorRun? _last;
    private long _batches;
    private long _sequence = -1;

    /// <summary>Makes a monitor, which goes on where the last one of this name on this store ended.</summary>
    /// <param name="name">The monitor's name in the store and in every message.</param>
    /// <param name="checks">What to look at; their names must differ. An <see cref="IntakeCheck"/> is added.</param>
    /// <param name="options">Store, alerts, sinks and clock; the defaults if null.</param>
    /// <exception cref="ArgumentException">The name is blank, or two checks share a name.</exception>
    /// <exception cref="FormatException">A saved state does not fit its check.</exception>
    /// <exception cref="MonitorStoreException">The store cannot be read.</exception>
    public ModelMonitor(string name, IEnumerable<IMonitorCheck> checks, MonitorOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(checks);
        _checks = [new IntakeCheck(), .. checks];
        if (_checks.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twins)
        {
            throw new ArgumentException($"Checks must have different names; {twins.Count()} are called '{twins.Key}'.", nameof(checks));
        }

        (Name, _options) = (name, options ?? new MonitorOptions());
        _store = _options.Store ?? MonitorStore.InMemory();
        _book = new AlertBook(_options.Alerts);
        Resume();
    }

    /// <summary>Gets the monitor's name.</summary>
    public string Name { get; }

    /// <summary>Takes a batch.</summary>
    /// <exception cref="MonitorStoreException">The batch could not be stored, and counts as not taken.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and the batch counts as not taken.</exception>
    public MonitorRun Run(Batch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_gate)
        {
            SendUntold();
            while (true)
            {
                if (_store.Sequence(Name) != _sequence)
                {
                    Resume(); // another process has gone on
                }

                if (_store.Contains(Name, batch.Id))
                {
                    return _store.Recall(Name, batch);
                }

                if (Try(batch, cancellationToken) is { } run)
                {
                    return Told(run);
                }
            }
        }
    }

    /// <summary>Returns how the monitor stands.</summary>
    public MonitorSnapshot Snapshot()
    {
        lock (_gate)
        {
            return new MonitorSnapshot(Name, _options.Clock.GetUtcNow(), _batches, _last, _book.Open, [.. _problems]);
        }
    }

    /// <summary>Returns what is stored of this monitor in a stretch of time; null leaves an end open.</summary>
    public MonitorHistory History(DateTimeOffset? from = null, DateTimeOffset? until = null) => _store.Read(Name, from, until);

    /// <summary>Closes a store that was the monitor's own.</summary>
    public void Dispose()
    {
        if (_options.Store is null)
        {
            _store.Dispose();
        }
    }

    /// <summary>Runs and stores; null when another process was faster, and everything is as before.</summary>
    private MonitorRun? Try(Batch batch, CancellationToken cancellationToken)
    {
        Dictionary<string, string> before = States();
        bool stored = false;
        try
        {
            var findings = new List<Finding>();
            var measurements = new List<Measurement>();
            foreach (IMonitorCheck check in _checks)
            {
                cancellationToken.ThrowIfCancellationRequested();
                CheckResult result = Run(check, batch, before, cancellationToken);
                findings.AddRange(result.Findings);
                measurements.AddRange(result.Measurements);
            }

            DateTimeOffset now = _options.Clock.GetUtcNow();
            IReadOnlyList<Alert> alerts = _book.Take(batch.Id, findings, _options.CoolDownInBatchTime ? batch.Until : now);
            var run = new MonitorRun(Name, batch.Id, batch.From, batch.Until, batch.Rows.RowCount, findings, measurements, alerts);
            stored = _store.Commit(run, now, States(), _sequence);
            return stored ? run : null;
        }
        finally
        {
            if (!stored)
            {
                Restore(before);
            }
        }
    }

    private static CheckResult Run(IMonitorCheck check, Batch batch, Dictionary<string, string> before, CancellationToken cancellationToken)
    {
        try
        {
            return check.Run(batch, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            string state = string.Empty;
            if (check is IStatefulCheck stateful)
            {
                stateful.Load(before[check.Name]); // half a batch is no batch
                state = "; its state is that of before the batch";
            }

            return new CheckResult(
                [new Finding(check.Name, "", "check-failed", AlertSeverity.Critical, $"check failed: {e.Message.ReplaceLineEndings(" ")} ({e.GetType().Name}{state})") { LookAt = "the check itself: it said nothing about this batch" }],
                []);
        }
    }

    private MonitorRun Told(MonitorRun run)
    {
        _sequence = _store.Sequence(Name);
        _batches++;
        var problems = new List<string>();
        Send(run, problems);
        if (run.Alerts.Count > 0)
        {
            _store.MarkTold(Name);
        }

        if (_options.Retention is { } kept && run.Until.UtcTicks > kept.Ticks)
        {
            _store.Prune(run.Until - kept);
        }

        _last = run with { Problems = problems };
        return _last;
    }

    private void SendUntold()
    {
        IReadOnlyList<Alert> untold = _store.Untold(Name);
        if (untold.Count > 0)
        {
            DateTimeOffset now = _options.Clock.GetUtcNow();
            var run = new MonitorRun(Name, untold[^1].Batch, now, now, 0, [], [], untold, IsRepeat: true);
            Send(run, []);
            _store.MarkTold(Name);
        }
    }

    private void Send(MonitorRun run, List<string> problems)
    {
        foreach (IAlertSink sink in _options.Sinks)
        {
            try
            {
                sink.Send(run);
            }
            catch (Exception e) // whatever a receiver does, the others are served and the monitor goes on
            {
                Report($"{sink.Name}: {e.Message.ReplaceLineEndings(" ")}");
            }

            foreach (string problem in sink.TakeProblems())
            {
                Report($"{sink.Name}: {problem}");
            }
        }

        void Report(string problem)
        {
            problems.Add(problem);
            _problems.Enqueue(problem);
            if (_problems.Count > KeptProblems)
            {
                _problems.Dequeue();
            }
        }
    }

    private Dictionary<string, string> States()
    {
        var states = new Dictionary<string, string>(StringComparer.Ordinal) { [BookState] = _book.Save() };
        foreach (IStatefulCheck check in _checks.OfType<IStatefulCheck>())
        {
            states.Add(check.Name, check.Save());
        }

        return states;
    }

    private void Resume()
    {
        (_sequence, Dictionary<string, string> states) = _store.States(Name);
        Restore(states);
    }

    private void Restore(Dictionary<string, string> states)
    {
        if (states.TryGetValue(BookState, out string? book))
        {
            _book.Load(book);
        }

        foreach (IStatefulCheck check in _checks.OfType<IStatefulCheck>())
        {
            if (states.TryGetValue(check.Name, out string? state))
            {
                check.Load(state);
            }
        }
    }
}
