using System.Numerics.Tensors;
using MlOps.Onnx;
using MlOps.Quantization.Graphs;
using MlOps.Quantization.Rewriting;

namespace MlOps.Quantization;

/// <summary>Which nodes compute in float16, and why the others do not.</summary>
internal sealed class HalfPrecisionPlan
{
    private const int MostDimensions = 16; // as many factors as a tensor has dimensions, with room
    private const float MaskFrom = -1e8f; // no weight is as far below 0; places that attention shall not see are marked so

    /// <summary>Operators that versions 13 to 17 of the standard do not define for float16, or that name a type of their own.</summary>
    private static readonly HashSet<string> s_floatOnly = new(StringComparer.Ordinal)
    {
        "Range", "NonMaxSuppression", "IsInf", "Celu", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli", "EyeLike",
        "HannWindow", "HammingWindow", "BlackmanWindow", "MelWeightMatrix", "STFT", "DFT", "TfIdfVectorizer",
        "SequenceConstruct", "SequenceEmpty", "SequenceInsert", "SequenceErase", "SequenceAt", "SequenceMap", "SplitToSequence", "ConcatFromSequence", "Optional", "OptionalGetElement",
    };

    /// <summary>Operators whose constants must be finite. Elsewhere −∞ has a meaning: it masks places of attention.</summary>
    private static readonly HashSet<string> s_weighted = new(["Conv", "ConvTranspose", "Gemm", "MatMul", "BatchNormalization"], StringComparer.Ordinal);

    private static readonly HashSet<string> s_moving = new(["Cast", "Concat", "Expand", "Flatten", "Gather", "Identity", "Reshape", "Slice", "Split", "Squeeze", "Transpose", "Unsqueeze"], StringComparer.Ordinal);

    /// <summary>Inputs that stay float32 in an operator that is defined for float16.</summary>
    private static readonly HashSet<(string Operation, int Input)> s_floatInputs = [("Resize", 2), ("Upsample", 1), ("Dropout", 1)];

    private readonly OnnxGraph _graph;
    private readonly GraphIndex _index;
    private readonly HashSet<string> _floats; // as they were: constants change while the plan is carried out
    private readonly HashSet<OnnxNode> _halved = new(ReferenceEqualityComparer.Instance);
    private readonly List<KeptNode> _kept = [];

    private HalfPrecisionPlan(OnnxFile file)
    {
        _graph = file.Graph;
        _index = new GraphIndex(_graph);
        _floats = new(ValueTypes.Of(file).Values.Where(value => value.ElementType == OnnxElementType.Float).Select(value => value.Name), StringComparer.Ordinal);
        _floats.UnionWith(_graph.Initializer.Where(tensor => tensor.DataType == OnnxElementType.Float).Select(tensor => tensor.Name));
    }

    /// <summary>Names of the nodes that compute in float16, in the order of the graph.</summary>
    internal IReadOnlyList<string> Halved => [.. _graph.Node.Where(_halved.Contains).Select(node => node.Label)];

    internal IReadOnlyList<KeptNode> Kept => _kept;

    internal GraphIndex Index => _index;

    internal static HalfPrecisionPlan Of(OnnxFile file, HalfPrecisionOptions options, ModelData? data, CancellationToken cancellationToken)
    {
        var plan = new HalfPrecisionPlan(file);
        IReadOnlyDictionary<string, float> peaks = data is null ? new Dictionary<string, float>() : plan.Peaks(file, data, cancellationToken);
        HashSet<string> sizes = plan.Sizes();
        foreach (OnnxNode node in plan._graph.Node.Where(node => node.Input.Concat(node.Output).Any(plan.IsFloat)))
        {
            if (node.OpType == "Constant" || ReadsAnyType(node) || (node.OpType == "Cast" && !plan.IsFloat(node.Output[0])))
            {
                continue; // nothing to compute; a number that becomes a whole one is left as exact as it is
            }

            if (plan.Reason(node, options, sizes, peaks) is { } reason)
            {
                plan._kept.Add(new KeptNode(node.Label, node.OpType, reason));
            }
            else
            {
                plan._halved.Add(node);
            }
        }

        plan.LeaveMoved();
        return plan;
    }

    /// <summary>Leaves values alone that are only moved on the way to other types: an income of 500,000 that is scaled in double would be infinite in between.</summary>
    private void LeaveMoved()
    {
        var left = new HashSet<OnnxNode>(ReferenceEqualityComparer.Instance);
        foreach (OnnxNode node in _graph.Node.Reverse().Where(node => _halved.Contains(node) && s_moving.Contains(node.OpType)))
        {
            OnnxNode[] readers = [.. node.Output.SelectMany(_graph.Consumers)];
            bool shown = _graph.Output.Any(output => node.Output.Contains(output.Name));
            if (!shown && readers.Length > 0 && Array.TrueForAll(readers, reader => left.Contains(reader) || (reader.OpType == "Cast" && !IsFloat(reader.Output[0]))))
            {
                left.Add(node);
                _halved.Remove(node);
                _kept.Add(new KeptNode(node.Label, node.OpType, "It only moves values that are then turned into another type."));
            }
        }
    }

    internal bool IsFloat(string value) => _floats.Contains(value);

    internal bool IsHalved(OnnxNode? node) => node is not null && _halved.Contains(node);

