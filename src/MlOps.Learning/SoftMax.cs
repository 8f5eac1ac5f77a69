namespace MlOps.Learning;

/// <summary><c>exp(zₖ) / Σ exp(z)</c>, without overflow.</summary>
internal static class SoftMax
{
    /// <summary>Writes the probabilities that belong to scores, of which at least one is finite, and returns ln Σ exp(z). Both spans may be the same.</summary>
    internal static double Of(ReadOnlySpan<double> scores, Span<double> probabilities)
    {
        double max = double.NegativeInfinity;
        foreach (double score in scores)
        {
            max = Math.Max(max, score);
        }

        double sum = 0;
        for (int k = 0; k < scores.Length; k++)
        {
            probabilities[k] = Math.Exp(scores[k] - max);
            sum += probabilities[k];
        }

        for (int k = 0; k < scores.Length; k++)
        {
            probabilities[k] /= sum;
        }

        return max + Math.Log(sum);
    }
}
