using System.Numerics.Tensors;
using MlOps.Onnx;

namespace MlOps.Quantization.Rewriting;

/// <summary>The numbers of a Conv, Gemm or MatMul as they are quantized: a Gemm's alpha and beta are multiplied in.</summary>
/// <param name="Weights">Row-major.</param>
/// <param name="Dims">Their dimensions.</param>
/// <param name="Bias">One number an output channel; null without a bias.</param>
/// <param name="ChannelAxis">Axis of the output channels; −1 if the weights are no plain matrix or kernel, so that they can have one scale only.</param>
/// <param name="Use">Tells different uses of one tensor apart.</param>
internal sealed record LayerConstants(float[] Weights, long[] Dims, float[]? Bias, int ChannelAxis, string Use)
{
    internal static LayerConstants Of(OnnxNode node, float[] weights, long[] dims, float[]? bias)
    {
        if (node.OpType != "Gemm")
        {
            int axis = node.OpType == "Conv" ? 0 : dims.Length == 2 ? 1 : -1;
            return new LayerConstants(weights, dims, bias, axis, "");
        }

        (float alpha, float beta) = (node.GetFloat("alpha", 1), node.GetFloat("beta", 1));
        int channels = node.GetInt("transB", 0) == 0 ? 1 : 0;
        return new LayerConstants(Times(weights, alpha), dims, bias is null || beta == 0 ? null : Times(Spread(bias, (int)dims[channels]), beta), channels, alpha == 1 ? "" : FormattableString.Invariant($"{alpha:R}"));
    }

    /// <summary>Takes the factors off the node, now that the constants hold them.</summary>
    internal void MakeOnes(OnnxNode node)
    {
        foreach (OnnxAttribute factor in node.Attribute.Where(attribute => attribute.Name is "alpha" or "beta" && node.OpType == "Gemm").ToList())
        {
            node.Attribute.Remove(factor);
        }

        if (Bias is null && node.OpType == "Gemm" && node.Input.Count > 2)
        {
            node.Input.RemoveAt(2);
        }
    }

    /// <summary>The weights of a MatMul or Gemm as n inputs × k outputs, as MatMulInteger reads them.</summary>
    internal LayerConstants RowsFirst(bool transposed)
    {
        if (!transposed)
        {
            return this;
        }

        (int outputs, int inputs) = ((int)Dims[0], (int)Dims[1]);
        var turned = new float[Weights.Length];
        for (int i = 0; i < outputs; i++)
        {
            for (int j = 0; j < inputs; j++)
            {
                turned[(j * outputs) + i] = Weights[(i * inputs) + j];
            }
        }

        return this with { Weights = turned, Dims = [inputs, outputs], ChannelAxis = 1, Use = Use + "t" };
    }

    private static float[] Spread(float[] bias, int channels)
    {
        if (bias.Length == channels)
        {
            return bias;
        }

        var spread = new float[channels];
        Array.Fill(spread, bias[0]);
        return spread;
    }

    private static float[] Times(float[] values, float factor)
    {
        if (factor != 1)
        {
            TensorPrimitives.Multiply(values, factor, values);
        }

        return values;
    }
}
