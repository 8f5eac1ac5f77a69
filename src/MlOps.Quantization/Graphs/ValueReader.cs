using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>A place that reads a value.</summary>
/// <param name="Node">The node.</param>
/// <param name="Input">Which of its inputs, from 0; <see cref="Nested"/> if a graph inside the node reads it.</param>
internal readonly record struct ValueReader(OnnxNode Node, int Input)
{
    internal const int Nested = -1;
}
