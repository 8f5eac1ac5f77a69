using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;

namespace MlOps.Quantization;

/// <summary>The weights of a graph as 4-bit constants, each made once however many nodes read it.</summary>
internal sealed class FourBitWeights(OnnxGraph graph, WeightOnlyOptions options)
{
    private readonly Dictionary<(string Name, bool Transposed), (FourBitMatrix Matrix, string[] Inputs)> _made = [];
    private readonly HashSet<string> _replaced = [];

    /// <summary>The constant that a value is, also behind Constant and Identity nodes, as exporters write them; null if it is computed or fed.</summary>
    internal static OnnxTensor? Constant(OnnxGraph graph, string value)
    {
        for (int hops = 0; hops <= graph.Node.Count; hops++)
        {
            if (graph.Constant(value) is { } constant)
            {
                return constant;
            }

            switch (graph.Producer(value))
            {
                case { OpType: "Identity" } identity: value = identity.Input[0]; break;
                case { OpType: "Constant" } node: return node.Find("value")?.T;
                default: return null;
            }
        }

        return null;
    }

    /// <summary>Why a weight cannot be stored in 4 bits, or should not; null if it can.</summary>
    internal string? Refuse(string name, bool transposed)
    {
        OnnxTensor weight = Constant(graph, name)!;
        if (weight.DataType != OnnxElementType.Float)
        {
            return $"Its weight holds {weight.DataType}; only Float is quantized.";
        }

        if (weight.Dims.Count != 2)
        {
            return FormattableString.Invariant($"Its weight has {weight.Dims.Count} dimensions; MatMulNBits takes a matrix.");
        }

        (long k, long n) = transposed ? (weight.Dims[1], weight.Dims[0]) : (weight.Dims[0], weight.Dims[1]);
        long before = sizeof(float) * k * n;
        long after = FourBitMatrix.BytesOf(k, n, options.BlockSize, options.Symmetric);
        if (after >= before)
        {
            return FormattableString.Invariant($"Its weight is too small: {k} × {n} values in blocks of {options.BlockSize} would take {after} bytes in place of {before}.");
        }

        float[] values = weight.ToFloats();
        return values.AsSpan().ContainsAnyExceptInRange(-float.MaxValue / 2, float.MaxValue / 2) ? "Its weight holds NaN, an infinite number or one beyond 1.7·10³⁸." : null;
    }

    /// <summary>The matrix, and the names of the constants for the inputs 1 to 3 of MatMulNBits.</summary>
    internal (FourBitMatrix Matrix, string[] Inputs) Of(string name, bool transposed)
    {
        if (_made.TryGetValue((name, transposed), out (FourBitMatrix Matrix, string[] Inputs) known))
        {
            return known;
        }

        OnnxTensor weight = Constant(graph, name)!;
        float[] values = weight.ToFloats();
        (int k, int n) = transposed ? ((int)weight.Dims[1], (int)weight.Dims[0]) : ((int)weight.Dims[0], (int)weight.Dims[1]);
        FourBitMatrix matrix = transposed
            ? FourBitMatrix.OfTransposed(values, k, n, options.BlockSize, options.Symmetric)
            : FourBitMatrix.Quantize(values, k, n, options.BlockSize, options.Symmetric);
        string stem = transposed ? name + "_T" : name;
        var constants = new List<OnnxTensor>
        {
            OnnxTensor.OfBytes(graph.FreshName(stem + "_int4"), OnnxElementType.Uint8, matrix.Codes.Span, [n, matrix.Blocks, matrix.BlockSize / 2]),
            OnnxTensor.Of(graph.FreshName(stem + "_scales"), matrix.Scales.Span, matrix.Scales.Length),
        };
        if (matrix.ZeroPoints is { } zeroPoints)
        {
            constants.Add(OnnxTensor.OfBytes(graph.FreshName(stem + "_zero_points"), OnnxElementType.Uint8, zeroPoints.Span, [zeroPoints.Length]));
        }

        graph.Initializer.Add(constants);
        _replaced.Add(name);
        return _made[(name, transposed)] = (matrix, [.. constants.Select(constant => constant.Name)]);
    }

    /// <summary>Takes out the float weights that nobody reads any more, with the nodes that handed them on.</summary>
    internal void RemoveReplaced()
    {
        var left = new Queue<string>(_replaced);
        while (left.TryDequeue(out string? name))
        {
            if (graph.Consumers(name).Count > 0 || graph.Output.Any(output => output.Name == name))
            {
                continue;
            }

            if (graph.Producer(name) is { } maker)
            {
                graph.Node.Remove(maker);
                foreach (string input in maker.Input)
                {
                    left.Enqueue(input);
                }
            }
            else if (graph.Constant(name) is { } constant)
            {
                graph.Initializer.Remove(constant);
                if (graph.Input.FirstOrDefault(input => input.Name == name) is { } listed)
                {
                    graph.Input.Remove(listed);
                }
            }

            if (graph.ValueInfo.FirstOrDefault(value => value.Name == name) is { } type)
            {
                graph.ValueInfo.Remove(type);
            }
        }
    }
}
