namespace MlOps.Learning;

/// <summary>What every estimator and model checks before it computes.</summary>
internal static class Inputs
{
    /// <summary>n ≥ 1 rows, as many classes and weights, and at least two classes have cases that count.</summary>
    internal static void Fit(Matrix x, Labels y, double[]? weights)
    {
        ArgumentNullException.ThrowIfNull(y);
        Shape(x, y.Count, weights);
        var counts = new bool[y.Classes.Count];
        for (int i = 0; i < y.Count; i++)
        {
            counts[y.Codes[i]] |= weights is null || weights[i] > 0;
        }

        if (counts.Count(counted => counted) < 2)
        {
            int only = Array.IndexOf(counts, true);
            throw new ArgumentException($"A classifier needs cases of two classes; all rows that count are '{y.Classes[only]}'.", nameof(y));
        }
    }

    /// <summary>n ≥ 1 rows, as many targets and weights, and all targets are finite.</summary>
    internal static void Fit(Matrix x, double[] y, double[]? weights)
    {
        ArgumentNullException.ThrowIfNull(y);
        Shape(x, y.Length, weights);
        for (int i = 0; i < y.Length; i++)
        {
            if (!double.IsFinite(y[i]))
            {
                throw new ArgumentException(FormattableString.Invariant($"Target {i} is {y[i]}; all targets must be finite."), nameof(y));
            }
        }
    }

    /// <summary>n ≥ 1 rows, and as many weights.</summary>
    internal static void Unlabelled(Matrix x, double[]? weights)
    {
        ArgumentNullException.ThrowIfNull(x);
        Shape(x, x.RowCount, weights);
    }

    /// <summary>No NaN and nothing infinite; the message names row and column.</summary>
    internal static void Finite(Matrix x)
    {
        ReadOnlySpan<double> values = x.Values;
        for (int i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                string advice = double.IsNaN(values[i]) ? "Impute missing values first, or use gradient boosting, which takes them." : "All features must be finite.";
                throw new ArgumentException(FormattableString.Invariant($"Row {i / x.ColumnCount} has {values[i]} in column '{x.ColumnNames[i % x.ColumnCount]}'. {advice}"), nameof(x));
            }
        }
    }

    /// <summary>As many columns as the model was fitted on.</summary>
    internal static void Width(Matrix x, IReadOnlyList<string> featureNames)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.ColumnCount != featureNames.Count)
        {
            IEnumerable<string> shown = featureNames.Take(10);
            string more = featureNames.Count > 10 ? ", …" : "";
            throw new ArgumentException($"The model was fitted on {featureNames.Count} features ({string.Join(", ", shown)}{more}); x has {x.ColumnCount} columns.", nameof(x));
        }
    }

    /// <summary>Index of the largest score in each row; the first of equals.</summary>
    internal static int[] ArgMax(Matrix scores)
    {
        var best = new int[scores.RowCount];
        for (int i = 0; i < best.Length; i++)
        {
            ReadOnlySpan<double> row = scores.Row(i);
            for (int c = 1; c < row.Length; c++)
            {
                if (row[c] > row[best[i]])
                {
                    best[i] = c;
                }
            }
        }

        return best;
    }

    private static void Shape(Matrix x, int y, double[]? weights)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.RowCount == 0)
        {
            throw new ArgumentException("There are no rows to learn from.", nameof(x));
        }

        if (y != x.RowCount)
        {
            throw new ArgumentException($"Each row needs one target: x has {x.RowCount} rows, y has {y}.", nameof(y));
        }

        if (weights is null)
        {
            return;
        }

        if (weights.Length != x.RowCount)
        {
            throw new ArgumentException($"Each row needs one weight: x has {x.RowCount} rows, weights has {weights.Length}.", nameof(weights));
        }

        bool any = false;
        for (int i = 0; i < weights.Length; i++)
        {
            any |= Guard.NonNegative(weights[i], nameof(weights)) > 0;
        }

        if (!any)
        {
            throw new ArgumentException("All weights are 0; nothing is left to learn from.", nameof(weights));
        }
    }
}
