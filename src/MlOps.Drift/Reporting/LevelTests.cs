using MathNet.Numerics.Distributions;

namespace MlOps.Drift.Reporting;

/// <summary>The tests of a categorical column's level counts.</summary>
internal static class LevelTests
{
    private const double ChanceLevel = 0.95;

    internal static Outcome ChiSquare(ChiSquare test) =>
        Outcome.Test("chi2", test.Statistic, test.PValue, "Cramér's V", test.CramersV, Chance(test.DegreesOfFreedom));

    /// <summary>The tests that are run on request only; those of two proportions take the level that comes last in the alphabet.</summary>
    internal static IEnumerable<Outcome> OnRequest(long[] reference, long[] current, DriftOptions options)
    {
        if (options.Has(DriftTests.G))
        {
            GTest test = GTest.Test(reference, current);
            yield return Outcome.Test("g", test.Statistic, test.PValue, "Cramér's V", test.CramersV, Chance(test.DegreesOfFreedom));
        }

        if (reference.Length != 2)
        {
            yield break;
        }

        if (options.Has(DriftTests.Fisher))
        {
            FisherExact test = FisherExact.Test(reference[1], reference[0], current[1], current[0]);
            double h = Proportions(reference, current).CohensH;
            yield return Outcome.Test("fisher", test.OddsRatio, test.PValue, "Cohen's h", h, null);
        }

        if (options.Has(DriftTests.ProportionsZ))
        {
            ProportionsZ test = Proportions(reference, current);
            yield return Outcome.Test("z", test.Statistic, test.PValue, "Cohen's h", test.CohensH, NumericTests.NormalQuantile975);
        }
    }

    private static ProportionsZ Proportions(long[] reference, long[] current) =>
        ProportionsZ.Test(reference[1], reference[0] + reference[1], current[1], current[0] + current[1]);

    private static double Chance(int freedom) => freedom == 0 ? 0 : ChiSquared.InvCDF(freedom, ChanceLevel);
}
