using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>A Conv, ConvTranspose, Gemm or MatMul whose weights and bias are constants in float32.</summary>
internal sealed class LinearLayer
{
    private readonly GraphIndex _index;
    private readonly OnnxTensor _weight;
    private readonly OnnxTensor? _bias;

    private LinearLayer(OnnxNode node, GraphIndex index, OnnxTensor weight, OnnxTensor? bias, int? rank)
    {
        (Node, _index, _weight, _bias, Rank) = (node, index, weight, bias, rank);
        int[] dims = [.. weight.Dims.Select(dim => checked((int)dim))];
        int points = dims.Skip(2).Aggregate(1, (product, dim) => checked(product * dim));
        int groups = IsConvolution ? checked((int)node.GetInt("group", 1)) : 1;
        int first = dims[0];
        int second = dims[1];
        switch (node.OpType)
        {
            case "Conv":
                (Channels, InputChannels) = (first, second * groups);
                (OutOf, InOf) = (i => i / (second * points), i => (i / (second * points) / (first / groups) * second) + (i / points % second));
                break;
            case "ConvTranspose":
                (Channels, InputChannels) = (second * groups, first);
                (OutOf, InOf) = (i => (i / (second * points) / (first / groups) * second) + (i / points % second), i => i / (second * points));
                break;
            case "Gemm" when node.GetInt("transB", 0) != 0:
                (Channels, InputChannels) = (first, second);
                (OutOf, InOf) = (i => i / second, i => i % second);
                break;
            default:
                (Channels, InputChannels) = (second, first);
                (OutOf, InOf) = (i => i % second, i => i / second);
                break;
        }
    }

    internal OnnxNode Node { get; }

    /// <summary>Dimensions of what it reads and of what it makes; null if they are not known.</summary>
    internal int? Rank { get; }

    internal int Channels { get; }

    internal int InputChannels { get; }

    /// <summary>The dimension of the channels from the end: 1 is the last.</summary>
    internal int Axis => IsConvolution ? Rank!.Value - 1 : 1;

    private bool IsConvolution => Node.OpType is "Conv" or "ConvTranspose";

    /// <summary>The output channel that a weight belongs to.</summary>
    private Func<int, int> OutOf { get; }

    /// <summary>The input channel that a weight belongs to.</summary>
    private Func<int, int> InOf { get; }

    internal static LinearLayer? Of(OnnxNode node, GraphIndex index, KnownShapes shapes)
    {
        if (node.Domain is not ("" or "ai.onnx") || node.OpType is not ("Conv" or "ConvTranspose" or "Gemm" or "MatMul")
            || index.Constant(node.Input[1]) is not { DataType: OnnxElementType.Float } weight || weight.Dims.Count < 2 || weight.Dims.Any(dim => dim < 1))
        {
            return null;
        }

        string biasName = node.OpType != "MatMul" && node.Input.Count > 2 ? node.Input[2] : "";
        OnnxTensor? bias = biasName.Length == 0 ? null : index.Constant(biasName);
        if (biasName.Length > 0 && bias is not { DataType: OnnxElementType.Float })
        {
            return null;
        }

        switch (node.OpType)
        {
            case "Conv" or "ConvTranspose":
                long groups = node.GetInt("group", 1);
                return weight.Dims.Count > 2 && groups > 0 && weight.Dims[0] % groups == 0 && (bias is null || bias.ElementCount == (node.OpType == "Conv" ? weight.Dims[0] : weight.Dims[1] * groups))
                    ? new LinearLayer(node, index, weight, bias, weight.Dims.Count) : null;
            case "Gemm":
                long channels = weight.Dims[node.GetInt("transB", 0) != 0 ? 0 : 1];
                // A bias with a value for each row is no property of the layer.
                return weight.Dims.Count == 2 && node.GetInt("transA", 0) == 0 && (bias is null || ((bias.ElementCount == channels || bias.ElementCount == 1) && (bias.Dims.Count == 0 || bias.Dims[^1] == bias.ElementCount)))
                    ? new LinearLayer(node, index, weight, bias, 2) : null;
            default:
                return weight.Dims.Count == 2 ? new LinearLayer(node, index, weight, null, shapes.Rank(node.Input[0])) : null;
        }
    }

