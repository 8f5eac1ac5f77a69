using System.Globalization;
using System.Text.Json;
using MlOps.Drift.Streaming;

namespace MlOps.Drift.Monitoring;

/// <summary>Feeds a column, or any series made of the rows, to a streaming detector, value by value, across batches.</summary>
/// <remarks>Missing values are left out and counted; values that the detector refuses (infinite, or outside what it watches) are left out,
/// counted and reported. After a detection the detector starts afresh, as its contract says. A saved state belongs to the parameters it was
/// saved with: where they have changed since, the detector starts afresh.</remarks>
public sealed class StreamCheck : IStatefulCheck
{
    private readonly string _subject;
    private readonly Func<Batch, double[]> _values;
    private readonly Func<string, IDriftDetector> _load;
    private readonly string _fresh;
    private long _seen;

    /// <summary>Watches a column of numbers or truth values.</summary>
    /// <param name="column">The column; for true and false, true counts as 1.</param>
    /// <param name="detector">The detector; the check owns it from now on.</param>
    /// <param name="load">Makes a detector of what its <see cref="IDriftDetector.ToJson"/> returned; <see cref="DriftDetectors.FromJson"/> if null,
    /// which knows those of the library.</param>
    /// <param name="name">The check's name.</param>
    public StreamCheck(string column, IDriftDetector detector, Func<string, IDriftDetector>? load = null, string name = "stream")
        : this(column, batch => batch.Rows.RowCount == 0 ? [] : batch.Rows.Numbers(column), detector, load, name)
    {
    }

    /// <summary>Watches a series made of the rows, such as 1 where the prediction was wrong.</summary>
    /// <param name="subject">What the series is called.</param>
    /// <param name="values">Makes the series, one value a row, NaN where there is none.</param>
    /// <param name="detector">The detector; the check owns it from now on.</param>
    /// <param name="load">Makes a detector of what its <see cref="IDriftDetector.ToJson"/> returned; <see cref="DriftDetectors.FromJson"/> if null,
    /// which knows those of the library.</param>
    /// <param name="name">The check's name.</param>
    public StreamCheck(string subject, Func<Batch, double[]> values, IDriftDetector detector, Func<string, IDriftDetector>? load = null, string name = "stream")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(subject);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(detector);
        (_subject, _values, Detector, _load, Name) = (subject, values, detector, load ?? DriftDetectors.FromJson, name);
        _fresh = detector.ToJson();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Gets the detector as it stands.</summary>
    public IDriftDetector Detector { get; private set; }

    /// <summary>Gets the severity of a detection. Default: critical.</summary>
    public AlertSeverity Detection { get; init; } = AlertSeverity.Critical;

    /// <summary>Gets the severity of a detector's warning at the end of a batch. Default: info.</summary>
    public AlertSeverity Suspicion { get; init; } = AlertSeverity.Info;

    /// <inheritdoc/>
    public CheckResult Run(Batch batch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(batch);
        double[] values = _values(batch);
        long refused = 0;
        long missing = 0;
        var detections = new List<long>();
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                missing++;
                continue;
            }

            try
            {
                if (Detector.Update(value))
                {
                    detections.Add(_seen + 1);
                }

                _seen++;
            }
            catch (ArgumentOutOfRangeException)
            {
                refused++; // the contract: the state is unchanged
            }
        }

        return new CheckResult(
            Findings(detections, refused),
            [
                batch.Measure(MeasurementKind.Stream, Name, _subject, "detections", detections.Count, 0),
                batch.Measure(MeasurementKind.Stream, Name, _subject, "values", values.Length - missing - refused),
                batch.Measure(MeasurementKind.Stream, Name, _subject, "missing", missing),
                batch.Measure(MeasurementKind.Stream, Name, _subject, "refused", refused),
            ]);
    }

    /// <inheritdoc/>
    public string Save() => JsonSerializer.Serialize(new State(_seen, _fresh, Detector.ToJson()));

    /// <inheritdoc/>
    public void Load(string state)
    {
        try
        {
            State read = JsonSerializer.Deserialize<State>(state) ?? throw new JsonException("The text is null.");
            (_seen, Detector) = read.Fresh == _fresh ? (read.Seen, _load(read.Detector)) : (0, _load(_fresh));
        }
        catch (JsonException e)
        {
            throw new FormatException($"This is no saved state of the check '{Name}': {e.Message}", e);
        }
    }

    private List<Finding> Findings(List<long> detections, long refused)
    {
        var findings = new List<Finding>();
        if (detections.Count > 0)
        {
            const int Named = 5;
            string places = string.Join(", ", detections.Take(Named).Select(i => i.ToString("N0", CultureInfo.InvariantCulture))) + (detections.Count > Named ? ", …" : "");
            findings.Add(new Finding(Name, _subject, "detected", Detection, $"{Detector.GetType().Name} detected a change in '{_subject}' at value {places}", detections.Count)
            {
                LookAt = "what happened to the values just before; errors that grow while inputs stand still are a concept shift",
            });
        }
        else if (Detector.WarningDetected && Suspicion != AlertSeverity.None)
        {
            findings.Add(new Finding(Name, _subject, "suspicious", Suspicion, $"{Detector.GetType().Name} is suspicious of '{_subject}' after {_seen.ToString("N0", CultureInfo.InvariantCulture)} values"));
        }

        if (refused > 0)
        {
            findings.Add(new Finding(Name, _subject, "refused", AlertSeverity.Warning, FormattableString.Invariant($"{refused:N0} values of '{_subject}' are infinite or outside what the detector watches, and are left out"), refused));
        }

        return findings;
    }

    private sealed record State(long Seen, string Fresh, string Detector);
}
