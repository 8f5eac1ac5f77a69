namespace MlOps.Drift.Reporting;

/// <summary>The distances of counts: over the bins of a numeric column or the levels of a categorical one.</summary>
internal static class BinnedTests
{
    internal static Outcome Psi(PopulationStabilityIndex psi, DriftOptions options) =>
        Outcome.Distance("psi", psi.Value, Math.Max(options.PsiModerate, psi.ChanceThreshold), psi.ChanceThreshold);

    /// <summary>jensen-shannon and kl, which have always stood before the others.</summary>
    internal static IEnumerable<Outcome> Divergences(long[] reference, long[] current, PopulationStabilityIndex psi, DriftOptions options)
    {
        if (options.Has(DriftTests.JensenShannon))
        {
            double distance = JensenShannon.FromCounts(reference, current).Distance;
            yield return Outcome.Distance("jensen-shannon", distance, options.JensenShannonThreshold, OfRoot(psi));
        }

        if (options.Has(DriftTests.KullbackLeibler))
        {
            double divergence = KullbackLeibler.FromCounts(reference, current, floor: options.ShareFloor).Divergence;
            yield return Outcome.Distance("kl", divergence, options.KullbackLeiblerThreshold, psi.ChanceThreshold / 2);
        }
    }

    internal static IEnumerable<Outcome> Others(long[] reference, long[] current, PopulationStabilityIndex psi, DriftOptions options)
    {
        if (options.Has(DriftTests.Hellinger))
        {
            yield return Outcome.Distance("hellinger", Hellinger.FromCounts(reference, current).Distance, options.HellingerThreshold, OfRoot(psi));
        }

        if (options.Has(DriftTests.TotalVariation))
        {
            double chance = FoldedNormals.TotalVariation(reference, current, psi.ReferenceCount, psi.CurrentCount);
            yield return Outcome.Distance(
                "total-variation", TotalVariation.FromCounts(reference, current).Distance, options.TotalVariationThreshold, chance);
        }
    }

    /// <summary>Near equal shares the Jensen–Shannon divergence and the squared Hellinger distance are an eighth of PSI.</summary>
    private static double OfRoot(PopulationStabilityIndex psi) => Math.Sqrt(psi.ChanceThreshold / 8);
}
