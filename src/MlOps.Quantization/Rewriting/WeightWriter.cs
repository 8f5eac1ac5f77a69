using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization.Rewriting;

/// <summary>Quantizes weights, biases and tables and writes the DequantizeLinear nodes that give them back; what several nodes share is written once.</summary>
internal sealed class WeightWriter(ConstantStore constants, Names names, IntegerType type, bool perChannel, bool reduceRange)
{
    private readonly Dictionary<string, string> _floats = new(StringComparer.Ordinal);

    /// <summary>A node without a name, for a name is longer than what it says here.</summary>
    internal static OnnxNode Node(string operation, IEnumerable<string> inputs, params IEnumerable<string> outputs)
    {
        var node = new OnnxNode { OpType = operation };
        node.Input.AddRange(inputs);
        node.Output.AddRange(outputs);
        return node;
    }

    /// <summary>Weights and bias of a Conv, Gemm or MatMul.</summary>
    /// <param name="node">Its alpha and beta are taken into the constants.</param>
    /// <param name="weights">Its second input.</param>
    /// <param name="bias">Its third; null if it has none.</param>
    /// <param name="inputStep">Scale of the codes it reads.</param>
    /// <param name="nodes">Where the DequantizeLinear nodes go.</param>
    /// <returns>Names of the values that stand for weights and bias; "" without a bias.</returns>
    internal (string Weights, string Bias) OfLayer(OnnxNode node, OnnxTensor weights, OnnxTensor? bias, float inputStep, List<OnnxNode> nodes)
    {
        LayerConstants layer = LayerConstants.Of(node, FiniteValues.Of(weights), [.. weights.Dims], bias is null ? null : FiniteValues.Of(bias));
        layer.MakeOnes(node);
        int axis = perChannel ? layer.ChannelAxis : -1;
        QuantizationParameters[] steps = WeightCodes.Choose(layer.Weights, layer.Dims, axis, type, reduceRange);
        string use = FormattableString.Invariant($"{layer.Use}|{axis}");
        if (layer.Bias is null)
        {
            return (Dequantized(weights.Name, use, Codes(weights.Name, layer, axis, steps), nodes), "");
        }

        if (BiasRoom.Widen(steps, layer.Bias, inputStep))
        {
            use = FormattableString.Invariant($"{use}|{bias!.Name}|{inputStep:R}");
        }

        string quantized = Dequantized(weights.Name, use, Codes(weights.Name, layer, axis, steps), nodes);
        QuantizedBias codes = QuantizedBias.Quantize(layer.Bias, inputStep, Array.ConvertAll(steps, step => step.Scale));
        string key = FormattableString.Invariant($"{bias!.Name}|{weights.Name}|{use}|{inputStep:R}");
        return (quantized, Once(key, () => constants.AddBias(bias.Name, codes), bias.Name, axis >= 0 ? 0 : -1, nodes));
    }

    /// <summary>Codes as the floats that they stand for.</summary>
    internal string Dequantized(string tensor, string use, WeightCodes codes, List<OnnxNode> nodes) =>
        Once($"{tensor}|{use}", () => constants.Add(tensor, use, codes), tensor, codes.Axis, nodes);

    /// <summary>A constant that is only kept in 8 bits, with one scale.</summary>
    internal (string Codes, string Scale, string Zero) Stored(OnnxTensor tensor)
    {
        WeightCodes codes = Table(tensor);
        return constants.Add(tensor.Name, "stored", codes);
    }

    /// <inheritdoc cref="Stored"/>
    internal string StoredAsFloats(OnnxTensor tensor, List<OnnxNode> nodes) => Dequantized(tensor.Name, "stored", Table(tensor), nodes);

    private WeightCodes Codes(string tensor, LayerConstants layer, int axis, QuantizationParameters[] steps)
    {
        WeightCodes codes = WeightCodes.Of(layer.Weights, layer.Dims, axis, steps);
        constants.Watch(tensor, layer.Weights, codes);
        return codes;
    }

    private WeightCodes Table(OnnxTensor tensor)
    {
        float[] values = FiniteValues.Of(tensor);
        long[] dims = [.. tensor.Dims];
        WeightCodes codes = WeightCodes.Of(values, dims, -1, WeightCodes.Choose(values, dims, -1, type, reduceRange));
        constants.Watch(tensor.Name, values, codes);
        return codes;
    }

    private string Once(string key, Func<(string Codes, string Scale, string Zero)> add, string tensor, int axis, List<OnnxNode> nodes)
    {
        if (!_floats.TryGetValue(key, out string? floats))
        {
            (string codes, string scale, string zero) = add();
            _floats.Add(key, floats = names.Fresh(tensor + "_dq"));
            OnnxNode node = Node("DequantizeLinear", [codes, scale, zero], floats);
            if (axis >= 0)
            {
                node.Set(OnnxAttribute.Of("axis", axis));
            }

            nodes.Add(node);
        }

        return floats;
    }
}
