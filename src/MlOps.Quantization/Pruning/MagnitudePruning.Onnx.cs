using MlOps.Onnx;

namespace MlOps.Quantization.Pruning;

public static partial class MagnitudePruning
{
    /// <summary>Prunes the Conv, ConvTranspose, Gemm and MatMul nodes of an ONNX file. Size and speed of the file stay; what gzip makes of it shrinks.</summary>
    /// <param name="file">It stays as it is.</param>
    /// <param name="options">How much and where; half of the weights of every node when null. Layers are named as their nodes.</param>
    /// <exception cref="OnnxException">There is nothing to prune, values are in other files, the model is quantized or damaged, or a weight is no finite number.</exception>
    /// <exception cref="ArgumentException">There is no node of a name that the options use.</exception>
    public static PrunedModel Prune(OnnxFile file, PruningOptions? options = null)
    {
        options ??= new PruningOptions();
        return ModelPruning.Run(file, "magnitude", options, (weights, values) => options.Scope == PruningScope.Global
            ? SmallestMagnitudes.Keep(values, SmallestMagnitudes.Count(options.Amount, values.Sum(own => (long)own.Length)))
            : [.. weights.Zip(values, (weight, own) => SmallestMagnitudes.Keep([own], SmallestMagnitudes.Count(options.AmountOf(weight.Name), own.Length))[0])]);
    }
}
