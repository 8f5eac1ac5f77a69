using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Calibration;

/// <summary>How the range of a value is chosen from what it was during calibration. Everything outside the range saturates; everything inside shares its codes.</summary>
/// <remarks>
/// Closed: <see cref="MinMaxRange"/>, <see cref="PercentileRange"/>, <see cref="EntropyRange"/>, <see cref="MeanSquaredErrorRange"/>. A method never looks past what was seen, so no
/// range is wider than [min, max]. A value of only zeros has the range [0, 0], and one of only one number c has [c, c], whatever the method.
/// Called so because the calibration of probabilities has its methods too.
/// </remarks>
public abstract record RangeMethod
{
    private protected RangeMethod()
    {
    }

    /// <summary>Gets the smallest and the largest value seen.</summary>
    public static MinMaxRange MinMax { get; } = new();

    /// <summary>Gets all but the outermost 0.001 % of the values.</summary>
    public static PercentileRange Percentile { get; } = new();

    /// <summary>Gets the range whose 128 levels keep most of the distribution.</summary>
    public static EntropyRange Entropy { get; } = new();

    /// <summary>Gets the range with the least squared error in 8 bits.</summary>
    public static MeanSquaredErrorRange MeanSquaredError { get; } = new();

    /// <summary>Gets the name: <c>minmax</c>, <c>percentile</c>, <c>entropy</c> or <c>mse</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the bins that the method needs, both signs together; 0 if it needs no histogram.</summary>
    internal abstract int HistogramBins { get; }

    /// <summary>Returns the method of a name, with its default options.</summary>
    /// <param name="name"><c>minmax</c>, <c>percentile</c>, <c>entropy</c> or <c>mse</c>.</param>
    /// <exception cref="ArgumentException">There is no such method.</exception>
    public static RangeMethod Of(string name) => name switch
    {
        "minmax" => MinMax,
        "percentile" => Percentile,
        "entropy" => Entropy,
        "mse" => MeanSquaredError,
        _ => throw new ArgumentException($"There is no calibration '{name}'; there are minmax, percentile, entropy and mse.", nameof(name)),
    };

    /// <summary>The range of a value that took more than one number.</summary>
    internal abstract RealRange Choose(ActivationStatistics statistics, ActivationHistogram? histogram);

    /// <summary>Both ends cut to what was seen.</summary>
    private protected static RealRange Within(ActivationStatistics statistics, double min, double max) =>
        new(Math.Max(min, statistics.Min), Math.Min(max, statistics.Max));

    private protected static int EvenBins(int bins, int least) =>
        bins >= least && bins % 2 == 0 ? bins : throw new ArgumentOutOfRangeException(nameof(bins), FormattableString.Invariant($"An even number of at least {least} bins is needed; got {bins}."));
}
