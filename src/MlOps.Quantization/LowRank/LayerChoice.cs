using MlOps.Learning;

namespace MlOps.Quantization.LowRank;

/// <summary>Decides for one matrix whether two thin ones are worth it.</summary>
internal static class LayerChoice
{
    /// <summary>The factors; null with the reason where the layer is better left alone.</summary>
    internal static (LowRankFactors? Factors, string Reason) Of(Matrix w, RankChoice choice)
    {
        (int m, int n) = (w.RowCount, w.ColumnCount);
        if (Math.Min(m, n) < 2)
        {
            return (null, $"its matrix of {m} × {n} has rank 1 already");
        }

        foreach (double value in w.Values)
        {
            if (!double.IsFinite(value))
            {
                return (null, FormattableString.Invariant($"its weights hold {value}"));
            }
        }

        LowRankFactors.Decomposition svd = LowRankFactors.Decompose(w);
        int rank = choice.For(svd.Sigma, m, n);
        if (rank * ((long)m + n) >= (long)m * n)
        {
            return (null, FormattableString.Invariant($"rank {rank} of {m} × {n} needs {rank * ((long)m + n)} numbers, not fewer than the {(long)m * n} there are; it pays below rank {(double)m * n / (m + n):0.#}"));
        }

        return (svd.Cut(rank), "");
    }
}
