namespace MlOps.Learning.Metrics;

/// <summary>Brier score: the mean squared error of probabilities. It rewards being calibrated and being sure when right.</summary>
/// <remarks>
/// Two classes: <c>Σ wᵢ (pᵢ − yᵢ)² / Σ wᵢ</c>, yᵢ 1 or 0, p the probability of 1. Range [0, 1]; 0 is certain and right, 0.25 is always 0.5.
/// As scikit-learn's <c>brier_score_loss</c>. More classes: <c>Σ wᵢ Σ_c (p_ic − y_ic)² / Σ wᵢ</c>, in [0, 2]; for two classes that is twice the former.
/// <para>Source: G. W. Brier, "Verification of Forecasts Expressed in Terms of Probability", Monthly Weather Review 78 (1950) 1–3.</para>
/// </remarks>
public static class Brier
{
    /// <summary>Measures n forecasts of a yes or no, in [0, 1].</summary>
    /// <param name="truth">What happened: n ≥ 1 rows.</param>
    /// <param name="probabilities">The probability given to <c>true</c>, in [0, 1].</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, a value that is no probability, or all weights 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static double Compute(ReadOnlySpan<bool> truth, ReadOnlySpan<double> probabilities, ReadOnlySpan<double> weights = default)
    {
        int n = MetricInputs.Rows(truth.Length, probabilities.Length, nameof(probabilities));
        MetricInputs.Probabilities(probabilities, nameof(probabilities));
        MetricInputs.Weights(weights, n);
        return RowMean.Of(new BinaryTerms(truth, probabilities), n, weights);
    }

    /// <summary>Measures n forecasts of a class by Brier's original sum over the classes, in [0, 2].</summary>
    /// <param name="truth">The true classes.</param>
    /// <param name="probabilities">n rows × one column a class; matched by name where columns are named after classes, else by position.</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, columns that fit no class, a value that is no probability, or all weights 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static double Compute(Labels truth, Matrix probabilities, ReadOnlySpan<double> weights = default)
    {
        int[] columns = MetricInputs.ColumnsOf(truth, probabilities, nameof(probabilities));
        MetricInputs.Probabilities(probabilities.Values, nameof(probabilities));
        MetricInputs.Weights(weights, truth.Count);
        return RowMean.Of(new ClassTerms(truth, probabilities, columns), truth.Count, weights);
    }

    private readonly ref struct BinaryTerms(ReadOnlySpan<bool> truth, ReadOnlySpan<double> probabilities) : IRowTerms
    {
        private readonly ReadOnlySpan<bool> _truth = truth;
        private readonly ReadOnlySpan<double> _probabilities = probabilities;

        public void Fill(int start, Span<double> terms)
        {
            for (int i = 0; i < terms.Length; i++)
            {
                double error = _probabilities[start + i] - (_truth[start + i] ? 1 : 0);
                terms[i] = error * error;
            }
        }
    }

    private readonly struct ClassTerms(Labels truth, Matrix probabilities, int[] columns) : IRowTerms
    {
        public void Fill(int start, Span<double> terms)
        {
            for (int i = 0; i < terms.Length; i++)
            {
                ReadOnlySpan<double> row = probabilities.Row(start + i);
                int right = columns[truth.Codes[start + i]];
                double sum = 0;
                for (int c = 0; c < row.Length; c++)
                {
                    double error = row[c] - (c == right ? 1 : 0);
                    sum += error * error;
                }

                terms[i] = sum;
            }
        }
    }
}
