using System.Globalization;

namespace MlOps.Drift.Estimation;

/// <summary>Estimated and realised performance as of a moment, with how many labels were known and how long they take.</summary>
/// <param name="AsOf">The moment.</param>
/// <param name="Performance">Per period; realised values where at least <paramref name="MinimumLabels"/> labels were known.</param>
/// <param name="Counts">What became of everything that came in so far.</param>
/// <param name="Delay">How long labels take; null if no prediction was made.</param>
/// <param name="MinimumLabels">Labelled rows a period needs.</param>
public sealed record DelayedLabelsReport(DateTimeOffset AsOf, PerformanceReport Performance, LabelCounts Counts, LabelDelay? Delay, int MinimumLabels)
{
    /// <summary>Below this labelled share the rows that are labelled may not be like the others.</summary>
    private const double AlmostAll = 0.9;

    /// <summary>Returns the labelled share of every period, in [0, 1]; NaN for one without rows.</summary>
    public IReadOnlyList<double> LabelledShares => [.. Performance.Periods.Select(period => (double)period.Labelled / period.Count)];

    /// <summary>Returns how a notebook shows the report.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Show().ToMimeBundle();

    /// <summary>Returns the report as an aligned text.</summary>
    public override string ToString() => Show().ToString();

    private ShownTable Show()
    {
        IReadOnlyList<PerformancePeriod> periods = Performance.Periods;
        int labelled = periods.Sum(period => period.Labelled);
        int rows = periods.Sum(period => period.Count);
        string[] header = ["period", "rows", "labelled", "share", "accuracy estimated", "interval", "accuracy realised"];
        List<string[]> cells = [.. periods.Select((period, i) =>
        {
            PerformanceEstimate accuracy = period[PerformanceMetric.Accuracy];
            return (string[])
            [
                period.Label,
                ShownTable.Count(period.Count),
                ShownTable.Count(period.Labelled),
                ShownTable.Percent(LabelledShares[i]),
                ShownTable.Number(accuracy.Value),
                period.Count == 0 ? "" : $"{ShownTable.Number(accuracy.Lower)} – {ShownTable.Number(accuracy.Upper)}",
                accuracy.Realised is { } value ? ShownTable.Number(value) + (accuracy.Covered == false ? " ▲" : "") : "",
            ];
        })];
        List<string> notes = [.. Performance.Notes, .. Counts.Problems()];
        int partly = periods.Where((period, i) => period[PerformanceMetric.Accuracy].Realised is not null && LabelledShares[i] < AlmostAll).Count();
        if (partly > 0)
        {
            notes.Add($"In {partly} periods the realised value rests on the labels that came first, on less than 90 % of the rows: those may not be like the rest.");
        }

        return new ShownTable(
            string.Create(CultureInfo.InvariantCulture, $"{labelled:N0} of {rows:N0} predictions are labelled"),
            string.Create(CultureInfo.InvariantCulture, $"as of {AsOf:yyyy-MM-dd HH:mm zzz}; realised values from {MinimumLabels:N0} labels on"),
            header,
            cells,
            1,
            notes);
    }
}
