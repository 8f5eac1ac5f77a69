namespace MlOps.Quantization;

/// <summary>What it costs to quantize one node and nothing else.</summary>
/// <param name="Node">Its name; its first output where the file gives it none.</param>
/// <param name="Operation">Its operator, such as <c>Conv</c>.</param>
/// <param name="Weights">How many numbers it stores, bias included.</param>
/// <param name="SignalToNoise">10·lg(Σy² / Σ(y − ŷ)²) of the model's output in dB: every 6 dB less is twice the error; ∞ if nothing changed; null if the model gives no floating-point numbers.</param>
/// <param name="Agreement">Share of rows with the class of the float model, in [0, 1]; null if it does not classify.</param>
/// <param name="Accuracy">Share of rows with the right class, in [0, 1]; null without labels.</param>
public sealed record NodeSensitivity(string Node, string Operation, long Weights, double? SignalToNoise, double? Agreement, double? Accuracy);
