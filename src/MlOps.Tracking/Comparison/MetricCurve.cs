namespace MlOps.Tracking.Comparison;

/// <summary>The course of a metric in a run, ready to be drawn.</summary>
/// <param name="Label">The run.</param>
/// <param name="X">Steps, or seconds since the start; ascending.</param>
/// <param name="Y">Values; NaN is a gap.</param>
/// <param name="Gaps">How many values cannot be drawn.</param>
/// <param name="Repeated">How many points were passed over because their step came again.</param>
/// <param name="Last">The last value that is drawn; NaN if none is.</param>
internal sealed record MetricCurve(string Label, double[] X, double[] Y, int Gaps, int Repeated, double Last)
{
    private const double Largest = 1e300; // beyond that an axis has no room

    /// <summary>How many values are drawn.</summary>
    internal int Drawn => Y.Length - Gaps;

    /// <summary>Makes a curve.</summary>
    /// <param name="label">The run.</param>
    /// <param name="history">Sorted by (step, timestamp, value).</param>
    /// <param name="start">The run's start in milliseconds, to draw over time; null draws over steps.</param>
    /// <param name="log">Whether only values above 0 can be drawn.</param>
    internal static MetricCurve Of(string label, IReadOnlyList<Metric> history, long? start, bool log)
    {
        var x = new List<double>(history.Count);
        var y = new List<double>(history.Count);
        int gaps = 0;
        double last = double.NaN;
        IEnumerable<Metric> points = start is null ? LastOfEachStep(history) : history.OrderBy(metric => metric.Timestamp);
        foreach (Metric point in points)
        {
            bool drawn = Math.Abs(point.Value) < Largest && (!log || point.Value > 0); // false for NaN
            gaps += drawn ? 0 : 1;
            last = drawn ? point.Value : last;
            x.Add(start is { } begun ? (point.Timestamp - begun) / 1000.0 : point.Step);
            y.Add(drawn ? point.Value : double.NaN);
        }

        return new MetricCurve(label, [.. x], [.. y], gaps, history.Count - x.Count, last);
    }

    private static IEnumerable<Metric> LastOfEachStep(IReadOnlyList<Metric> history) =>
        Enumerable.Range(0, history.Count).Where(i => i + 1 == history.Count || history[i + 1].Step != history[i].Step).Select(i => history[i]);
}
