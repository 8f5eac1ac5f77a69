using System.Collections.Concurrent;
using System.Diagnostics;

namespace MlOps.Tracking.Capture;

/// <summary>Logs what estimators of MlOps.Learning tell about their fits, until it is disposed. Made by <see cref="Tracker.Autolog"/>.</summary>
/// <remarks>It listens to the <see cref="DiagnosticListener"/> of the name <see cref="ListenerName"/>; any library that raises the same events is logged alike. It never fails a fit: see <see cref="Problems"/>.</remarks>
public sealed class Autologging : IDisposable
{
    /// <summary>The name of the listener; the one of <c>MlOps.Learning.LearningEvents</c>, which this library does not reference.</summary>
    public const string ListenerName = "MlOps.Learning";

    private readonly Tracker _tracker;
    private readonly bool _trainingScore;
    private readonly ConcurrentDictionary<long, Fit> _fits = new();
    private readonly ConcurrentDictionary<string, byte> _usedRuns = new();
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly List<IDisposable> _subscriptions = [];
    private readonly Lock _lock = new();

    internal Autologging(Tracker tracker, bool trainingScore)
    {
        (_tracker, _trainingScore) = (tracker, trainingScore);
        Keep(DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
        {
            if (listener.Name == ListenerName)
            {
                Keep(listener.Subscribe(new Observer<KeyValuePair<string, object?>>(OnEvent)));
            }
        })));
    }

    /// <summary>Gets what could not be logged, oldest first.</summary>
    public IReadOnlyList<string> Problems => [.. _problems];

    /// <summary>Stops listening. Runs of fits that go on are ended by their fits no more, but by the tracker.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _subscriptions.ForEach(subscription => subscription.Dispose());
            _subscriptions.Clear();
        }
    }

    private void Keep(IDisposable subscription)
    {
        lock (_lock)
        {
            _subscriptions.Add(subscription);
        }
    }

    private void OnEvent(KeyValuePair<string, object?> told)
    {
        try
        {
            if (told.Value is IReadOnlyDictionary<string, object?> payload && payload.TryGetValue("id", out object? value) && value is long id)
            {
                switch (told.Key)
                {
                    case "FitBegun":
                        Begin(id, payload);
                        break;
                    case "EpochEnded":
                        Epoch(id, payload);
                        break;
                    case "FitEnded":
                        End(id, payload);
                        break;
                }
            }
        }
        catch (Exception e) when (e is TrackingException or ObjectDisposedException or InvalidCastException or KeyNotFoundException)
        {
            _problems.Enqueue($"{told.Key}: {e.Message}");
        }
    }

    private void Begin(long id, IReadOnlyDictionary<string, object?> payload)
    {
        if (_fits.TryGetValue((long)payload["parent"]!, out Fit? whole))
        {
            _fits[id] = whole with { IsPart = true };
            return;
        }

        string estimator = (string)payload["estimator"]!;
        ActiveRun? current = _tracker.Current;
        bool owns = current is null || !_usedRuns.TryAdd(current.Id, 0); // a second fit in a run would change its parameters
        ActiveRun run = owns ? _tracker.Start(estimator, current, seed: null, tags: null, ofFit: true) : current!;
        _fits[id] = new Fit(run, owns, IsPart: false);
        var taken = run.Read().Params.ToDictionary(param => param.Key, param => param.Value);
        List<(string, object?)> all = [("estimator", estimator), ("training_rows", payload["rows"]), ("training_columns", payload["columns"])];
        all.AddRange(((KeyValuePair<string, object?>[])payload["settings"]!).Select(pair => (pair.Key, pair.Value)));
        run.Log([.. all.Select(pair => taken.TryGetValue(pair.Item1, out string? before) && before != ValueText.Of(pair.Item2) ? ($"{estimator}.{pair.Item1}", pair.Item2) : pair)]);
    }

    private void Epoch(long id, IReadOnlyDictionary<string, object?> payload)
    {
        if (_fits.TryGetValue(id, out Fit? fit))
        {
            var metrics = (KeyValuePair<string, double>[])payload["metrics"]!;
            fit.Run.Metrics((int)payload["epoch"]!, Array.ConvertAll(metrics, metric => (metric.Key, metric.Value)));
        }
    }

    private void End(long id, IReadOnlyDictionary<string, object?> payload)
    {
        if (!_fits.TryRemove(id, out Fit? fit) || fit.IsPart)
        {
            return;
        }

        bool succeeded = (bool)payload["succeeded"]!;
        try
        {
            fit.Run.Metric("fit_seconds", (double)payload["seconds"]!);
            if (succeeded && _trainingScore && payload["score"] is Func<double> score)
            {
                fit.Run.Metric($"training_{payload["scoreName"]}", score());
            }
        }
        finally
        {
            if (fit.Owns)
            {
                fit.Run.End(succeeded ? RunStatus.Finished : RunStatus.Failed);
            }
        }
    }

    /// <summary>Where a fit is logged to.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="Owns">Whether the run was started for this fit and ends with it.</param>
    /// <param name="IsPart">Whether the fit is a part of another, such as the network's training in an estimator's fit.</param>
    private sealed record Fit(ActiveRun Run, bool Owns, bool IsPart);

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnNext(T value) => next(value);

        public void OnError(Exception error)
        {
            // A DiagnosticListener reports none.
        }

        public void OnCompleted()
        {
            // A listener that is gone tells nothing more.
        }
    }
}
