namespace MlOps.Learning.Clustering;

/// <summary>Weights, means and covariances of a mixture, with the whitening matrices that its density needs.</summary>
internal sealed class MixtureParameters
{
    private const double LogTwoPi = 1.8378770664093453;

    private readonly double[][] _whitening; // a component: full: L⁻¹ of Σ = L·Lᵀ, d × d, lower; diagonal: 1/σ, d
    private readonly double[] _constants; // ln π − d/2 · ln 2π − ½ ln |Σ|
    private readonly bool _full;

    private MixtureParameters(double[] weights, double[][] means, double[][] covariances, bool full)
    {
        Weights = weights;
        Means = means;
        Covariances = covariances;
        _full = full;
        int d = means[0].Length;
        _whitening = new double[weights.Length][];
        _constants = new double[weights.Length];
        for (int c = 0; c < weights.Length; c++)
        {
            _whitening[c] = full ? InverseCholesky(covariances[c], means[c], c) : InverseDeviations(covariances[c], means[c], c);
            double logDeterminant = 0; // of Σ^(−1/2)
            for (int j = 0; j < d; j++)
            {
                logDeterminant += Math.Log(_whitening[c][full ? (j * d) + j : j]);
            }

            _constants[c] = Math.Log(weights[c]) - (0.5 * d * LogTwoPi) + logDeterminant;
        }
    }

    internal double[] Weights { get; }

    internal double[][] Means { get; }

    /// <summary>Full: d × d; diagonal: d.</summary>
    internal double[][] Covariances { get; }

    internal double[] Whitening(int component) => _whitening[component];

    internal double Constant(int component) => _constants[component];

    /// <summary>The maximisation step: parameters from the shares that the components have of the rows.</summary>
    internal static MixtureParameters Of(Matrix x, double[] shares, int k, CovarianceType type, double regularization)
    {
        int d = x.ColumnCount;
        bool full = type == CovarianceType.Full;
        double[] first = Summed(x, k * (d + 1), (sums, i) =>
        {
            ReadOnlySpan<double> row = x.Row(i);
            for (int c = 0; c < k; c++)
            {
                double share = shares[(i * k) + c];
                if (share == 0)
                {
                    continue;
                }

                Span<double> sum = sums.AsSpan(c * (d + 1), d + 1);
                sum[d] += share;
                for (int j = 0; j < row.Length; j++)
                {
                    sum[j] += share * row[j];
                }
            }
        });
        const double NoDivisionByZero = 10 * 2.220446049250313e-16; // as in scikit-learn
        double[] totals = [.. Enumerable.Range(0, k).Select(c => first[(c * (d + 1)) + d] + NoDivisionByZero)];
        double[][] means = [.. Enumerable.Range(0, k).Select(c => Enumerable.Range(0, d).Select(j => first[(c * (d + 1)) + j] / totals[c]).ToArray())];
        int size = full ? d * d : d;
        double[] second = Summed(x, k * size, (sums, i) =>
        {
            ReadOnlySpan<double> row = x.Row(i);
            for (int c = 0; c < k; c++)
            {
                double share = shares[(i * k) + c];
                if (share != 0)
                {
                    AddSquares(sums.AsSpan(c * size, size), share, row, means[c], full);
                }
            }
        });
        var covariances = new double[k][];
        for (int c = 0; c < k; c++)
        {
            covariances[c] = [.. second.AsSpan(c * size, size)];
            for (int a = 0; a < size; a++)
            {
                covariances[c][a] /= totals[c];
            }

            Finish(covariances[c], d, full, regularization);
        }

        double total = totals.Sum();
        return new MixtureParameters([.. totals.Select(one => one / total)], means, covariances, full);
    }

    /// <summary>The expectation step: writes the share that each component has of each row; returns the mean log-likelihood.</summary>
    internal double Share(Matrix x, double[] shares)
    {
        int k = Weights.Length;
        int chunks = RowChunks.Count(x.RowCount, 1);
        var sums = new double[chunks];
        RowChunks.Run(x.RowCount, chunks, (chunk, from, to) =>
        {
            var off = new double[x.ColumnCount];
            for (int i = from; i < to; i++)
            {
                sums[chunk] += LogShares(x.Row(i), off, shares.AsSpan(i * k, k));
            }
        });
        for (int a = 0; a < shares.Length; a++)
        {
            shares[a] = Math.Exp(shares[a]);
        }

        return sums.Sum() / x.RowCount;
    }

