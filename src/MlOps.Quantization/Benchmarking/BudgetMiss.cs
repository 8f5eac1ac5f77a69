namespace MlOps.Quantization.Benchmarking;

/// <summary>A limit that a model breaks.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Criterion"><c>size</c>, <c>time</c>, <c>loss</c>, <c>memory</c>, <c>operations</c> or <c>activations</c>.</param>
/// <param name="Limit">The limit in bytes, milliseconds, points or operations.</param>
/// <param name="Value">What the model takes, in the same unit; null if it was not measured.</param>
/// <param name="LimitText">The limit for people.</param>
/// <param name="ValueText">The value for people; null if it was not measured.</param>
public sealed record BudgetMiss(string Model, string Criterion, double Limit, double? Value, string LimitText, string? ValueText)
{
    /// <summary>Returns a sentence: <c>big.onnx: size 4.10 MB, at most 2.00 MB</c>.</summary>
    public override string ToString() => $"{Model}: {Criterion} {ValueText ?? "was not measured"}, at most {LimitText}";
}
