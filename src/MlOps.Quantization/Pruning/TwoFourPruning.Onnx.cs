using MlOps.Onnx;

namespace MlOps.Quantization.Pruning;

public static partial class TwoFourPruning
{
    /// <summary>Prunes the Conv, ConvTranspose, Gemm and MatMul nodes of an ONNX file. Size and speed of the file stay.</summary>
    /// <param name="file">It stays as it is.</param>
    /// <param name="exclude">Names of nodes to leave alone; none when null.</param>
    /// <exception cref="OnnxException">There is nothing to prune, values are in other files, the model is quantized or damaged, or a weight is no finite number.</exception>
    /// <exception cref="ArgumentException">There is no node of a name that is excluded.</exception>
    public static PrunedModel Prune(OnnxFile file, IReadOnlyCollection<string>? exclude = null) =>
        ModelPruning.Run(file, "2:4", new PruningOptions { Exclude = exclude ?? [] }, (weights, values) => [.. weights.Zip(values, (weight, own) =>
        {
            (int inputs, int inner) = weight.Layout();
            return TwoOfFour.Keep(own.Span, inputs, inner);
        })]);
}
