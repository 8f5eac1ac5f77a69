namespace MlOps.Quantization.Calibration;

/// <summary>What a value was on the calibration data.</summary>
/// <param name="Count">Numbers seen in all batches together.</param>
/// <param name="Min">The smallest finite number; 0 if there was none.</param>
/// <param name="Max">The largest finite number; 0 if there was none.</param>
/// <param name="Mean">Mean of the finite numbers; 0 if there was none.</param>
/// <param name="ShareOfZeros">Share of exact zeros, in [0, 1]: high behind a ReLU.</param>
/// <param name="InfiniteCount">Numbers that were +∞ or −∞, as attention masks have them. They are part of no range: they saturate, so a value that needs them should stay float.</param>
/// <param name="OutlierCount">
/// Numbers so large that 8 bits which reach them make 0 of 99 % of the others: their magnitude is above 1,024 times that of the smallest power of two which 99 % of the numbers other than 0 do not
/// exceed. Min-max takes them; histograms leave them out, and they saturate.
/// </param>
public sealed record ActivationStatistics(long Count, double Min, double Max, double Mean, double ShareOfZeros, long InfiniteCount, long OutlierCount);
