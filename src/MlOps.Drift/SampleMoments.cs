using System.Numerics.Tensors;

namespace MlOps.Drift;

/// <summary>Size, mean and variance of a sample.</summary>
/// <param name="Count">n.</param>
/// <param name="Mean">The arithmetic mean.</param>
/// <param name="Variance">The variance with divisor n − 1.</param>
internal readonly record struct SampleMoments(long Count, double Mean, double Variance)
{
    /// <summary>Values whose deviations are squared at a time: small enough for the first cache.</summary>
    private const int Chunk = 1024;

    /// <exception cref="ArgumentException">Fewer than two values, or some not finite, or so large that their squares overflow.</exception>
    internal static SampleMoments Of(ReadOnlySpan<double> values, string name)
    {
        if (values.Length < 2)
        {
            throw new ArgumentException($"{name} needs at least two values for a variance; it has {values.Length}.", name);
        }

        double mean = TensorPrimitives.Sum(values) / values.Length;
        double squares = 0;
        double rest = 0; // what rounding has left of the mean: Σ (x − mean), taken off the squares
        Span<double> deviations = stackalloc double[Chunk];
        for (int start = 0; start < values.Length; start += Chunk)
        {
            ReadOnlySpan<double> part = values.Slice(start, Math.Min(Chunk, values.Length - start));
            Span<double> deviation = deviations[..part.Length];
            TensorPrimitives.Subtract(part, mean, deviation);
            squares += TensorPrimitives.SumOfSquares<double>(deviation);
            rest += TensorPrimitives.Sum<double>(deviation);
        }

        double variance = (squares - (rest * rest / values.Length)) / (values.Length - 1);
        return double.IsFinite(variance)
            ? new SampleMoments(values.Length, mean + (rest / values.Length), Math.Max(0, variance))
            : throw NotFinite(values, name);
    }

    internal static SampleMoments Of(SortedSample sample) => sample.Count < 2
        ? throw new ArgumentException($"A variance needs at least two values; there is {sample.Count}.", nameof(sample))
        : new SampleMoments(sample.Count, sample.Mean, sample.StandardDeviation * sample.StandardDeviation * (sample.Count / (sample.Count - 1.0)));

    private static ArgumentException NotFinite(ReadOnlySpan<double> values, string name)
    {
        int nan = 0;
        int infinite = 0;
        foreach (double value in values)
        {
            nan += double.IsNaN(value) ? 1 : 0;
            infinite += double.IsInfinity(value) ? 1 : 0;
        }

        return nan + infinite == 0
            ? new ArgumentException($"{name} holds numbers so large that their squares overflow; scale both samples down.", name)
            : new ArgumentException($"{name} needs finite numbers; of its {values.Length} values {nan} are NaN and {infinite} infinite. Leave missing values out first.", name);
    }
}