    /// <summary>Whether a node wants float16 from an input that was float32.</summary>
    internal bool ReadsHalf(OnnxNode node, int input) => IsHalved(node) && !s_floatInputs.Contains((node.OpType, input));

    /// <summary>Whether a node looks at the dimensions of what it reads, not at the values.</summary>
    internal static bool ReadsAnyType(OnnxNode node) => node.OpType is "Shape" or "Size" && node.Domain is "" or "ai.onnx";

    /// <summary>Whether a number that is not 0 is 0 as a float16.</summary>
    internal static bool Vanishes(float value) => value != 0 && (Half)value == Half.Zero;

    /// <summary>Whether a constant may be moved to the nearest number that float16 has, because only its size matters: a mark for masked places, a bound, or an ε that keeps a value off 0.</summary>
    internal static bool MayMove(OnnxNode node, int input, OnnxTensor constant)
    {
        if (constant.ElementCount != 1)
        {
            return false;
        }

        float value = constant.ToFloats()[0];
        return (node.OpType is "Clip" or "Min" or "Max" && (node.OpType != "Clip" || input > 0)) || (node.OpType is "Add" or "Mul" or "Where" && value <= MaskFrom) || (node.OpType == "Add" && Vanishes(value));
    }

    private string? Reason(OnnxNode node, HalfPrecisionOptions options, HashSet<string> sizes, IReadOnlyDictionary<string, float> peaks)
    {
        if (options.ExcludedNodes.Contains(node.Label) || options.ExcludedOperators.Contains(node.OpType))
        {
            return "It was excluded.";
        }

        if (CompressionCheck.Nested(node).Any())
        {
            return "It holds graphs of its own, which stay in float32.";
        }

        if (node.Domain is not ("" or "ai.onnx"))
        {
            return $"Operators of {node.Domain} are not converted.";
        }

        if (s_floatOnly.Contains(node.OpType) || (node.OpType == "LayerNormalization" && node.Output.Skip(1).Any(output => output.Length > 0)))
        {
            return $"{node.OpType} is not defined for float16.";
        }

        if (node.Output.Any(sizes.Contains))
        {
            return "It computes with sizes of tensors, which float16 holds exactly only up to 2,048.";
        }

        for (int i = 0; i < node.Input.Count; i++)
        {
            if (_index.Constant(node.Input[i]) is not { DataType: OnnxElementType.Float } constant || s_floatInputs.Contains((node.OpType, i)) || MayMove(node, i, constant))
            {
                continue;
            }

            float[] values = s_weighted.Contains(node.OpType) ? FiniteValues.Of(constant, "a layer with such a weight gives no numbers") : constant.ToFloats();
            if (Array.Find(values, value => float.IsFinite(value) && MathF.Abs(value) > HalfPrecision.Largest) is var beyond and not 0)
            {
                return FormattableString.Invariant($"Its constant '{constant.Name}' holds {beyond:g3}, beyond ±65,504.");
            }

            if (values.Length == 1 && Vanishes(values[0]))
            {
                return FormattableString.Invariant($"Its constant '{constant.Name}' is {values[0]:g3}, which is 0 in float16.");
            }
        }

        return node.Input.Concat(node.Output).FirstOrDefault(value => peaks.GetValueOrDefault(value) > HalfPrecision.Largest) is { } high
            ? FormattableString.Invariant($"Its value '{high}' reaches {peaks[high]:g3} on the data, beyond ±65,504.") : null;
    }

    /// <summary>Float values that are computed from sizes of tensors and constants alone.</summary>
    private HashSet<string> Sizes()
    {
        HashSet<string> sizes = new(StringComparer.Ordinal);
        foreach (OnnxNode node in _graph.Node)
        {
            string[] read = [.. node.Input.Where(input => input.Length > 0 && _index.Constant(input) is null)];
            if (ReadsAnyType(node) || (read.Length > 0 && Array.TrueForAll(read, sizes.Contains) && node.OpType != "ConstantOfShape" && !node.Input.Any(IsTable)))
            {
                sizes.UnionWith(node.Output);
            }
        }

        return sizes;
    }

    /// <summary>A constant that is more than factors for sizes: a table of positions that is cut to a length, say.</summary>
    private bool IsTable(string value) => _index.Constant(value) is { DataType: OnnxElementType.Float } constant && constant.ElementCount > MostDimensions;

    /// <summary>The largest magnitude of each float value on the data.</summary>
    private Dictionary<string, float> Peaks(OnnxFile file, ModelData data, CancellationToken cancellationToken)
    {
        OnnxFile open = file.Clone();
        string[] shown = [.. open.Graph.Node.SelectMany(node => node.Output).Where(IsFloat)];
        foreach (string value in shown)
        {
            open.Graph.Expose(value);
        }

        using var model = OnnxModel.Open(open);
        var peaks = new Dictionary<string, float>(StringComparer.Ordinal);
        foreach (IReadOnlyDictionary<string, OnnxTensor> batch in data.Batches)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach ((string name, OnnxTensor values) in batch.Where(input => IsFloat(input.Key)).Concat(model.Run(batch, shown)))
            {
                float[] numbers = values.ToFloats();
                float peak = numbers.Length == 0 ? 0 : MathF.Abs(TensorPrimitives.MaxMagnitudeNumber(numbers));
                peaks[name] = Math.Max(peaks.GetValueOrDefault(name), float.IsNaN(peak) ? 0 : peak);
            }
        }

        return peaks;
    }
}
