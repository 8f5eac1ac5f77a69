namespace MlOps.Drift;

/// <summary>Corrections for testing many hypotheses at once.</summary>
/// <remarks>With m true null hypotheses tested at α each, α·m false alarms are expected: 50 columns, 2.5 alarms at 0.05, none of them real.
/// <para>Sources: S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scand. J. Statist. 6 (1979) 65–70;
/// Y. Benjamini, Y. Hochberg, "Controlling the False Discovery Rate", J. R. Statist. Soc. B 57 (1995) 289–300.</para></remarks>
public static class MultipleTesting
{
    /// <summary>Returns adjusted p-values, in the order given: hypothesis i is rejected at level α when its adjusted value is below α.</summary>
    /// <remarks>
    /// With the p-values sorted, p₍₁₎ ≤ … ≤ p₍ₘ₎: Bonferroni <c>m·p</c>; Holm <c>max over j ≤ i of (m − j + 1)·p₍ⱼ₎</c>;
    /// Benjamini–Hochberg <c>min over j ≥ i of (m/j)·p₍ⱼ₎</c>; each at most 1. As <c>statsmodels.stats.multitest.multipletests</c>.
    /// </remarks>
    /// <param name="pValues">m p-values, each in [0, 1]; may be empty.</param>
    /// <param name="correction">The method.</param>
    /// <exception cref="ArgumentOutOfRangeException">A p-value is outside [0, 1] or NaN, or the method is unknown.</exception>
    public static double[] Adjust(ReadOnlySpan<double> pValues, Correction correction)
    {
        (double[] sorted, int[] order) = Sort(pValues);
        int m = sorted.Length;
        double[] adjusted = new double[m];
        switch (correction)
        {
            case Correction.None:
                sorted.CopyTo(adjusted, 0);
                break;
            case Correction.Bonferroni:
                for (int i = 0; i < m; i++)
                {
                    adjusted[i] = m * sorted[i];
                }

                break;
            case Correction.Holm:
                for (int i = 0; i < m; i++)
                {
                    adjusted[i] = Math.Max(i == 0 ? 0 : adjusted[i - 1], (m - i) * sorted[i]);
                }

                break;
            case Correction.BenjaminiHochberg:
                for (int i = m - 1; i >= 0; i--)
                {
                    adjusted[i] = Math.Min(i == m - 1 ? 1 : adjusted[i + 1], (double)m / (i + 1) * sorted[i]);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(correction), correction, "Unknown correction.");
        }

        double[] inOrder = new double[m];
        for (int i = 0; i < m; i++)
        {
            inOrder[order[i]] = Math.Min(1, adjusted[i]);
        }

        return inOrder;
    }

    /// <summary>Returns the level that a raw p-value must stay below to be rejected, so that <c>p &lt; threshold</c> gives the corrected verdict.</summary>
    /// <remarks>
    /// Bonferroni: α/m. Benjamini–Hochberg: k·α/m, k the largest rank with p₍ₖ₎ &lt; k·α/m (k = 1 if there is none). Holm: α/(m − k), k the
    /// number of rejections (α if all are rejected).
    /// </remarks>
    /// <param name="pValues">m p-values, each in [0, 1]; may be empty.</param>
    /// <param name="alpha">The level for the whole family, in [0, 1].</param>
    /// <param name="correction">The method.</param>
    /// <exception cref="ArgumentOutOfRangeException">A p-value or <paramref name="alpha"/> is outside [0, 1] or NaN, or the method is unknown.</exception>
    public static double Threshold(ReadOnlySpan<double> pValues, double alpha, Correction correction)
    {
        Guard.Share(alpha);
        (double[] sorted, _) = Sort(pValues);
        int m = Math.Max(1, sorted.Length);
        int k;
        switch (correction)
        {
            case Correction.None:
                return alpha;
            case Correction.Bonferroni:
                return alpha / m;
            case Correction.Holm:
                for (k = 0; k < sorted.Length && sorted[k] < alpha / (m - k);)
                {
                    k++;
                }

                return alpha / Math.Max(1, m - k);
            case Correction.BenjaminiHochberg:
                for (k = sorted.Length; k > 1 && sorted[k - 1] >= k * alpha / m;)
                {
                    k--;
                }

                return Math.Max(1, k) * alpha / m;
            default:
                throw new ArgumentOutOfRangeException(nameof(correction), correction, "Unknown correction.");
        }
    }

    private static (double[] Sorted, int[] Order) Sort(ReadOnlySpan<double> pValues)
    {
        double[] sorted = pValues.ToArray();
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
        {
            Guard.Share(sorted[i], nameof(pValues));
            order[i] = i;
        }

        Array.Sort(sorted, order);
        return (sorted, order);
    }
}
