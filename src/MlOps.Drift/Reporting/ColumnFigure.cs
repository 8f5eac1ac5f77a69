using System.Globalization;
using MlOps.Charts;

namespace MlOps.Drift.Reporting;

/// <summary>A column's reference and current shares as grouped bars.</summary>
internal static class ColumnFigure
{
    private const int ShownLevels = 12;

    /// <summary>Below this sample size a share is uncertain enough to be drawn with its error.</summary>
    private const long SmallSample = 1000;

    /// <summary>Half width of a 95 % normal interval, in standard errors.</summary>
    private const double NormalQuantile = 1.959964;

    internal static Figure Draw(DriftReport report, ColumnDrift column)
    {
        (string[] labels, long[] reference, long[] current) = column switch
        {
            { Histogram: { } bins } => ([.. Enumerable.Range(0, bins.Count).Select(bins.Label)], Shares.ToArray(bins.Reference), Shares.ToArray(bins.Current)),
            { Levels: { } levels } => Commonest(levels),
            _ => throw new InvalidOperationException($"Column '{column.Name}' has no value on one side: there is nothing to draw."),
        };

        DriftTestResult psi = column["psi"];
        string chance = string.Create(CultureInfo.InvariantCulture, $"PSI {psi.Statistic:0.###}; by chance up to {column.PsiChanceThreshold:0.####}");
        return Bars(labels, reference, "reference", Role.Reference)
            .Add(Bars(labels, current, "current", Role.Current))
            .Titled(Finding(column), $"{ReportTable.RowCounts(report)}; {chance}")
            .XAxis(column.Name)
            .YAxis("share of rows", "%");
    }

    private static string Finding(ColumnDrift column) => column.Level switch
    {
        DriftLevel.Significant => $"{column.Name} has drifted significantly",
        DriftLevel.Moderate => $"{column.Name} has drifted moderately",
        _ => $"{column.Name} has not drifted",
    };

    private static Figure Bars(string[] labels, long[] counts, string name, Role role)
    {
        long total = counts.Sum();
        double[] percent = Array.ConvertAll(counts, count => 100.0 * count / total);
        Figure bars = Chart.Bar(labels, percent, name, role);
        if (total >= SmallSample)
        {
            return bars;
        }

        double[] above = Array.ConvertAll(percent, share => NormalQuantile * Math.Sqrt(share * (100 - share) / total));
        double[] below = [.. above.Select((error, i) => Math.Min(error, percent[i]))];
        return bars.WithErrors(below, above);
    }

    private static (string[] Labels, long[] Reference, long[] Current) Commonest(LevelCounts levels)
    {
        int[] order = [.. Enumerable.Range(0, levels.Levels.Count)];
        if (order.Length > ShownLevels)
        {
            order = [.. order.OrderByDescending(i => levels.Reference[i] + levels.Current[i])];
        }

        int[] shown = order.Length <= ShownLevels ? order : order[..(ShownLevels - 1)];
        int[] rest = order[shown.Length..];
        string[] labels = [.. shown.Select(i => Visible(levels.Levels[i]))];
        long[] reference = [.. shown.Select(i => levels.Reference[i])];
        long[] current = [.. shown.Select(i => levels.Current[i])];
        return rest.Length == 0
            ? (labels, reference, current)
            : ([.. labels, $"{rest.Length} other levels"],
                [.. reference, rest.Sum(i => levels.Reference[i])],
                [.. current, rest.Sum(i => levels.Current[i])]);
    }

    /// <summary>A chart takes no blank label, and two of them must not look alike.</summary>
    private static string Visible(string level) => string.IsNullOrWhiteSpace(level) ? $"(blank, {level.Length} characters)" : level;
}
