namespace MlOps.Learning.Decomposition;

/// <summary>The users with the ratings of each, or the items with theirs: what one half of a sweep fits.</summary>
internal sealed class FactorSide
{
    private readonly int[] _starts; // where the ratings of each one begin; one more at the end
    private readonly int[] _others; // who is on the other side of each rating
    private readonly double[] _ratings;
    private readonly int _factors;
    private readonly double _regularization;

    internal FactorSide(ReadOnlySpan<int> codes, ReadOnlySpan<int> others, double[] ratings, int count, int factors, double regularization)
    {
        _factors = factors;
        _regularization = regularization;
        Vectors = new double[count * (factors + 1)];
        _starts = new int[count + 1];
        foreach (int code in codes)
        {
            _starts[code + 1]++;
        }

        for (int i = 0; i < count; i++)
        {
            _starts[i + 1] += _starts[i];
        }

        int[] next = [.. _starts];
        _others = new int[ratings.Length];
        _ratings = new double[ratings.Length];
        for (int i = 0; i < ratings.Length; i++)
        {
            int at = next[codes[i]]++;
            (_others[at], _ratings[at]) = (others[i], ratings[i]);
        }
    }

    /// <summary>Of each one its factors, then its bias.</summary>
    internal double[] Vectors { get; }

    /// <summary>Small random factors: with zeros the other side would have nothing to fit.</summary>
    internal void Begin(Random random)
    {
        double size = 1 / Math.Sqrt(_factors);
        for (int i = 0; i < Vectors.Length; i++)
        {
            Vectors[i] = (i + 1) % (_factors + 1) == 0 ? 0 : size * ((2 * random.NextDouble()) - 1);
        }
    }

    /// <summary>Gives each one the factors and bias that fit its ratings best, the other side being what it is.</summary>
    internal void Solve(FactorSide other) => Parallel.For(0, _starts.Length - 1, one => Solve(one, other));

    internal double SquaredError(FactorSide other)
    {
        int width = _factors + 1;
        double sum = 0;
        for (int one = 0; one < _starts.Length - 1; one++)
        {
            ReadOnlySpan<double> mine = Vectors.AsSpan(one * width, width);
            for (int at = _starts[one]; at < _starts[one + 1]; at++)
            {
                ReadOnlySpan<double> theirs = other.Vectors.AsSpan(_others[at] * width, width);
                double error = _ratings[at] - mine[^1] - theirs[^1] - Product(mine, theirs);
                sum += error * error;
            }
        }

        return sum;
    }

    /// <summary>Ridge regression of the ratings, less the others' biases, on the others' factors and a column of ones.</summary>
    private void Solve(int one, FactorSide other)
    {
        int width = _factors + 1;
        int count = _starts[one + 1] - _starts[one];
        Span<double> mine = Vectors.AsSpan(one * width, width);
        if (count == 0)
        {
            mine.Clear();
            return;
        }

        var normal = new double[width * width];
        var target = new double[width];
        var row = new double[width];
        for (int at = _starts[one]; at < _starts[one + 1]; at++)
        {
            other.Vectors.AsSpan(_others[at] * width, width).CopyTo(row);
            double rest = _ratings[at] - row[^1];
            row[^1] = 1;
            for (int a = 0; a < width; a++)
            {
                target[a] += rest * row[a];
                for (int b = 0; b <= a; b++)
                {
                    normal[(a * width) + b] += row[a] * row[b];
                }
            }
        }

        for (int a = 0; a < width; a++)
        {
            normal[(a * width) + a] += _regularization * count;
        }

        SolveCholesky(normal, target, width);
        target.CopyTo(mine);
    }

    /// <summary>Solves A·z = b for a positive definite A given by its lower triangle; z takes the place of b. λ &gt; 0 makes A so.</summary>
    private static void SolveCholesky(double[] lower, double[] b, int width)
    {
        for (int a = 0; a < width; a++)
        {
            for (int c = 0; c <= a; c++)
            {
                double rest = lower[(a * width) + c];
                for (int m = 0; m < c; m++)
                {
                    rest -= lower[(a * width) + m] * lower[(c * width) + m];
                }

                lower[(a * width) + c] = a == c ? Math.Sqrt(rest) : rest / lower[(c * width) + c];
            }

            for (int m = 0; m < a; m++)
            {
                b[a] -= lower[(a * width) + m] * b[m];
            }

            b[a] /= lower[(a * width) + a];
        }

        for (int a = width - 1; a >= 0; a--)
        {
            for (int m = a + 1; m < width; m++)
            {
                b[a] -= lower[(m * width) + a] * b[m];
            }

            b[a] /= lower[(a * width) + a];
        }
    }

    private static double Product(ReadOnlySpan<double> mine, ReadOnlySpan<double> theirs)
    {
        double sum = 0;
        for (int f = 0; f < mine.Length - 1; f++)
        {
            sum += mine[f] * theirs[f];
        }

        return sum;
    }
}