    /// <summary>Takes over a function of what the layer makes; false, and nothing is changed, if the layer has no place for it.</summary>
    internal bool TakeOver(ChannelAffine behind)
    {
        bool needsBias = !behind.OnlyScales || _bias is not null;
        if ((needsBias && !CanHaveBias) || (!behind.OnlyShifts && !_index.IsOwn(_weight.Name)))
        {
            return false;
        }

        float[]? weights = behind.OnlyShifts ? null : Weights((weight, i) => weight * behind.Factor[OutOf(i)]);
        double[] bias = Bias();
        for (int c = 0; c < Channels; c++)
        {
            bias[c] = (bias[c] * behind.Factor[c]) + behind.Shift[c];
        }

        return Set(weights, needsBias ? bias : null);
    }

    /// <summary>Takes over a function of what the layer reads; false, and nothing is changed, if that is not the same at a padded border or the layer has no place for it.</summary>
    internal bool TakeOverInput(ChannelAffine before)
    {
        bool shifts = !before.OnlyScales;
        if ((shifts && (!CanHaveBias || Node.OpType == "ConvTranspose" || IsPadded)) || (!before.OnlyShifts && !_index.IsOwn(_weight.Name)))
        {
            return false;
        }

        double[] bias = Bias();
        double alpha = Node.OpType == "Gemm" ? Node.GetFloat("alpha", 1) : 1;
        if (shifts)
        {
            float[] old = _weight.ToFloats();
            for (int i = 0; i < old.Length; i++)
            {
                bias[OutOf(i)] += alpha * old[i] * before.Shift[InOf(i)];
            }
        }

        return Set(before.OnlyShifts ? null : Weights((weight, i) => weight * before.Factor[InOf(i)]), shifts ? bias : null);
    }

    // MatMul with a bias is a Gemm, which has two dimensions.
    private bool CanHaveBias => Node.OpType != "MatMul" || Rank == 2;

    private bool IsPadded => Node.GetText("auto_pad", "NOTSET") is "SAME_UPPER" or "SAME_LOWER" || Node.GetInts("pads").Any(pad => pad != 0);

    private float[] Weights(Func<double, int, double> change)
    {
        float[] weights = _weight.ToFloats();
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)change(weights[i], i);
        }

        return weights;
    }

    /// <summary>What is added to each channel now.</summary>
    private double[] Bias()
    {
        double[] bias = new double[Channels];
        if (_bias is not null)
        {
            double[] held = _bias.ToDoubles();
            double beta = Node.OpType == "Gemm" ? Node.GetFloat("beta", 1) : 1;
            for (int c = 0; c < Channels; c++)
            {
                bias[c] = beta * held[held.Length == 1 ? 0 : c];
            }
        }

        return bias;
    }

    private bool Set(float[]? weights, double[]? bias)
    {
        float[]? added = bias is null ? null : Array.ConvertAll(bias, value => (float)value);
        if ((weights is not null && Array.Exists(weights, value => !float.IsFinite(value))) || (added is not null && Array.Exists(added, value => !float.IsFinite(value))))
        {
            return false; // beyond what a float holds; apart, the two nodes may still come to a finite result
        }

        if (weights is not null)
        {
            _weight.SetValues(OnnxTensor.Of(_weight.Name, weights, [.. _weight.Dims]));
        }

        if (added is not null)
        {
            SetBias(added);
        }

        return true;
    }

    private void SetBias(float[] values)
    {
        if (Node.OpType == "MatMul")
        {
            Node.OpType = "Gemm";
        }
        else if (Node.Find("beta") is { } beta)
        {
            Node.Attribute.Remove(beta); // it is in the values
        }

        if (_bias is not null && _index.IsOwn(_bias.Name))
        {
            _bias.SetValues(OnnxTensor.Of(_bias.Name, values, values.Length));
            return;
        }

        OnnxTensor bias = OnnxTensor.Of(_index.Graph.FreshName(Node.Label + "_bias"), values, values.Length);
        _index.Graph.Initializer.Add(bias);
        while (Node.Input.Count < 3)
        {
            Node.Input.Add("");
        }

        Node.Input[2] = bias.Name;
    }
}
