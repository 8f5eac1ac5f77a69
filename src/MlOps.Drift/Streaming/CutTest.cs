using System.Runtime.CompilerServices;

namespace MlOps.Drift.Streaming;

/// <summary>ADWIN's test of one cut, the same for all cuts of one window but for the sums.</summary>
/// <remarks>
/// Almost every cut of a stream that has not changed is far from the bound. <see cref="MayDiffer"/> multiplies the fractions out and compares
/// with less than the bound: no division, no root. What it lets through goes to <see cref="Differs"/>, which rounds as River does, so the
/// answer is always River's.
/// </remarks>
internal readonly struct CutTest
{
    /// <summary>Far above the relative rounding errors of both comparisons, far below what is worth an exact one.</summary>
    private const double Caution = 1e-13;

    private readonly double _variance;
    private readonly double _log;
    private readonly double _short;
    private readonly double _quick;
    private readonly double _slack;

    /// <summary>Prepares the test of a window.</summary>
    internal CutTest(double width, double total, double variance, double minLength, double log)
    {
        _variance = variance;
        _log = log;
        _short = minLength - 1;

        // m = 1/a + 1/b = (a + b)/(a·b) with a ≤ n₀ and b ≤ n₁, and a + b is the same for all cuts: so √(2·m·v·d) is at least
        // √(2·v·d·(a + b)/(n₀·n₁)), and multiplied by n₀·n₁ it is the root of this times n₀·n₁.
        _quick = 2 * variance * log * (width - (2 * _short)) * (1 - 1e-9);

        // No part's sum exceeds √(w·Σx²) (Cauchy–Schwarz): the largest error that rounding can bring into u₀·n₁ − u₁·n₀.
        double mean = total / width;
        _slack = Caution * width * width * Math.Sqrt(Math.Abs(variance) + (mean * mean));
    }

    /// <summary>False only if the means of an older part of n₀ values, sum u₀, and a newer one of n₁ values, sum u₁, do not differ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool MayDiffer(double n0, double u0, double n1, double u1)
    {
        double gap = Math.Abs((u0 * n1) - (u1 * n0)) + _slack; // |x̄₀ − x̄₁|·n₀·n₁ at most
        return !(gap * gap <= _quick * (n0 * n1));
    }

    /// <summary>Whether those means differ.</summary>
    internal bool Differs(double n0, double u0, double n1, double u1)
    {
        double m = (1 / (n0 - _short)) + (1 / (n1 - _short));
        double bound = Math.Sqrt(2 * m * _variance * _log) + (2.0 / 3.0 * _log * m);
        return Math.Abs((u0 / n0) - (u1 / n1)) > bound;
    }
}
