using MlOps.Onnx;

namespace MlOps.Quantization.Rewriting;

/// <summary>A place that reads a value.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">Which of its inputs, from 0; −1 if a graph inside the node reads it.</param>
internal readonly record struct Reader(OnnxNode Node, int Input);
