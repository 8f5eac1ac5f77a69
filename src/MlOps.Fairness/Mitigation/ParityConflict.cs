using System.Globalization;
using System.Text;
using MlOps.Charts;

namespace MlOps.Fairness.Mitigation;

/// <summary>Shows on data that predictive parity and equalised odds exclude each other: the false-positive rate each group would need for both.</summary>
/// <remarks>
/// For every group <c>FPR = p/(1 − p) · (1 − PPV)/PPV · TPR</c>, with <c>p</c> its base rate: it follows from the definitions. So if PPV (predictive parity) and TPR (half of
/// equalised odds) are the same in all groups, FPR can be the same only if p is, or if PPV is 1: a perfect prediction of positives. The needed rates
/// take PPV and TPR of all rows with a group.
/// <para>Source: A. Chouldechova, "Fair Prediction with Disparate Impact", Big Data 5 (2017) 153–163, equation 2.6; J. Kleinberg, S. Mullainathan, M. Raghavan, ITCS 2017.</para>
/// </remarks>
/// <param name="Groups">One entry a group with rows, in the order of the groups.</param>
/// <param name="PositivePredictiveValue">PPV of all rows with a group; null if nobody was predicted positive.</param>
/// <param name="TruePositiveRate">TPR of all rows with a group; null without positives.</param>
/// <param name="BaseRateDifference">Largest less smallest base rate, in [0, 1].</param>
/// <param name="NeededDifference">Largest less smallest needed false-positive rate; null if fewer than two groups have one. 0: no conflict on these data.</param>
public sealed record ParityConflict(IReadOnlyList<ConflictGroup> Groups, double? PositivePredictiveValue, double? TruePositiveRate, double BaseRateDifference, double? NeededDifference)
{
    /// <summary>Rates that are equal on paper differ by less than this.</summary>
    private const double Rounding = 1e-12;

    /// <summary>Gets whether predictive parity and equalised odds exclude each other here; null if that cannot be told.</summary>
    public bool? Excludes => NeededDifference is { } difference ? difference > Rounding : null;

    /// <summary>Measures decisions.</summary>
    /// <param name="labels">What was true, one value a row.</param>
    /// <param name="predictions">What was decided, as many.</param>
    /// <param name="groups">Who belongs to which group, as many rows. Rows without a group are left out.</param>
    /// <exception cref="ArgumentException">The lengths differ, or fewer than two groups have rows.</exception>
    public static ParityConflict Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions, Groups groups)
    {
        GroupOutcome[] present = [.. FairnessReport.Of(labels, predictions, groups).Groups.Where(group => group.Counts.Total > 0)];
        if (present.Length < 2)
        {
            throw new ArgumentException($"A conflict is between groups; {present.Length} has rows.", nameof(groups));
        }

        OutcomeCounts all = present.Select(group => group.Counts).Aggregate((a, b) => a + b);
        (double? ppv, double? tpr) = (all.PositivePredictiveValue.Value, all.TruePositiveRate.Value);
        ConflictGroup[] conflicts = [.. present.Select(group => Needed(group, ppv, tpr))];
        double[] needed = [.. conflicts.Select(group => group.NeededFalsePositiveRate).OfType<double>()];
        double[] baseRates = [.. present.Select(group => group.Counts.BaseRate.Value!.Value)];
        return new ParityConflict(conflicts, ppv, tpr, baseRates.Max() - baseRates.Min(), needed.Length < 2 ? null : needed.Max() - needed.Min());
    }

    /// <summary>The false-positive rate that follows from a base rate, a PPV and a TPR.</summary>
    /// <param name="baseRate">p in [0, 1).</param>
    /// <param name="positivePredictiveValue">PPV in (0, 1].</param>
    /// <param name="truePositiveRate">TPR in [0, 1].</param>
    /// <returns>≥ 0; above 1 if the three cannot be had together.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rate is out of range.</exception>
    public static double FalsePositiveRate(double baseRate, double positivePredictiveValue, double truePositiveRate)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Guard.Share(baseRate), 1, nameof(baseRate));
        Guard.Positive(Guard.Share(positivePredictiveValue));
        Guard.Share(truePositiveRate);
        return baseRate / (1 - baseRate) * (1 - positivePredictiveValue) / positivePredictiveValue * truePositiveRate;
    }

    /// <summary>Draws the false-positive rate of each group as it is, and as it would have to be.</summary>
    public Figure Chart()
    {
        ConflictGroup[] drawn = [.. Groups.Where(group => group.NeededFalsePositiveRate is not null)];
        if (drawn.Length == 0)
        {
            throw new InvalidOperationException("No group has a needed false-positive rate to draw: " + string.Join("; ", Groups.Select(group => $"{group.Group}: {group.Note}")));
        }

        string[] names = [.. drawn.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Group} ({group.Counts.BaseRate.Value:0.00})"))];
        return Charts.Chart.GroupedBars(
                names,
                ("as it is", drawn.Select(group => group.Counts.FalsePositiveRate.Value).ToArray()),
                ("needed for equal PPV and TPR", drawn.Select(group => group.NeededFalsePositiveRate).ToArray()))
            .Titled(Excludes == true ? "Equal PPV and TPR force unequal false-positive rates" : "Base rates are equal: the notions agree here", string.Create(CultureInfo.InvariantCulture, $"n = {drawn.Sum(group => group.Counts.Total):N0}"))
            .XAxis("group (its base rate)")
            .YAxis("false-positive rate");
    }

    /// <summary>Returns how a notebook shows the result.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ShownText.Of(ToString());

    /// <summary>Writes the needed rates.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{(Excludes switch { true => "Predictive parity and equalised odds exclude each other here", false => "No conflict here", _ => "The conflict cannot be told here" })}: base rates {BaseRateDifference:0.####} apart");
        foreach (ConflictGroup group in Groups)
        {
            string needed = group.NeededFalsePositiveRate is { } rate ? FormattableString.Invariant($"needs FPR {rate:0.####}") : "";
            text.AppendLine(CultureInfo.InvariantCulture, $"  {group.Group}: base rate {group.Counts.BaseRate.Value:0.####}, FPR {group.Counts.FalsePositiveRate}; {needed}{(group.Note is null ? "" : $" ({group.Note})")}");
        }

        return text.ToString().TrimEnd();
    }

    private static ConflictGroup Needed(GroupOutcome group, double? ppv, double? tpr)
    {
        double baseRate = group.Counts.BaseRate.Value!.Value;
        if (ppv is not { } value || value == 0 || tpr is not { } rate)
        {
            return new ConflictGroup(group.Group, group.Counts, null, tpr is null ? "no row is positive" : ppv is null ? "nobody was predicted positive" : "no positive prediction was right");
        }

        if (baseRate == 1)
        {
            return new ConflictGroup(group.Group, group.Counts, null, "no row of the group is negative");
        }

        double needed = FalsePositiveRate(baseRate, value, rate);
        return new ConflictGroup(group.Group, group.Counts, needed, needed > 1 ? "impossible: above 1" : null);
    }
}
