using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>A tidied model, and what was done.</summary>
/// <param name="File">The new model. The old one was not changed.</param>
/// <param name="Changes">A sentence for each change, in the order they were made; empty if the model was tidy.</param>
public sealed record CleanedModel(OnnxFile File, IReadOnlyList<string> Changes)
{
    /// <summary>Returns the changes, one a line.</summary>
    public override string ToString() => Changes.Count == 0 ? "Nothing to tidy." : string.Join('\n', Changes);
}
