namespace MlOps.Quantization;

/// <summary>One step of <see cref="MixedPrecision"/>: some layers in float, the rest in 8 bits, measured.</summary>
/// <param name="Kept">The layers left in float, in the order they were taken out.</param>
/// <param name="Bytes">Size of the file.</param>
/// <param name="Agreement">Share of rows with the class of the float model, in [0, 1].</param>
/// <param name="Accuracy">Share of rows with the right class, in [0, 1]; null without labels.</param>
/// <param name="SignalToNoise">Of the model's output, in dB; null if it gives classes only.</param>
/// <param name="Holds">Whether the budget holds.</param>
public sealed record MixedPrecisionTrial(IReadOnlyList<string> Kept, long Bytes, double Agreement, double? Accuracy, double? SignalToNoise, bool Holds);