    /// <summary>Writes ln of the share of each component; returns the log-density of the row.</summary>
    internal double LogShares(ReadOnlySpan<double> row, Span<double> off, Span<double> shares)
    {
        double most = double.NegativeInfinity;
        for (int c = 0; c < shares.Length; c++)
        {
            shares[c] = _constants[c] - (0.5 * SquaredDistance(row, c, off));
            most = Math.Max(most, shares[c]);
        }

        double sum = 0;
        foreach (double share in shares)
        {
            sum += Math.Exp(share - most); // nothing overflows, and the largest term is 1
        }

        double density = most + Math.Log(sum);
        for (int c = 0; c < shares.Length; c++)
        {
            shares[c] -= density;
        }

        return density;
    }

    private double SquaredDistance(ReadOnlySpan<double> row, int component, Span<double> off)
    {
        double[] whitening = _whitening[component];
        double[] mean = Means[component];
        int d = row.Length;
        double sum = 0;
        for (int j = 0; j < d; j++)
        {
            off[j] = row[j] - mean[j];
        }

        for (int j = 0; j < d; j++)
        {
            double white = 0;
            if (_full)
            {
                ReadOnlySpan<double> line = whitening.AsSpan(j * d, j + 1);
                for (int m = 0; m < line.Length; m++)
                {
                    white += line[m] * off[m];
                }
            }
            else
            {
                white = whitening[j] * off[j];
            }

            sum += white * white;
        }

        return sum;
    }

    private static void AddSquares(Span<double> sums, double share, ReadOnlySpan<double> row, double[] mean, bool full)
    {
        int d = row.Length;
        for (int a = 0; a < d; a++)
        {
            double off = row[a] - mean[a];
            if (!full)
            {
                sums[a] += share * off * off;
                continue;
            }

            Span<double> line = sums.Slice(a * d, a + 1);
            for (int b = 0; b < line.Length; b++)
            {
                line[b] += share * off * (row[b] - mean[b]);
            }
        }
    }

    /// <summary>Adds the regularisation and mirrors the lower triangle.</summary>
    private static void Finish(double[] covariance, int d, bool full, double regularization)
    {
        for (int a = 0; a < d; a++)
        {
            covariance[full ? (a * d) + a : a] += regularization;
            for (int b = a + 1; full && b < d; b++)
            {
                covariance[(a * d) + b] = covariance[(b * d) + a];
            }
        }
    }

    private static double[] Summed(Matrix x, int size, Action<double[], int> add)
    {
        int chunks = RowChunks.Count(x.RowCount, size);
        var partial = new double[chunks][];
        RowChunks.Run(x.RowCount, chunks, (chunk, from, to) =>
        {
            partial[chunk] = new double[size];
            for (int i = from; i < to; i++)
            {
                add(partial[chunk], i);
            }
        });
        double[] total = partial[0];
        foreach (double[] other in partial.Skip(1))
        {
            for (int a = 0; a < size; a++)
            {
                total[a] += other[a];
            }
        }

        return total;
    }

    private static double[] InverseDeviations(double[] variances, double[] means, int component)
    {
        var inverse = new double[variances.Length];
        for (int a = 0; a < inverse.Length; a++)
        {
            inverse[a] = IsRounding(variances[a], 0, means[a]) ? throw Singular(component) : 1 / Math.Sqrt(variances[a]);
        }

        return inverse;
    }

    /// <summary>Whether what is left of a variance is only what rounding leaves of equal or collinear numbers.</summary>
    private static bool IsRounding(double rest, double variance, double mean)
    {
        const double Digits = 16 * 2.220446049250313e-16;
        return !(rest > Math.Max(Digits * variance, Math.Pow(Digits * mean, 2)));
    }

    /// <summary>L⁻¹ of the Cholesky factor L.</summary>
    private static double[] InverseCholesky(double[] covariance, double[] means, int component)
    {
        int d = means.Length;
        var lower = new double[d * d];
        for (int a = 0; a < d; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double rest = covariance[(a * d) + b];
                for (int m = 0; m < b; m++)
                {
                    rest -= lower[(a * d) + m] * lower[(b * d) + m];
                }

                if (a == b && IsRounding(rest, covariance[(a * d) + a], means[a]))
                {
                    throw Singular(component);
                }

                lower[(a * d) + b] = a == b ? Math.Sqrt(rest) : rest / lower[(b * d) + b];
            }
        }

        var inverse = new double[d * d];
        for (int b = 0; b < d; b++)
        {
            for (int a = b; a < d; a++)
            {
                double rest = a == b ? 1 : 0;
                for (int m = b; m < a; m++)
                {
                    rest -= lower[(a * d) + m] * inverse[(m * d) + b];
                }

                inverse[(a * d) + b] = rest / lower[(a * d) + a];
            }
        }

        return inverse;
    }

    private static ArgumentException Singular(int component) =>
        new($"The covariance of component {component} is singular: a column is constant in it, or columns are collinear. Drop such columns, raise the regularisation, or ask for fewer components.");
}
