using System.Globalization;

namespace MlOps.Drift.Streaming;

/// <summary>What a detector did on a stretch of a stream: every value, its statistic and limit, where it warned and where it found drift.</summary>
/// <remarks>For looking at, and for choosing a detector; a monitor keeps only the detections. Immutable.</remarks>
public sealed partial record StreamTrace
{
    private StreamTrace(string detector, string statisticName, double[] values, double[] statistic, double[] limit, int[] drifts, int[] warnings)
    {
        Detector = detector;
        StatisticName = statisticName;
        Values = values;
        Statistic = statistic;
        Limit = limit;
        Drifts = drifts;
        Warnings = warnings;
    }

    /// <summary>Gets the detector's name, such as <c>page-hinkley</c>.</summary>
    public string Detector { get; }

    /// <summary>Gets what the statistic is; empty for a detector that shows none.</summary>
    public string StatisticName { get; }

    /// <summary>Gets the n values.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Gets the statistic after each value; NaN where there is none.</summary>
    public IReadOnlyList<double> Statistic { get; }

    /// <summary>Gets the level at which the statistic would have been a drift, after each value; NaN where there is none.</summary>
    public IReadOnlyList<double> Limit { get; }

    /// <summary>Gets the indices of the values that brought a detection, ascending.</summary>
    public IReadOnlyList<int> Drifts { get; }

    /// <summary>Gets the indices of the values after which the detector was suspicious, ascending.</summary>
    public IReadOnlyList<int> Warnings { get; }

    /// <summary>Feeds a detector, and writes down what it does.</summary>
    /// <param name="detector">Goes on from its present state, and keeps what it learns.</param>
    /// <param name="values">At least one finite number, in the order of the stream.</param>
    /// <exception cref="ArgumentException">There is no value, or one is NaN or infinite: the message names its index, and the detector has taken none.</exception>
    public static StreamTrace Run(IDriftDetector detector, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(detector);
        if (values.IsEmpty)
        {
            throw new ArgumentException("A trace needs at least one value; there is none.", nameof(values));
        }

        int odd = values.IndexOfAnyExceptInRange(double.MinValue, double.MaxValue);
        if (odd >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"values[{odd}] is {values[odd]}; a detector takes finite numbers. Leave missing values out first."), nameof(values));
        }

        var followed = detector as DriftDetector;
        double[] statistic = new double[values.Length];
        double[] limit = new double[values.Length];
        var drifts = new List<int>();
        var warnings = new List<int>();
        for (int i = 0; i < values.Length; i++)
        {
            if (detector.Update(values[i]))
            {
                drifts.Add(i);
            }

            if (detector.WarningDetected)
            {
                warnings.Add(i);
            }

            statistic[i] = followed?.Statistic ?? double.NaN;
            limit[i] = followed?.Limit ?? double.NaN;
        }

        return new StreamTrace(
            followed?.Name ?? detector.GetType().Name, followed?.StatisticName ?? "", values.ToArray(), statistic, limit, [.. drifts], [.. warnings]);
    }

    /// <summary>Returns the finding and the indices in two lines.</summary>
    public override string ToString() => $"{Headline()}\n{Counts()}{Indices("drifts", Drifts)}{Indices("warnings", Warnings)}";

    private static string Indices(string what, IReadOnlyList<int> indices)
    {
        const int shown = 12;
        string rest = indices.Count > shown ? ", …" : "";
        return indices.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {what} at {string.Join(", ", indices.Take(shown))}{rest}");
    }

    private string Headline() => Drifts.Count switch
    {
        0 => $"{Detector} finds no drift",
        1 => string.Create(CultureInfo.InvariantCulture, $"{Detector} finds drift at value {Drifts[0]}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Detector} finds drift {Drifts.Count} times, first at value {Drifts[0]}"),
    };

    private string Counts() => Warnings.Count == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Values.Count:N0} values")
        : string.Create(CultureInfo.InvariantCulture, $"{Values.Count:N0} values, {Warnings.Count:N0} with a warning");
}
