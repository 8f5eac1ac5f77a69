using System.Numerics.Tensors;

namespace MlOps.Learning.Metrics;

/// <summary>Log loss, also cross-entropy: how surprised a forecast is by what happened.</summary>
/// <remarks>
/// <c>L = −Σ wᵢ ln pᵢ / Σ wᵢ</c>, pᵢ the probability that was given to the true class. Unit: nats a case. Range [0, 36.04]; 0 is certain
/// and right, ln k is a uniform guess among k classes. Probabilities are first moved into [ε, 1 − ε], ε = 2⁻⁵², so that one
/// certain error costs 36 and not ∞; with more than two classes each row is then divided by its sum. Equals scikit-learn 1.2's <c>log_loss</c>.
/// <para>Source: I. J. Good, "Rational Decisions", J. R. Statist. Soc. B 14 (1952) 107–114.</para>
/// </remarks>
public static class LogLoss
{
    /// <summary>ε, the distance from 1 to the next double.</summary>
    private const double Smallest = 2.220446049250313e-16;

    /// <summary>Measures n forecasts of a yes or no.</summary>
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
        return -RowMean.Of(new BinaryTerms(truth, probabilities), n, weights);
    }

    /// <summary>Measures n forecasts of a class.</summary>
    /// <param name="truth">The true classes, two or more.</param>
    /// <param name="probabilities">n rows × one column a class; matched by name where columns are named after classes, else by position.</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, columns that fit no class, a value that is no probability, or all weights 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static double Compute(Labels truth, Matrix probabilities, ReadOnlySpan<double> weights = default)
    {
        int[] columns = MetricInputs.ColumnsOf(truth, probabilities, nameof(probabilities));
        MetricInputs.Probabilities(probabilities.Values, nameof(probabilities));
        MetricInputs.Weights(weights, truth.Count);
        return -RowMean.Of(new ClassTerms(truth, probabilities, columns), truth.Count, weights);
    }

    private readonly ref struct BinaryTerms(ReadOnlySpan<bool> truth, ReadOnlySpan<double> probabilities) : IRowTerms
    {
        private readonly ReadOnlySpan<bool> _truth = truth;
        private readonly ReadOnlySpan<double> _probabilities = probabilities;

        public void Fill(int start, Span<double> terms)
        {
            ReadOnlySpan<bool> truth = _truth.Slice(start, terms.Length);
            ReadOnlySpan<double> probabilities = _probabilities.Slice(start, terms.Length);
            for (int i = 0; i < terms.Length; i++)
            {
                double p = Math.Min(Math.Max(probabilities[i], Smallest), 1 - Smallest);
                terms[i] = truth[i] ? p : 1 - p;
            }

            TensorPrimitives.Log(terms, terms);
        }
    }

    private readonly struct ClassTerms(Labels truth, Matrix probabilities, int[] columns) : IRowTerms
    {
        public void Fill(int start, Span<double> terms)
        {
            for (int i = 0; i < terms.Length; i++)
            {
                ReadOnlySpan<double> row = probabilities.Row(start + i);
                double sum = 0;
                foreach (double p in row)
                {
                    sum += Math.Clamp(p, Smallest, 1 - Smallest);
                }

                terms[i] = Math.Clamp(row[columns[truth.Codes[start + i]]], Smallest, 1 - Smallest) / sum;
            }

            TensorPrimitives.Log(terms, terms);
        }
    }
}
