namespace MlOps.Quantization.Pruning;

/// <summary>The weights of a node of an ONNX file after pruning.</summary>
/// <param name="Node">Its name; its first output where the file gives it none.</param>
/// <param name="Operation">Its operator, such as <c>Conv</c>.</param>
/// <param name="Shape">Dimensions of its weights now.</param>
/// <param name="WeightsBefore">How many weights it had.</param>
/// <param name="Weights">How many it has.</param>
/// <param name="Zeros">How many of those are 0.</param>
/// <param name="Bytes">What they take in the file.</param>
/// <param name="GzipBytes">What they take when compressed by gzip: zeros cost next to nothing there.</param>
public sealed record PrunedNode(string Node, string Operation, IReadOnlyList<long> Shape, long WeightsBefore, long Weights, long Zeros, long Bytes, long GzipBytes)
{
    /// <summary>Gets <see cref="Zeros"/> / <see cref="Weights"/>, in [0, 1].</summary>
    public double Share => (double)Zeros / Weights;
}
