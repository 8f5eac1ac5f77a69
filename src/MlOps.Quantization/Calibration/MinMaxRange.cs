using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Calibration;

/// <summary>From the smallest to the largest value. Nothing saturates on the calibration data; one outlier makes every step wider.</summary>
/// <param name="Averaging">
/// c in [0, 1]; 0 takes the extremes of all batches. Above 0 the ends follow the batches: <c>r ← r + c · (batch − r)</c>, beginning with the first batch, so that one odd batch
/// moves them little. The result then depends on the order and size of the batches.
/// </param>
public sealed record MinMaxRange(double Averaging = 0) : RangeMethod
{
    /// <summary>Gets c, in [0, 1].</summary>
    public double Averaging { get; } = Guard.Share(Averaging);

    /// <inheritdoc/>
    public override string Name => "minmax";

    internal override int HistogramBins => 0;

    internal override RealRange Choose(ActivationStatistics statistics, ActivationHistogram? histogram) => new(statistics.Min, statistics.Max);
}
