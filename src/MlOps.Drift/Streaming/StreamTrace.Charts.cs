using MlOps.Charts;

namespace MlOps.Drift.Streaming;

public sealed partial record StreamTrace
{
    /// <summary>Zeros and ones are drawn as their share among so many values.</summary>
    private const int ShareLength = 50;

    /// <summary>More detections than these are drawn as points only: labels of that many lines would cover each other.</summary>
    private const int LabelledDrifts = 4;

    /// <summary>Draws the values with warnings and detections. A stream of zeros and ones is drawn as the share of ones among the last 50.</summary>
    public Figure Chart()
    {
        bool bits = Values.All(value => value is 0 or 1);
        double[] drawn = bits ? Shares() : [.. Values];
        Figure figure = MlOps.Charts.Chart.Line(drawn, bits ? $"share of 1, last {ShareLength}" : "value", Role.Current)
            .Titled(Headline(), Counts())
            .XAxis("index of the value")
            .YAxis(bits ? $"share of 1 in the last {ShareLength}" : "value");
        return Marked(figure, drawn);
    }

    /// <summary>Draws the detector's statistic, its limit, and the detections.</summary>
    /// <exception cref="InvalidOperationException">The detector shows no statistic.</exception>
    public Figure StatisticChart()
    {
        double[] drawn = [.. Statistic.Select(Drawn)];
        if (drawn.All(double.IsNaN))
        {
            throw new InvalidOperationException($"{Detector} had no statistic on these values: there is nothing to draw.");
        }

        Figure figure = MlOps.Charts.Chart.Line(drawn, StatisticName, Role.Current).Titled(Headline(), Counts()).XAxis("index of the value").YAxis(StatisticName);
        double[] limits = [.. Limit.Select(Drawn)];
        return Marked(limits.All(double.IsNaN) ? figure : figure.Add(MlOps.Charts.Chart.Line(limits, "limit", Role.Reference)), drawn);
    }

    /// <summary>Returns how a notebook shows the trace: the chart of the values, and the indices as text.</summary>
    /// <returns>What <see cref="Figure.ToMimeBundle"/> returns, with this trace's text.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() =>
        new Dictionary<string, string>(Chart().ToMimeBundle()) { ["text/plain"] = ToString() };

    /// <summary>An infinite number has no place in a chart.</summary>
    private static double Drawn(double value) => double.IsFinite(value) ? value : double.NaN;

    private static Figure Points(Figure figure, IReadOnlyList<int> indices, double[] drawn, string name, Role role)
    {
        int[] at = [.. indices.Where(i => !double.IsNaN(drawn[i]))];
        return at.Length == 0 ? figure : figure.Add(MlOps.Charts.Chart.Scatter(at, Array.ConvertAll(at, i => drawn[i]), name, role));
    }

    private Figure Marked(Figure figure, double[] drawn)
    {
        figure = Points(figure, Warnings, drawn, "warning", Role.Series);
        figure = Points(figure, Drifts, drawn, "drift", Role.Alarm);
        foreach (int drift in Drifts.Count <= LabelledDrifts ? Drifts : [])
        {
            figure = figure.VerticalThreshold(drift, FormattableString.Invariant($"drift at {drift}"), Role.Alarm);
        }

        return figure;
    }

    private double[] Shares()
    {
        double[] shares = new double[Values.Count];
        double ones = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            ones += Values[i] - (i >= ShareLength ? Values[i - ShareLength] : 0);
            shares[i] = ones / Math.Min(i + 1, ShareLength);
        }

        return shares;
    }
}
