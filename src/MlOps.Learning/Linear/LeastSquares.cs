namespace MlOps.Learning.Linear;

/// <summary>Weighted least squares with a free intercept and a penalty, by QR of the centred columns.</summary>
internal static class LeastSquares
{
    /// <summary>A column whose part that no other column explains is below this share of its length is taken for a combination of the others.</summary>
    private const double Collinear = 1e-10;

    /// <summary>Terms of a combination below this share of the column are rounding, and are not named.</summary>
    private const double Negligible = 1e-6;

    internal static LinearRegressionModel Fit(Matrix x, double[] y, double[]? weights, double l2, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Inputs.Fit(x, y, weights);
        Inputs.Finite(x);
        int d = x.ColumnCount;
        int counted = weights?.Count(weight => weight > 0) ?? y.Length;
        if (l2 == 0 && counted <= d)
        {
            throw new ArgumentException($"{d} coefficients and an intercept need at least {d + 1} rows; there are {counted} with a weight above 0. Use ridge regression or fewer columns.", nameof(x));
        }

        double totalWeight = weights?.Sum() ?? y.Length;
        double[] means = Means(x, y, weights, totalWeight);
        double rootPenalty = Math.Sqrt(l2);
        int rows = y.Length + (l2 > 0 ? d : 0);
        double[] r = TriangularFactor.Of(rows, d + 1, Fill, progress, cancellationToken);
        double[] lengths = Lengths(r, d + 1);
        if (!double.IsFinite(lengths.Sum()))
        {
            throw new DivergenceException("linear regression", 1, lengths.Sum(), "The values are too large to be squared; scale them first.");
        }

        if (l2 == 0)
        {
            RejectCollinear(x, r, lengths, means);
        }

        double[] coefficients = Substitute(r, d);
        double intercept = means[d] - FixedOrder.Dot(coefficients, means.AsSpan(0, d));
        double[]? errors = l2 == 0 ? StandardErrors(r, d, counted, means, totalWeight) : null;
        return new LinearRegressionModel(x.ColumnNames, coefficients, intercept, errors);

        void Fill(int start, int end, double[] block, int stride)
        {
            for (int i = start; i < end; i++)
            {
                int at = i - start;
                if (i >= y.Length)
                {
                    for (int j = 0; j <= d; j++)
                    {
                        block[(j * stride) + at] = j == i - y.Length ? rootPenalty : 0; // a row √λ · eⱼ with target 0 adds λ wⱼ² to the sum
                    }

                    continue;
                }

                double root = weights is null ? 1 : Math.Sqrt(weights[i]);
                ReadOnlySpan<double> row = x.Row(i);
                for (int j = 0; j < row.Length; j++)
                {
                    block[(j * stride) + at] = root * (row[j] - means[j]);
                }

                block[(d * stride) + at] = root * (y[i] - means[d]);
            }
        }
    }

    /// <summary>Weighted means of the columns of x, and of y as the last; in two passes, as one loses digits where means are large.</summary>
    private static double[] Means(Matrix x, double[] y, double[]? weights, double totalWeight)
    {
        int d = x.ColumnCount;
        var means = new double[d + 1];
        var rest = new double[d + 1];
        for (int pass = 0; pass < 2; pass++)
        {
            Array.Clear(rest);
            for (int i = 0; i < y.Length; i++)
            {
                double share = (weights?[i] ?? 1) / totalWeight;
                ReadOnlySpan<double> row = x.Row(i);
                for (int j = 0; j < d; j++)
                {
                    rest[j] += share * (row[j] - means[j]);
                }

                rest[d] += share * (y[i] - means[d]);
            }

            for (int j = 0; j <= d; j++)
            {
                means[j] += rest[j];
            }
        }

        return means;
    }

    private static double[] Lengths(double[] r, int columns)
    {
        var lengths = new double[columns];
        for (int j = 0; j < columns; j++)
        {
            double sum = 0;
            for (int i = 0; i <= j; i++)
            {
                sum += r[(i * columns) + j] * r[(i * columns) + j];
            }

            lengths[j] = Math.Sqrt(sum);
        }

        return lengths;
    }

    private static void RejectCollinear(Matrix x, double[] r, double[] lengths, double[] means)
    {
        int columns = lengths.Length;
        double roundingOfMean = 1e-14 * Math.Sqrt(x.RowCount);
        for (int j = 0; j < columns - 1; j++)
        {
            string name = x.ColumnNames[j];
            if (lengths[j] <= roundingOfMean * Math.Abs(means[j]))
            {
                throw new ArgumentException($"Column '{name}' is constant, so that its coefficient cannot be told from the intercept. Drop it or use ridge regression.", nameof(x));
            }

            if (Math.Abs(r[(j * columns) + j]) > Collinear * lengths[j])
            {
                continue;
            }

            var combination = new double[j];
            for (int i = j - 1; i >= 0; i--)
            {
                double sum = r[(i * columns) + j];
                for (int k = i + 1; k < j; k++)
                {
                    sum -= r[(i * columns) + k] * combination[k];
                }

                combination[i] = sum / r[(i * columns) + i];
            }

            IEnumerable<string> others = Enumerable.Range(0, j)
                .Where(i => Math.Abs(combination[i]) * lengths[i] > Negligible * lengths[j])
                .Select(i => $"'{x.ColumnNames[i]}'");
            throw new ArgumentException($"Column '{name}' is a linear combination of {string.Join(", ", others)}, so that their coefficients are not unique. Drop one of them or use ridge regression.", nameof(x));
        }
    }

    /// <summary>Solves R w = Qᵀy, the last column of the triangle. A column that is all zero, which only ridge lets pass, gets 0.</summary>
    private static double[] Substitute(double[] r, int d)
    {
        var w = new double[d];
        for (int i = d - 1; i >= 0; i--)
        {
            double sum = r[(i * (d + 1)) + d];
            for (int k = i + 1; k < d; k++)
            {
                sum -= r[(i * (d + 1)) + k] * w[k];
            }

            w[i] = sum / r[(i * (d + 1)) + i];
        }

        return w;
    }

    /// <summary>Square roots of the diagonal of σ² (XᵀX)⁻¹ = σ² R⁻¹R⁻ᵀ; the intercept's as the last.</summary>
    private static double[] StandardErrors(double[] r, int d, int counted, double[] means, double totalWeight)
    {
        int c = d + 1;
        double sigma = Math.Abs(r[(d * c) + d]) / Math.Sqrt(counted - c); // the corner of R is the length of the residual
        var variances = new double[c];
        var column = new double[d];
        double alongMeans = 0;
        for (int j = 0; j < d; j++)
        {
            Array.Clear(column);
            double meanPart = 0;
            for (int i = j; i >= 0; i--)
            {
                double sum = i == j ? 1 : 0;
                for (int k = i + 1; k <= j; k++)
                {
                    sum -= r[(i * c) + k] * column[k];
                }

                column[i] = sum / r[(i * c) + i]; // column j of R⁻¹
                variances[i] += column[i] * column[i];
                meanPart += column[i] * means[i];
            }

            alongMeans += meanPart * meanPart;
        }

        variances[d] = (1 / totalWeight) + alongMeans;
        return Array.ConvertAll(variances, variance => sigma * Math.Sqrt(variance));
    }
}
