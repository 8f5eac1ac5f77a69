using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Calibration;

/// <summary>All but the outermost values: a few saturate, the others get finer steps.</summary>
/// <param name="Percent">p in (50, 100]: the share of the values that the range holds, in percent.</param>
/// <param name="Bins">Bins of the histogram, even, ≥ 2: on [−T, T], or on [0, T] if <paramref name="Symmetric"/>; T is the largest magnitude seen.</param>
/// <param name="Symmetric">
/// False: <c>(100 − p) / 2</c> percent are cut off on either side. True: the range is ±t with t the p-th percentile of the magnitudes |x|.
/// </param>
/// <remarks>
/// The lower end is the left edge of the first bin at which the cumulated share reaches the wanted one, the upper end the right edge, so that the range holds at least p percent. (ONNX Runtime's Python tool takes left edges
/// for both: its ranges are one bin narrower.) Then both are cut to [min, max]. With fewer than 100 / (100 − p) values, 100,000 for the default, there is no value to cut off, and the range is that of min-max.
/// </remarks>
public sealed record PercentileRange(double Percent = 99.999, int Bins = 2048, bool Symmetric = false) : RangeMethod
{
    /// <summary>Gets p, in (50, 100].</summary>
    public double Percent { get; } = Percent is > 50 and <= 100 ? Percent : throw new ArgumentOutOfRangeException(nameof(Percent), FormattableString.Invariant($"The range holds more than 50 and at most 100 percent; got {Percent}."));

    /// <summary>Gets the number of bins: even, ≥ 2.</summary>
    public int Bins { get; } = EvenBins(Bins, 2);

    /// <inheritdoc/>
    public override string Name => "percentile";

    internal override int HistogramBins => Symmetric ? 2 * Bins : Bins;

    internal override RealRange Choose(ActivationStatistics statistics, ActivationHistogram? histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        ReadOnlySpan<long> counts = histogram.CountsSpan;
        if (Symmetric)
        {
            int half = counts.Length / 2;
            var folded = new long[half];
            for (int i = 0; i < half; i++)
            {
                folded[i] = counts[half + i] + counts[half - 1 - i];
            }

            double t = histogram.Edge(half + Reaching(folded, histogram.Beyond, 0, Percent / 100) + 1);
            return Within(statistics, -t, t);
        }

        double side = (100 - Percent) / 200;
        int left = Reaching(counts, histogram.Beyond, histogram.Below, side);
        int right = Reaching(counts, histogram.Beyond, histogram.Below, 1 - side);
        return Within(statistics, histogram.Edge(left), histogram.Edge(right + 1));
    }

    /// <summary>The first bin up to which at least a share of all values lies; the last if the share lies beyond the histogram.</summary>
    private static int Reaching(ReadOnlySpan<long> counts, long beyond, long below, double share)
    {
        long total = beyond;
        foreach (long count in counts)
        {
            total += count;
        }

        long cumulated = below;
        for (int i = 0; i < counts.Length; i++)
        {
            cumulated += counts[i];
            if (cumulated >= share * total)
            {
                return i;
            }
        }

        return counts.Length - 1;
    }
}
