using System.Globalization;
using MlOps.Charts;
using MlOps.Data;

namespace MlOps.Drift.Estimation;

/// <summary>Where a model does worse: one metric in every segment, against the rows outside it.</summary>
/// <param name="Overall">The metric on all rows.</param>
/// <param name="RowCount">Rows that were measured.</param>
/// <param name="Skipped">Rows left out because score or label is missing.</param>
/// <param name="Segments">Worst first: by value, segments that are too small at the end.</param>
/// <param name="Options">The settings.</param>
/// <remarks>
/// Shares (accuracy, precision, recall, specificity) have Wilson's interval and the pooled z test for two proportions, whose square is Pearson's χ²; ROC AUC has
/// DeLong's standard error, a normal interval cut to [0, 1], and <c>z = (A − A_rest) / √(SE² + SE_rest²)</c>. The p-values of all segments are corrected together.
/// A missing value is a segment of its own.
/// </remarks>
public sealed record SegmentPerformance(double Overall, int RowCount, int Skipped, IReadOnlyList<SegmentResult> Segments, SegmentOptions Options)
{
    private const int ShownSegments = 25;

    /// <summary>The name of the segment of rows without a value.</summary>
    private const string Missing = "(missing)";

    /// <summary>Measures every segment of some columns.</summary>
    /// <param name="scores">Finite scores; at least one.</param>
    /// <param name="labels">Whether each row turned out true.</param>
    /// <param name="segments">Column name to one value a row; null is missing.</param>
    /// <param name="options">Settings; the defaults if null.</param>
    /// <exception cref="ArgumentException">No row, no column, unequal lengths, or a score that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static SegmentPerformance Measure(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, IReadOnlyDictionary<string, string?[]> segments, SegmentOptions? options = null) =>
        Measure(scores, labels, segments, 0, options ?? new SegmentOptions());

