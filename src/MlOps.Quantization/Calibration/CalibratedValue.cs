using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Calibration;

/// <summary>The range chosen for one value of a graph, and what it was chosen from.</summary>
/// <param name="Name">Name of the value.</param>
/// <param name="Range">The range, as the method chose it. It need not hold 0; a quantizer widens it to do so.</param>
/// <param name="Statistics">What the value was.</param>
/// <param name="Histogram">Its distribution; null where the method needs none, or all numbers were equal.</param>
public sealed record CalibratedValue(string Name, RealRange Range, ActivationStatistics Statistics, ActivationHistogram? Histogram);
