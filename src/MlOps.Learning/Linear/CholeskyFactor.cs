namespace MlOps.Learning.Linear;

/// <summary>The decomposition <c>A = L Lᵀ</c> of a symmetric positive definite matrix.</summary>
internal sealed class CholeskyFactor
{
    /// <summary>A pivot below this share of its diagonal entry is rounding.</summary>
    private const double Breakdown = 1e-12;

    private readonly double[] _lower;
    private readonly int _n;

    /// <summary>Decomposes in place: only the lower triangle is read, and the array is kept.</summary>
    internal CholeskyFactor(double[] a, int n)
    {
        _lower = a;
        _n = n;
        for (int i = 0; i < n; i++)
        {
            Span<double> row = a.AsSpan(i * n, i + 1);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = a.AsSpan(j * n, j);
                row[j] = (row[j] - FixedOrder.Dot(row[..j], other)) / a[(j * n) + j];
            }

            double diagonal = row[i];
            double pivot = diagonal - FixedOrder.Dot(row[..i], row[..i]);
            if (!(pivot > Breakdown * diagonal))
            {
                FirstSingular ??= i;
                pivot = diagonal > 0 ? diagonal : 1; // what follows is a decomposition of A with a larger diagonal, still positive definite
            }

            row[i] = Math.Sqrt(pivot);
        }
    }

    /// <summary>Gets the first row that is a combination of those before it; null if A is regular.</summary>
    internal int? FirstSingular { get; }

    /// <summary>Replaces b by the solution of A z = b.</summary>
    internal void Solve(Span<double> b)
    {
        for (int i = 0; i < _n; i++)
        {
            b[i] = (b[i] - FixedOrder.Dot(_lower.AsSpan(i * _n, i), b[..i])) / _lower[(i * _n) + i];
        }

        for (int i = _n - 1; i >= 0; i--)
        {
            b[i] /= _lower[(i * _n) + i];
            FixedOrder.AddScaled(-b[i], _lower.AsSpan(i * _n, i), b[..i]);
        }
    }
}
