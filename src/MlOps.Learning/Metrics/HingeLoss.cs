namespace MlOps.Learning.Metrics;

/// <summary>Hinge loss: how far decisions fall short of a margin of 1. What a support vector machine minimises.</summary>
/// <remarks>Two classes: the mean of <c>max(0, 1 − yᵢ sᵢ)</c>, yᵢ 1 or −1, s the decision value. More: <c>max(0, 1 − (s_true − max of the other s))</c>.
/// Range [0, ∞); 0 means every case is right by at least the margin. Equals scikit-learn's <c>hinge_loss</c>.
/// <para>Source: K. Crammer, Y. Singer, "On the Algorithmic Implementation of Multiclass Kernel-based Vector Machines", JMLR 2 (2001) 265–292.</para></remarks>
public static class HingeLoss
{
    /// <summary>Measures n decisions between two classes.</summary>
    /// <param name="truth">The true side: n ≥ 1 rows.</param>
    /// <param name="decisions">A finite decision value for every row, positive where the model says <c>true</c>.</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, a value not finite, or all weights 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static double Compute(ReadOnlySpan<bool> truth, ReadOnlySpan<double> decisions, ReadOnlySpan<double> weights = default)
    {
        int n = MetricInputs.Rows(truth.Length, decisions.Length, nameof(decisions));
        MetricInputs.Finite(decisions, nameof(decisions));
        MetricInputs.Weights(weights, n);
        return RowMean.Of(new BinaryTerms(truth, decisions), n, weights);
    }

    /// <summary>Measures n decisions between three or more classes.</summary>
    /// <param name="truth">The true classes.</param>
    /// <param name="scores">n rows × one column a class, finite; matched by name where columns are named after classes, else by position.</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, columns that fit no class, fewer than 3 columns, a value not finite, or all weights 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static double Compute(Labels truth, Matrix scores, ReadOnlySpan<double> weights = default)
    {
        int[] columns = MetricInputs.ColumnsOf(truth, scores, nameof(scores));
        if (scores.ColumnCount < 3)
        {
            throw new ArgumentException($"For two classes give one decision value a row; scores has {scores.ColumnCount} columns.", nameof(scores));
        }

        MetricInputs.Finite(scores.Values, nameof(scores));
        MetricInputs.Weights(weights, truth.Count);
        return RowMean.Of(new ClassTerms(truth, scores, columns), truth.Count, weights);
    }

    private readonly ref struct BinaryTerms(ReadOnlySpan<bool> truth, ReadOnlySpan<double> decisions) : IRowTerms
    {
        private readonly ReadOnlySpan<bool> _truth = truth;
        private readonly ReadOnlySpan<double> _decisions = decisions;

        public void Fill(int start, Span<double> terms)
        {
            for (int i = 0; i < terms.Length; i++)
            {
                terms[i] = Math.Max(0, 1 - (_truth[start + i] ? _decisions[start + i] : -_decisions[start + i]));
            }
        }
    }

    private readonly struct ClassTerms(Labels truth, Matrix scores, int[] columns) : IRowTerms
    {
        public void Fill(int start, Span<double> terms)
        {
            for (int i = 0; i < terms.Length; i++)
            {
                ReadOnlySpan<double> row = scores.Row(start + i);
                int right = columns[truth.Codes[start + i]];
                double rival = double.NegativeInfinity;
                for (int c = 0; c < row.Length; c++)
                {
                    rival = c == right ? rival : Math.Max(rival, row[c]);
                }

                terms[i] = Math.Max(0, 1 - (row[right] - rival));
            }
        }
    }
}
