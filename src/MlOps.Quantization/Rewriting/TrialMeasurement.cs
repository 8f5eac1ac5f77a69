namespace MlOps.Quantization.Rewriting;

/// <summary>How near a trial comes to the float model.</summary>
internal sealed record TrialMeasurement(double? SignalToNoise, double? Agreement, double? Accuracy);
