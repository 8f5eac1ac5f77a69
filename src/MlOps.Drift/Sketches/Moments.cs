using System.Numerics.Tensors;

namespace MlOps.Drift.Sketches;

/// <summary>Count, range, mean and variance of numbers that need not be kept.</summary>
/// <param name="Count">n ≥ 0.</param>
/// <param name="Mean">x̄; 0 when there is no value.</param>
/// <param name="SquaredDeviations">Σ (x − x̄)².</param>
/// <param name="Min">The smallest value; +∞ when there is none.</param>
/// <param name="Max">The largest value; −∞ when there is none.</param>
/// <remarks>
/// Two passes over what is in memory, then Chan's formula for two parts. Source: T. F. Chan, G. H. Golub, R. J. LeVeque, "Algorithms for
/// Computing the Sample Variance", The American Statistician 37 (1983), eq. 1.5.
/// </remarks>
internal readonly record struct Moments(long Count, double Mean, double SquaredDeviations, double Min, double Max)
{
    internal static Moments None { get; } = new(0, 0, 0, double.PositiveInfinity, double.NegativeInfinity);

    internal static Moments Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return None;
        }

        double min = TensorPrimitives.Min(values);
        double max = TensorPrimitives.Max(values);
        if (min == max)
        {
            return new Moments(values.Length, min, 0, min, max); // a constant has no rounding error to show
        }

        double centre = values[0]; // sums of differences: no digits are lost to a mean far from 0
        double mean = centre + (Sum(values, centre).Shift / values.Length);
        (double shift, double squares) = Sum(values, mean);
        double correction = shift / values.Length; // what rounding left of Σ (x − x̄) = 0
        return new Moments(values.Length, mean + correction, Math.Max(0, squares - (shift * correction)), min, max);
    }

    internal Moments With(Moments other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        long n = checked(Count + other.Count);
        double delta = other.Mean - Mean;
        double share = (double)other.Count / n;
        return new Moments(
            n,
            Mean + (delta * share),
            SquaredDeviations + other.SquaredDeviations + (delta * delta * Count * share),
            Math.Min(Min, other.Min),
            Math.Max(Max, other.Max));
    }

    /// <summary>Σ (x − centre) and Σ (x − centre)² in four interleaved sums: the same bits on every processor, whatever its vectors.</summary>
    private static (double Shift, double Squares) Sum(ReadOnlySpan<double> values, double centre)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        double q0 = 0, q1 = 0, q2 = 0, q3 = 0;
        int i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            ReadOnlySpan<double> four = values.Slice(i, 4);
            double d0 = four[0] - centre;
            double d1 = four[1] - centre;
            double d2 = four[2] - centre;
            double d3 = four[3] - centre;
            (s0, s1, s2, s3) = (s0 + d0, s1 + d1, s2 + d2, s3 + d3);
            (q0, q1, q2, q3) = (q0 + (d0 * d0), q1 + (d1 * d1), q2 + (d2 * d2), q3 + (d3 * d3));
        }

        for (; i < values.Length; i++)
        {
            double d = values[i] - centre;
            s0 += d;
            q0 += d * d;
        }

        return (s0 + s1 + (s2 + s3), q0 + q1 + (q2 + q3));
    }
}
