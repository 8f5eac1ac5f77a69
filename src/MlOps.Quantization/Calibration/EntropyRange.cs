using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Calibration;

/// <summary>The range whose few levels tell most about the distribution: the least Kullback–Leibler divergence KL(p‖q).</summary>
/// <param name="Bins">B, bins of the histogram on [−T, T], even, ≥ <paramref name="Levels"/>; T is the largest magnitude seen.</param>
/// <param name="Levels">L ≥ 2, levels that the candidates are compared with: 128, for the values on one side of 0 have 7 bits.</param>
/// <remarks>
/// For each <c>i = L/2 … B/2</c>: <c>p</c> is the bins <c>B/2 − i … B/2 + i</c>, those that exist, with all counts outside added to its first and last; <c>q</c> is the same bins without them, summed up to
/// L levels of equal width <c>w = ⌊bins / L⌋</c> (what remains goes to the last), each level's sum divided by its bins that are not empty in <c>p</c>, to a whole number, and written into its w bins.
/// Empty bins get 10⁻⁴ each, which the others give (<see cref="Smoothing"/>), both are divided by their sums, and <c>KL = Σ p · ln(p / q)</c>; +∞ where the others would have to give 1 or more.
/// The first i with the least KL gives the range: from the left edge of its first to the right edge of its last bin, cut to [min, max].
/// <para>With B = L = 128, the numbers that ONNX Runtime's Python tool uses unless told otherwise, there is one candidate only, all bins, and the range is [min, max]: <c>new EntropyRange(Bins: 128)</c> reproduces it.</para>
/// <para>Source: S. Migacz, "8-bit Inference with TensorRT", GTC 2017.</para>
/// </remarks>
public sealed record EntropyRange(int Bins = 2048, int Levels = 128) : RangeMethod
{
    /// <summary>What an empty bin gets, so that the divergence stays finite.</summary>
    public const double Smoothing = 1e-4;

    /// <summary>Gets B: even, at least <see cref="Levels"/>.</summary>
    public int Bins { get; } = EvenBins(Bins, Math.Max(2, Levels));

    /// <summary>Gets L ≥ 2.</summary>
    public int Levels { get; } = Guard.AtLeast(Levels, 2);

    /// <inheritdoc/>
    public override string Name => "entropy";

    internal override int HistogramBins => Bins;

    internal override RealRange Choose(ActivationStatistics statistics, ActivationHistogram? histogram)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        (int start, int end) = EntropySearch.Best(histogram.CountsSpan, histogram.Below, histogram.Above, Levels);
        return Within(statistics, histogram.Edge(start), histogram.Edge(end));
    }
}
