using System.Text.Json;

namespace MlOps.Drift.Estimation;

/// <summary>Joins predictions with labels that come days or months later, as of any moment.</summary>
/// <remarks>
/// Both sides may come in any order. A label counts from the moment it became known: a report as of March uses no label of April. Whatever cannot be joined
/// is counted, see <see cref="LabelCounts"/>. Times are instants, so that a clock change moves nothing; only periods are cut by the calendar of a time zone.
/// O(1) a row. Not thread-safe.
/// </remarks>
public sealed class DelayedLabels
{
    private readonly DelayedLabelsOptions _options;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, LoggedPrediction> _predictions = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();
    private readonly Dictionary<string, WaitingLabel> _waiting = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, long Number)> _waitingOrder = new();
    private DateTimeOffset _latest = DateTimeOffset.MinValue;
    private LabelCounts _counts = new();

    /// <summary>Starts empty.</summary>
    /// <param name="options">Settings; the defaults if null.</param>
    /// <param name="clock">Says what is the future; the system's clock if null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public DelayedLabels(DelayedLabelsOptions? options = null, TimeProvider? clock = null)
    {
        _options = options ?? new DelayedLabelsOptions();
        _options.Check();
        _clock = clock ?? TimeProvider.System;
    }

    private sealed record WaitingLabel(string Id, DateTimeOffset Time, bool Label, long Number);

    private sealed record State(DelayedLabelsOptions Options, LabelCounts Counts, DateTimeOffset Latest, LoggedPrediction[] Predictions, WaitingLabel[] Waiting);

    /// <summary>Gets what became of everything that came in.</summary>
    public LabelCounts Counts => _counts with { Kept = _predictions.Count, Waiting = _waiting.Count };

    /// <summary>Gets the settings.</summary>
    public DelayedLabelsOptions Options => _options;

    /// <summary>Gets the held predictions in the order in which they were logged.</summary>
    public IEnumerable<LoggedPrediction> Predictions => _order.Select(id => _predictions[id]);

    /// <summary>Logs a prediction; a label that has been waiting for it is joined.</summary>
    /// <param name="id">Unique among predictions.</param>
    /// <param name="time">When it was made.</param>
    /// <param name="score">The model's score.</param>
    /// <param name="segment">A group the row belongs to; null for none.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public PredictionOutcome LogPrediction(string id, DateTimeOffset time, double score, string? segment = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        _counts = _counts with { Received = _counts.Received + 1 };
        if (!double.IsFinite(score))
        {
            _counts = _counts with { InvalidScores = _counts.InvalidScores + 1 };
            return PredictionOutcome.InvalidScore;
        }

        if (IsFuture(time))
        {
            _counts = _counts with { FuturePredictions = _counts.FuturePredictions + 1 };
            return PredictionOutcome.InFuture;
        }

        if (!_predictions.TryAdd(id, new LoggedPrediction(id, time, score, segment)))
        {
            _counts = _counts with { DuplicatePredictions = _counts.DuplicatePredictions + 1 };
            return PredictionOutcome.Duplicate;
        }

        _order.Enqueue(id);
        bool disordered = time < _latest;
        _latest = disordered ? _latest : time;
        _counts = disordered ? _counts with { OutOfOrder = _counts.OutOfOrder + 1 } : _counts;
        if (_waiting.Remove(id, out WaitingLabel? waiting))
        {
            Join(_predictions[id], waiting.Time, waiting.Label);
        }

        if (_predictions.Count > _options.MaxPredictions)
        {
            _predictions.Remove(_order.Dequeue());
            _counts = _counts with { Evicted = _counts.Evicted + 1 };
        }

        return disordered ? PredictionOutcome.AcceptedOutOfOrder : PredictionOutcome.Accepted;
    }

    /// <summary>Takes a label.</summary>
    /// <param name="id">The id of its prediction.</param>
    /// <param name="time">When it became known, not when it arrived here.</param>
    /// <param name="label">Whether the row turned out true.</param>
    /// <exception cref="ArgumentException">The id is empty.</exception>
    public LabelOutcome AddLabel(string id, DateTimeOffset time, bool label)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        _counts = _counts with { Labels = _counts.Labels + 1 };
        if (IsFuture(time))
        {
            _counts = _counts with { FutureLabels = _counts.FutureLabels + 1 };
            return LabelOutcome.InFuture;
        }

        bool? earlier = _predictions.TryGetValue(id, out LoggedPrediction? prediction) ? prediction.Label
            : _waiting.TryGetValue(id, out WaitingLabel? waiting) ? waiting.Label : null;
        if (earlier is { } first)
        {
            _counts = first == label ? _counts with { Duplicates = _counts.Duplicates + 1 } : _counts with { Contradictory = _counts.Contradictory + 1 };
            return first == label ? LabelOutcome.Duplicate : LabelOutcome.Contradictory;
        }

        return prediction is null ? Wait(id, time, label) : Join(prediction, time, label);
    }

    /// <summary>Returns how long labels take, as known at a moment.</summary>
    /// <param name="asOf">The moment; now if null.</param>
    /// <exception cref="InvalidOperationException">No prediction had been made by then.</exception>
    public LabelDelay Delay(DateTimeOffset? asOf = null)
    {
        DateTimeOffset moment = asOf ?? _clock.GetUtcNow();
        LoggedPrediction[] made = [.. Predictions.Where(p => p.Time <= moment)];
        if (made.Length == 0)
        {
            throw new InvalidOperationException($"No prediction is held that was made by {moment:yyyy-MM-dd HH:mm}.");
        }

        double[] days = Array.ConvertAll(made, p => ((p.IsLabelled(moment) ? p.LabelTime!.Value : moment) - p.Time).TotalDays);
        return LabelDelay.Estimate(days, Array.ConvertAll(made, p => p.IsLabelled(moment) ? p.Label : null));
    }

    /// <summary>Estimates the performance of every period and sets the realised one beside it where enough labels were known at a moment.</summary>
    /// <param name="estimator">Fitted to a labelled reference of the same model.</param>
    /// <param name="period">Calendar periods of the predictions.</param>
    /// <param name="asOf">The moment; now if null. Later predictions and labels are left out.</param>
    /// <param name="zone">Whose calendar; UTC if null.</param>
    /// <exception cref="ArgumentException">A score is outside [0, 1] where the reference's scores were not, or the times span too many periods.</exception>
    public DelayedLabelsReport Report(ConfidenceBasedEstimator estimator, ChunkPeriod period, DateTimeOffset? asOf = null, TimeZoneInfo? zone = null)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        DateTimeOffset moment = asOf ?? _clock.GetUtcNow();
        LoggedPrediction[] made = [.. Predictions.Where(p => p.Time <= moment)];
        var chunks = Chunks.ByTime(Array.ConvertAll(made, p => p.Time), period, zone);
        var periods = new List<PerformancePeriod>();
        foreach (Chunk chunk in chunks.Items)
        {
            LoggedPrediction[] rows = chunk.Take<LoggedPrediction>(made);
            LoggedPrediction[] labelled = [.. rows.Where(p => p.IsLabelled(moment))];
            bool enough = labelled.Length >= _options.MinimumLabels;
            PerformancePeriod estimated = estimator.Period(
                chunk.Label,
                chunk.Start,
                Array.ConvertAll(rows, p => p.Score),
                enough ? Array.ConvertAll(labelled, p => p.Label!.Value) : [],
                enough ? Array.ConvertAll(labelled, p => p.Score) : []);
            periods.Add(estimated with { Labelled = labelled.Length });
        }

        return new DelayedLabelsReport(moment, estimator.Report(periods, []), Counts, made.Length == 0 ? null : Delay(moment), _options.MinimumLabels);
    }

    /// <summary>Returns settings, counts and rows as JSON; loaded again it goes on exactly as this one would.</summary>
    public string ToJson() => JsonSerializer.Serialize(new State(
        _options, _counts, _latest, [.. Predictions], [.. _waiting.Values.OrderBy(label => label.Number)]));

    /// <summary>Loads what <see cref="ToJson"/> returned.</summary>
    /// <param name="json">The state.</param>
    /// <param name="clock">Says what is the future; the system's clock if null.</param>
    /// <exception cref="ArgumentException">The text is no such state.</exception>
    public static DelayedLabels FromJson(string json, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(json);
        State? state;
        try
        {
            state = JsonSerializer.Deserialize<State>(json);
        }
        catch (JsonException fault)
        {
            throw new ArgumentException($"The text is no saved state of {nameof(DelayedLabels)}: {fault.Message}", nameof(json), fault);
        }

        if (state is not { Options: not null, Counts: not null, Predictions: not null, Waiting: not null })
        {
            throw new ArgumentException($"The text is no saved state of {nameof(DelayedLabels)}: it lacks options, counts, predictions or waiting labels.", nameof(json));
        }

        var loaded = new DelayedLabels(state.Options, clock) { _counts = state.Counts, _latest = state.Latest };
        foreach (LoggedPrediction prediction in state.Predictions)
        {
            loaded._predictions.Add(prediction.Id, prediction);
            loaded._order.Enqueue(prediction.Id);
        }

        foreach (WaitingLabel waiting in state.Waiting)
        {
            loaded._waiting.Add(waiting.Id, waiting);
            loaded._waitingOrder.Enqueue((waiting.Id, waiting.Number));
        }

        return loaded;
    }

    private bool IsFuture(DateTimeOffset time) => time - _clock.GetUtcNow() > _options.FutureTolerance;

    private LabelOutcome Join(LoggedPrediction prediction, DateTimeOffset time, bool label)
    {
        if (time < prediction.Time)
        {
            _counts = _counts with { BeforePrediction = _counts.BeforePrediction + 1 };
            return LabelOutcome.BeforePrediction;
        }

        bool late = time - prediction.Time > _options.LateAfter;
        _predictions[prediction.Id] = prediction with { Label = label, LabelTime = time };
        _counts = _counts with { Joined = _counts.Joined + 1, Late = _counts.Late + (late ? 1 : 0) };
        return late ? LabelOutcome.JoinedLate : LabelOutcome.Joined;
    }

    private LabelOutcome Wait(string id, DateTimeOffset time, bool label)
    {
        _waiting.Add(id, new WaitingLabel(id, time, label, _counts.Labels));
        _waitingOrder.Enqueue((id, _counts.Labels));
        while (_waiting.Count > _options.MaxWaiting)
        {
            (string oldest, long number) = _waitingOrder.Dequeue();
            if (_waiting.TryGetValue(oldest, out WaitingLabel? waiting) && waiting.Number == number) // else joined since
            {
                _waiting.Remove(oldest);
                _counts = _counts with { Dropped = _counts.Dropped + 1 };
            }
        }

        if (_waitingOrder.Count > (2 * _waiting.Count) + 16) // mostly joined since: keep the queue as short as what waits
        {
            _waitingOrder.Clear();
            foreach (WaitingLabel waiting in _waiting.Values.OrderBy(entry => entry.Number))
            {
                _waitingOrder.Enqueue((waiting.Id, waiting.Number));
            }
        }

        return LabelOutcome.Waiting;
    }
}
