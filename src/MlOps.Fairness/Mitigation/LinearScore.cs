namespace MlOps.Fairness.Mitigation;

/// <summary>Scores of a linear model.</summary>
internal static class LinearScore
{
    internal static double[] Of(ReadOnlySpan<double> features, double intercept, IReadOnlyList<double> coefficients)
    {
        double[] weights = [.. coefficients];
        int rows = MitigationRows.Rows(features.Length, weights.Length, nameof(features));
        MitigationRows.Finite(features, weights.Length, "features", nameof(features));
        var scores = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            scores[i] = intercept + Dot(features.Slice(i * weights.Length, weights.Length), weights);
        }

        return scores;
    }

    /// <summary>Summed in column order: a vectorised product would differ between machines in the last bit.</summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int j = 0; j < a.Length; j++)
        {
            sum += a[j] * b[j];
        }

        return sum;
    }

    internal static double Sigmoid(double score)
    {
        double e = Math.Exp(-Math.Abs(score)); // the exponent never overflows
        return score >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>ln(1 + e^s) − y·s.</summary>
    internal static double LogLoss(double score, bool label) =>
        Math.Max(score, 0) + Math.Log(1 + Math.Exp(-Math.Abs(score))) - (label ? score : 0);
}
