using MlOps.Onnx;

namespace MlOps.Quantization;

/// <summary>What a step of a pipeline made.</summary>
/// <param name="File">The new file.</param>
/// <param name="Kept">The nodes it left as they were, with the reason.</param>
public sealed record StepOutcome(OnnxFile File, IReadOnlyList<KeptNode> Kept);
