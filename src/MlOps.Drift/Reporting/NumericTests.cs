using System.Globalization;

namespace MlOps.Drift.Reporting;

/// <summary>The tests of a numeric column's values.</summary>
internal static class NumericTests
{
    /// <summary>P(|Z| ≤ 1.96) = 0.95.</summary>
    internal const double NormalQuantile975 = 1.959963984540054;

    private const double ChanceLevel = 0.95;

    /// <summary>The share of repeated values from which on they are told.</summary>
    private const double NotableTies = 0.05;

    /// <summary>The place of 0.05 among the levels of Anderson and Darling's table.</summary>
    private const int FivePercent = 2;

    internal static Outcome Ks(KolmogorovSmirnov ks) => Outcome.Test(
        "ks", ks.Statistic, ks.PValue, "D", ks.Statistic, KolmogorovLimit.Chance(ks.ReferenceCount, ks.CurrentCount));

    internal static Outcome Wasserstein(double distance, double deviation, double? chance, DriftOptions options)
    {
        // A constant reference has deviation 0: there any move at all is drift, but no move is not.
        double limit = Math.Max(options.WassersteinThreshold * deviation, double.Epsilon);
        return Outcome.Distance("wasserstein", distance, limit, chance) with
        {
            Effect = deviation > 0 ? new EffectSize("W/σ", distance / deviation) : null,
        };
    }

    /// <summary>The tests that are run on request only.</summary>
    internal static IEnumerable<Outcome> OnRequest(SortedSample reference, SortedSample current, DriftOptions options)
    {
        if (options.Has(DriftTests.AndersonDarling) && IsTestable(reference, current))
        {
            AndersonDarling test = AndersonDarling.Test([reference, current]);
            yield return Outcome.Test(
                "anderson-darling", test.Statistic, test.PValue, "weighted gap", test.WeightedGap, test.CriticalValues[FivePercent]);
        }

        bool isPlural = reference.Count >= 2 && current.Count >= 2;
        if (options.Has(DriftTests.CramerVonMises) && isPlural)
        {
            CramerVonMises test = CramerVonMises.Test(reference, current);
            double chance = CramerVonMisesLaw.Quantile95(reference.Count, current.Count);
            yield return Outcome.Test("cramer-von-mises", test.Statistic, test.PValue, "RMS gap", test.RootMeanSquareGap, chance);
        }

        if (options.Has(DriftTests.MannWhitney))
        {
            MannWhitney test = MannWhitney.Test(reference, current);
            yield return Outcome.Test("mann-whitney", test.Statistic, test.PValue, "rank-biserial", test.RankBiserial, null);
        }

        bool hasVariance = isPlural && double.IsFinite(reference.StandardDeviation) && double.IsFinite(current.StandardDeviation);
        if (options.Has(DriftTests.Welch) && hasVariance)
        {
            Welch test = Welch.Of(SampleMoments.Of(reference), SampleMoments.Of(current), Alternative.TwoSided);
            double chance = StudentLaw.Quantile((1 + ChanceLevel) / 2, test.DegreesOfFreedom);
            yield return Outcome.Test("welch", test.Statistic, test.PValue, "Hedges' g", test.HedgesG, chance);
        }
    }

    internal static Outcome Energy(SortedSample reference, SortedSample current, QuantileGrid grid, DriftOptions options) => Outcome.Distance(
        "energy",
        EnergyDistance.Measure(reference, current).Distance,
        Math.Max(options.EnergyThreshold * Math.Sqrt(reference.StandardDeviation), double.Epsilon),
        grid.Energy(reference.Count, current.Count));

    /// <summary>Warns of ties, for which Cramér and von Mises' test does not allow.</summary>
    internal static IReadOnlyList<string> TieNotes(SortedSample reference, SortedSample current)
    {
        long distinct = 0;
        var groups = new MergedGroups(reference, current);
        while (groups.Next())
        {
            distinct++;
        }

        double tied = 1 - (distinct / ((double)reference.Count + current.Count));
        return tied < NotableTies
            ? []
            : [string.Create(CultureInfo.InvariantCulture, $"cramer-von-mises does not allow for ties and sees drift too often here: {distinct:N0} distinct values in {reference.Count + (long)current.Count:N0}")];
    }

    private static bool IsTestable(SortedSample reference, SortedSample current) =>
        reference.Count + current.Count >= 4 && Math.Min(reference.Min, current.Min) < Math.Max(reference.Max, current.Max);
}
