namespace MlOps.Fairness;

/// <summary>What to know before reading a report's numbers.</summary>
internal static class ReportWarnings
{
    internal static IReadOnlyList<string> Of(IReadOnlyList<GroupOutcome> groups, long leftOut, long withoutGroup, FairnessOptions options)
    {
        var warnings = new List<string>();
        if (leftOut > 0)
        {
            warnings.Add(FormattableString.Invariant($"{leftOut:N0} {Rows(leftOut)} without label or prediction {(leftOut == 1 ? "was" : "were")} left out"));
        }

        if (withoutGroup > 0)
        {
            warnings.Add(FormattableString.Invariant($"{withoutGroup:N0} {Rows(withoutGroup)} without a sensitive value {(withoutGroup == 1 ? "counts" : "count")} in no group, only overall"));
        }

        foreach (GroupOutcome outcome in groups)
        {
            OutcomeCounts counts = outcome.Counts;
            if (counts.Total == 0)
            {
                warnings.Add($"{outcome.Group}: nobody belongs to this group");
            }
            else if (outcome.IsSuppressed)
            {
                warnings.Add(FormattableString.Invariant($"{outcome.Group}: {counts.Total} {Rows(counts.Total)}, below the minimum of {options.MinimumGroup}: left out of the comparisons"));
            }
            else if (outcome.IsSmall)
            {
                warnings.Add(FormattableString.Invariant($"{outcome.Group}: only {counts.Total} {Rows(counts.Total)}; its selection rate may be anything in {counts.SelectionRate.Wilson(options.Confidence)}"));
            }
            else if (counts.TruePositiveRate is { Denominator: > 0 } positives && positives.Denominator < options.SmallGroup)
            {
                warnings.Add(FormattableString.Invariant($"{outcome.Group}: only {positives.Denominator} {(positives.Denominator == 1 ? "positive" : "positives")}; its true positive rate may be anything in {positives.Wilson(options.Confidence)}"));
            }
        }

        return warnings;
    }

    private static string Rows(long count) => count == 1 ? "row" : "rows";
}
