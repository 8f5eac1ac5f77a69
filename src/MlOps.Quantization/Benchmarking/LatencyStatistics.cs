using MathNet.Numerics.Statistics;

namespace MlOps.Quantization.Benchmarking;

/// <summary>Run times in one setting, in milliseconds.</summary>
/// <param name="Runs">How many were timed, n.</param>
/// <param name="Batch">Rows of one run.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">Of single runs, with n − 1.</param>
/// <param name="Min">The fastest: the nearest to what the machine can do undisturbed.</param>
/// <param name="P25">A quarter of the runs is not slower.</param>
/// <param name="P50">The median.</param>
/// <param name="P75">Three quarters of the runs are not slower.</param>
/// <param name="P95">95 of 100 runs are not slower; null of fewer than 20 runs, where it would be the slowest or almost.</param>
/// <param name="P99">99 of 100 runs are not slower; null of fewer than 100 runs.</param>
/// <param name="Max">The slowest.</param>
/// <remarks>Quantiles by linear interpolation between neighbours, <c>x[(n − 1)·q]</c>, as NumPy's default.
/// <para>Source: R. J. Hyndman, Y. Fan, "Sample Quantiles in Statistical Packages", Am. Statist. 50 (1996), definition 7.</para></remarks>
public sealed record LatencyStatistics(
    int Runs, int Batch, double Mean, double StandardDeviation, double Min, double P25, double P50, double P75, double? P95, double? P99, double Max)
{
    /// <summary>Least runs that say something about one run of twenty.</summary>
    public const int LeastForP95 = 20;

    /// <summary>Least runs that say something about one run of a hundred.</summary>
    public const int LeastForP99 = 100;

    /// <summary>Gets <see cref="StandardDeviation"/> / <see cref="Mean"/>; 0 if all runs took equally long.</summary>
    public double CoefficientOfVariation => Mean == 0 ? 0 : StandardDeviation / Mean;

    /// <summary>Gets (<see cref="P75"/> − <see cref="P25"/>) / <see cref="P50"/>: how far apart the middle half of the runs lies. One interrupted run does not move it.</summary>
    public double Spread => P50 == 0 ? 0 : (P75 - P25) / P50;

    /// <summary>Gets rows per second at the mean time; ∞ if the clock saw no time pass.</summary>
    public double RowsPerSecond => Batch * 1000 / Mean;

    /// <summary>Gets the time that a limit is compared with: p95, or the slowest run where there are too few for it.</summary>
    public double Tail => P95 ?? Max;

    /// <summary>Computes them.</summary>
    /// <param name="milliseconds">n ≥ 2 times, in any order.</param>
    /// <param name="batch">Rows of one run, ≥ 1.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 times, or one is negative or not finite.</exception>
    public static LatencyStatistics Of(ReadOnlySpan<double> milliseconds, int batch = 1)
    {
        Guard.AtLeast(batch, 1);
        int n = milliseconds.Length;
        if (n < 2)
        {
            throw new ArgumentException($"Times of at least 2 runs are needed; got {n}.", nameof(milliseconds));
        }

        double[] sorted = milliseconds.ToArray();
        Array.Sort(sorted);
        if (!(sorted[0] >= 0) || !double.IsFinite(sorted[^1]))
        {
            throw new ArgumentException("A time is negative or no number.", nameof(milliseconds));
        }

        (double mean, double deviation) = sorted.MeanStandardDeviation();
        double At(double q) => SortedArrayStatistics.QuantileCustom(sorted, q, QuantileDefinition.R7);
        return new LatencyStatistics(
            n, batch, mean, deviation, sorted[0], At(0.25), At(0.5), At(0.75), n >= LeastForP95 ? At(0.95) : null, n >= LeastForP99 ? At(0.99) : null, sorted[^1]);
    }
}
