namespace MlOps.Drift.Multivariate;

/// <summary>The p-value of a permutation test.</summary>
internal static class PermutationP
{
    /// <summary>Sums in another order differ in the last bits; a permuted statistic this close to the observed one is the same one.</summary>
    private const double SameBits = 1e-12;

    /// <summary><c>(1 + #{permuted ≥ observed}) / (1 + B)</c>: never 0, as the true split is one of the possible ones.</summary>
    /// <remarks>Source: B. Phipson, G. K. Smyth, "Permutation P-values Should Never Be Zero", Stat. Appl. Genet. Mol. Biol. 9 (2010).</remarks>
    internal static double Of(double observed, ReadOnlySpan<double> permuted)
    {
        double limit = observed - (SameBits * Math.Max(1, Math.Abs(observed)));
        int atLeast = 0;
        foreach (double value in permuted)
        {
            atLeast += value >= limit ? 1 : 0;
        }

        return (1.0 + atLeast) / (1.0 + permuted.Length);
    }

    /// <summary>The value that the statistic exceeds by chance in one case of twenty: the ⌈0.95·B⌉-th smallest; NaN without permutations.</summary>
    internal static double Chance(ReadOnlySpan<double> permuted)
    {
        double[] sorted = permuted.ToArray();
        Array.Sort(sorted);
        return sorted.Length == 0 ? double.NaN : sorted[(int)Math.Ceiling(0.95 * sorted.Length) - 1];
    }
}
