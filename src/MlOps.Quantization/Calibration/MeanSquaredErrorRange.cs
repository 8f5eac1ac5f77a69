using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Calibration;

/// <summary>The range with the least squared error <c>Σ (x − x̂)²</c> after values went to codes and back: the best compromise between saturating a few and rounding all.</summary>
/// <param name="Type">What the codes will be stored in.</param>
/// <param name="Bins">Bins of the histogram, even, ≥ 2; a bin's values stand at its centre. Many per code, lest rounding error of the bins hides that of the codes.</param>
/// <param name="Steps">Positions of each end, ≥ 1.</param>
/// <remarks>
/// The ends are searched among <c>min · k/Steps</c> and <c>max · k/Steps</c>, k = 0 … Steps, beginning with the whole range; the upper and the lower end take turns until neither finds a smaller
/// error. An end that does not reach across 0 stays at 0, for a range always holds 0. Of equal errors the wider range stays.
/// Scale and zero point of a candidate: <c>s = (max − min) / (q₁ − q₀)</c>, <c>z = round(q₀ − min / s)</c>, q₀ and q₁ the ends of <paramref name="Type"/>.
/// </remarks>
public sealed record MeanSquaredErrorRange(IntegerType Type = IntegerType.UInt8, int Bins = 8192, int Steps = 100) : RangeMethod
{
    /// <summary>Gets the number of bins: even, ≥ 2.</summary>
    public int Bins { get; } = EvenBins(Bins, 2);

    /// <summary>Gets the number of positions of each end, ≥ 1.</summary>
    public int Steps { get; } = Guard.AtLeast(Steps, 1);

    /// <inheritdoc/>
    public override string Name => "mse";

    internal override int HistogramBins => Bins;

    internal override RealRange Choose(ActivationStatistics statistics, ActivationHistogram? histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        double min = Math.Min(0, Math.Max(statistics.Min, -histogram.Limit));
        double max = Math.Max(0, Math.Min(statistics.Max, histogram.Limit));
        (double[] centres, double[] weights) = histogram.Filled();
        int low = Steps;
        int high = Steps;
        double best = Error(min, max, centres, weights);
        for (bool better = true; better;)
        {
            better = false;
            for (int k = Steps - 1; k >= 0; k--)
            {
                better |= Try(low, k);
            }

            for (int k = Steps - 1; k >= 0; k--)
            {
                better |= Try(k, high);
            }
        }

        return Within(statistics, min * low / Steps, max * high / Steps);

        bool Try(int atLow, int atHigh)
        {
            double error = Error(min * atLow / Steps, max * atHigh / Steps, centres, weights);
            if (error >= best)
            {
                return false;
            }

            (best, low, high) = (error, atLow, atHigh);
            return true;
        }
    }

    private double Error(double min, double max, double[] centres, double[] weights)
    {
        (int first, int last) = Type switch
        {
            IntegerType.Int4 => (-8, 7),
            IntegerType.UInt4 => (0, 15),
            IntegerType.Int8 => (sbyte.MinValue, sbyte.MaxValue),
            IntegerType.UInt8 => (byte.MinValue, byte.MaxValue),
            IntegerType.Int16 => (short.MinValue, short.MaxValue),
            _ => (ushort.MinValue, (int)ushort.MaxValue),
        };
        double scale = (max - min) / (last - first);
        if (!double.IsNormal(scale))
        {
            return double.PositiveInfinity;
        }

        double zero = Math.Round(first - (min / scale));
        double error = 0;
        for (int i = 0; i < centres.Length; i++)
        {
            double code = Math.Clamp(Math.Round(centres[i] / scale) + zero, first, last);
            double difference = centres[i] - ((code - zero) * scale);
            error += weights[i] * difference * difference;
        }

        return error;
    }
}