    /// <summary>Measures every segment of some columns of a table.</summary>
    /// <param name="table">Scored and labelled rows. Rows whose score or label is missing are left out and counted.</param>
    /// <param name="score">The column of scores.</param>
    /// <param name="label">The column of labels: true/false, or 0 and 1.</param>
    /// <param name="segments">Columns of text, true/false or whole numbers.</param>
    /// <param name="options">Settings; the defaults if null.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">Score or label holds text or times.</exception>
    /// <exception cref="ArgumentException">A segment column holds decimals or times (cut them into bins first), a label is neither 0 nor 1, or no row is left.</exception>
    public static SegmentPerformance Measure(Table table, string score, string label, IReadOnlyList<string> segments, SegmentOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(segments);
        double[] scores = table.Numbers(score);
        double[] labels = table.Numbers(label);
        int wrong = Array.FindIndex(labels, value => value is not (0 or 1 or double.NaN));
        if (wrong >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"Column '{label}' needs labels 0 and 1; row {wrong} holds {labels[wrong]}."), nameof(label));
        }

        int[] rows = [.. Enumerable.Range(0, scores.Length).Where(i => !double.IsNaN(scores[i]) && !double.IsNaN(labels[i]))];
        var columns = segments.ToDictionary(name => name, name => Array.ConvertAll(rows, row => Text(table[name], row)));
        return Measure(
            Array.ConvertAll(rows, row => scores[row]),
            Array.ConvertAll(rows, row => labels[row] == 1),
            columns,
            scores.Length - rows.Length,
            options ?? new SegmentOptions());
    }

    /// <summary>Draws the worst segments with their intervals, and the level of all rows. At most 25.</summary>
    /// <exception cref="InvalidOperationException">No segment has a value.</exception>
    public Figure Chart()
    {
        SegmentResult[] known = [.. Segments.Where(segment => !double.IsNaN(segment.Value)).Take(ShownSegments)];
        if (known.Length == 0)
        {
            throw new InvalidOperationException("No segment has a value: there is nothing to draw.");
        }

        string[] labels = [.. known.Select(segment => $"{segment.Column} = {segment.Segment}{(segment.IsWorse ? " ▲" : segment.TooSmall ? " (small)" : "")}")];
        return MlOps.Charts.Chart.HorizontalBar(labels, [.. known.Select(segment => (Value)segment.Value)], MetricNames.Of(Options.Metric), Role.Current)
            .WithErrors([.. known.Select(segment => (Value)(segment.Value - segment.Lower))], [.. known.Select(segment => (Value)(segment.Upper - segment.Value))])
            .Titled(Headline(), Subtitle() + (known.Any(segment => segment.IsWorse) ? "; ▲ worse than the rest" : ""))
            .XAxis(MetricNames.Of(Options.Metric))
            .VerticalThreshold(Overall, string.Create(CultureInfo.InvariantCulture, $"all rows: {Overall:0.000}"), Role.Reference);
    }

    /// <summary>Returns how a notebook shows the segments.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Show().ToMimeBundle();

    /// <summary>Returns the segments as an aligned text.</summary>
    public override string ToString() => Show().ToString();

    private static SegmentPerformance Measure(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, IReadOnlyDictionary<string, string?[]> segments, int skipped, SegmentOptions options)
    {
        ArgumentNullException.ThrowIfNull(segments);
        options.Check();
        EstimationInputs.NotEmpty(scores.Length, nameof(scores));
        EstimationInputs.SameLength(scores.Length, labels.Length, "scores", nameof(labels));
        EstimationInputs.Finite(scores, nameof(scores));
        EstimationInputs.NotEmpty(segments.Count, nameof(segments));
        double[] allScores = scores.ToArray();
        bool[] allLabels = labels.ToArray();
        var all = SegmentMeasure.Of(scores, labels, options);
        var results = new List<SegmentResult>();
        foreach ((string column, string?[] values) in segments.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            EstimationInputs.SameLength(scores.Length, values.Length, "scores", nameof(segments));
            foreach (IGrouping<string, int> group in Enumerable.Range(0, values.Length).GroupBy(i => values[i] ?? Missing).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                results.Add(Compare(column, group.Key, [.. group], allScores, allLabels, all, options));
            }
        }

        return new SegmentPerformance(all.Value, scores.Length, skipped, Judge(results, options), options);
    }

    private static SegmentResult Compare(
        string column, string name, int[] rows, double[] scores, bool[] labels, SegmentMeasure all, SegmentOptions options)
    {
        var segment = SegmentMeasure.Of(Array.ConvertAll(rows, i => scores[i]), Array.ConvertAll(rows, i => labels[i]), options);
        SegmentMeasure rest = options.Metric == PerformanceMetric.RocAuc ? RestArea(rows, scores, labels, options) : SegmentMeasure.Rest(all, segment);
        bool tooSmall = segment.Effective < options.MinimumRows;
        double? p = tooSmall || rest.Effective < 2 ? null : SegmentMeasure.PValue(segment, rest);
        return new SegmentResult(column, name, rows.Length, segment.Value, segment.Lower, segment.Upper, rest.Value, p, null, tooSmall, false);
    }

    /// <summary>The area outside a segment: ranks do not add up, so the other rows are gathered.</summary>
    private static SegmentMeasure RestArea(int[] rows, double[] scores, bool[] labels, SegmentOptions options)
    {
        bool[] inside = new bool[scores.Length];
        foreach (int row in rows)
        {
            inside[row] = true;
        }

        int[] others = [.. Enumerable.Range(0, scores.Length).Where(i => !inside[i])];
        return SegmentMeasure.Of(Array.ConvertAll(others, i => scores[i]), Array.ConvertAll(others, i => labels[i]), options);
    }

    private static SegmentResult[] Judge(List<SegmentResult> results, SegmentOptions options)
    {
        int[] tested = [.. Enumerable.Range(0, results.Count).Where(i => results[i].PValue is not null)];
        double[] adjusted = MultipleTesting.Adjust(Array.ConvertAll(tested, i => results[i].PValue!.Value), options.Correction);
        for (int k = 0; k < tested.Length; k++)
        {
            SegmentResult result = results[tested[k]];
            results[tested[k]] = result with { AdjustedPValue = adjusted[k], IsWorse = adjusted[k] < options.Alpha && result.Value < result.Rest };
        }

        return [.. results.OrderBy(result => result.TooSmall || double.IsNaN(result.Value)).ThenBy(result => result.Value)];
    }

    private static string? Text(Column column, int row) => column switch
    {
        StringColumn text => text[row],
        Column<bool> or Column<long> => column.IsMissing(row) ? null : Convert.ToString(column.GetValue(row), CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"Column '{column.Name}' holds {column.ValueType.Name}; segments need text, true/false or whole numbers. Cut it into bins first.", nameof(column)),
    };

    private string Headline()
    {
        SegmentResult[] worse = [.. Segments.Where(segment => segment.IsWorse)];
        return worse.Length == 0
            ? $"No segment has a {MetricNames.Of(Options.Metric)} worse than the rest"
            : string.Create(CultureInfo.InvariantCulture, $"{MetricNames.Title(Options.Metric)} is worst for {worse[0].Column} = {worse[0].Segment}: {worse[0].Value:0.000} against {worse[0].Rest:0.000}");
    }

    private string Subtitle() => string.Create(CultureInfo.InvariantCulture, $"{RowCount:N0} rows, {Segments.Count} segments")
        + (Skipped > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {Skipped:N0} rows without score or label left out") : "");

    private ShownTable Show() => new(
        Headline(),
        Subtitle(),
        ["column", "segment", "verdict", "rows", MetricNames.Of(Options.Metric), "interval", "rest", "adjusted p"],
        [.. Segments.Select(segment => (string[])
        [
            segment.Column,
            segment.Segment,
            segment.IsWorse ? "▲ worse" : segment.TooSmall ? "too small" : "·",
            ShownTable.Count(segment.Count),
            ShownTable.Number(segment.Value),
            double.IsNaN(segment.Value) ? "" : $"{ShownTable.Number(segment.Lower)} – {ShownTable.Number(segment.Upper)}",
            ShownTable.Number(segment.Rest),
            segment.AdjustedPValue is { } p ? p.ToString("0.0000", CultureInfo.InvariantCulture) : "",
        ])],
        3,
        [string.Create(CultureInfo.InvariantCulture, $"Worse: adjusted p below {Options.Alpha:0.####} ({Options.Correction}). Too small: fewer than {Options.MinimumRows} rows that count.")]);
}
