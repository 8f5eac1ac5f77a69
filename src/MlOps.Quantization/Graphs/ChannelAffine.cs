using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>A node that computes <c>y = factor · x + shift</c> with a factor and a shift for each channel of x.</summary>
internal sealed record ChannelAffine(double[] Factor, double[] Shift)
{
    internal bool OnlyShifts => Array.TrueForAll(Factor, factor => factor == 1);

    internal bool OnlyScales => Array.TrueForAll(Shift, shift => shift == 0);

    /// <summary>Reads a node as such a function of one of its inputs; null if it is none.</summary>
    /// <param name="node">BatchNormalization outside training, or an arithmetic operator with a constant.</param>
    /// <param name="value">The input that is x.</param>
    /// <param name="index">The graph.</param>
    /// <param name="channels">Channels of x.</param>
    /// <param name="rank">Dimensions of x; null if they are not known, and the last is the channel.</param>
    /// <param name="axis">The dimension of x that is the channel, from the end: 1 is the last.</param>
    internal static ChannelAffine? Read(OnnxNode node, string value, GraphIndex index, int channels, int? rank, int axis)
    {
        if (node.Domain is not ("" or "ai.onnx"))
        {
            return null;
        }

        if (node.OpType == "BatchNormalization")
        {
            return node.Input[0] == value && rank - axis == 1 ? Normalization(node, index, channels) : null; // its channel is the second dimension
        }

        if (node.OpType is not ("Mul" or "Div" or "Add" or "Sub") || node.Input.Count != 2 || node.Input[0] == node.Input[1])
        {
            return null;
        }

        bool isLeft = node.Input[0] == value;
        if (Vector(index.Constant(node.Input[isLeft ? 1 : 0]), channels, rank, axis) is not { } constant)
        {
            return null;
        }

        return node.OpType switch
        {
            "Mul" => new ChannelAffine(constant, new double[channels]),
            "Div" when isLeft && Array.TrueForAll(constant, divisor => divisor != 0) => new ChannelAffine(Array.ConvertAll(constant, divisor => 1 / divisor), new double[channels]),
            "Add" => new ChannelAffine(Ones(channels), constant),
            "Sub" when isLeft => new ChannelAffine(Ones(channels), Array.ConvertAll(constant, taken => -taken)),
            "Sub" => new ChannelAffine(Array.ConvertAll(constant, _ => -1.0), constant),
            _ => null,
        };
    }

    private static ChannelAffine? Normalization(OnnxNode node, GraphIndex index, int channels)
    {
        OnnxTensor?[] constants = [.. node.Input.Skip(1).Select(index.Constant)];
        if (constants.Length != 4 || node.GetInt("training_mode", 0) != 0 || node.Output.Skip(1).Any(output => output.Length > 0)
            || !Array.TrueForAll(constants, tensor => tensor is { DataType: OnnxElementType.Float } && tensor.ElementCount == channels))
        {
            return null;
        }

        (double[] scale, double[] bias, double[] mean, double[] variance) = (constants[0]!.ToDoubles(), constants[1]!.ToDoubles(), constants[2]!.ToDoubles(), constants[3]!.ToDoubles());
        double epsilon = node.GetFloat("epsilon", 1e-5f);
        var result = new ChannelAffine(new double[channels], new double[channels]);
        for (int c = 0; c < channels; c++)
        {
            result.Factor[c] = scale[c] / Math.Sqrt(variance[c] + epsilon);
            result.Shift[c] = bias[c] - (mean[c] * result.Factor[c]);
        }

        return result;
    }

    /// <summary>The constant as a value for each channel; null if it is not one, or would give the result more dimensions.</summary>
    private static double[]? Vector(OnnxTensor? constant, int channels, int? rank, int axis)
    {
        if (constant is not { DataType: OnnxElementType.Float } || constant.Dims.Count > (rank ?? 1))
        {
            return null;
        }

        for (int i = 0; i < constant.Dims.Count; i++)
        {
            bool isChannel = constant.Dims.Count - i == axis;
            if (constant.Dims[i] != 1 && !(isChannel && constant.Dims[i] == channels))
            {
                return null;
            }
        }

        double[] values = constant.ToDoubles();
        return values.Length == channels ? values : [.. Enumerable.Repeat(values[0], channels)];
    }

    private static double[] Ones(int count)
    {
        double[] ones = new double[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
