using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization;

/// <summary>Rewrites a graph by a plan: constants of float16, and a Cast wherever the two precisions meet.</summary>
internal sealed class HalfPrecisionWriter(OnnxFile file, HalfPrecisionPlan plan, HalfPrecisionOptions options)
{
    private readonly OnnxGraph _graph = file.Graph;
    private readonly HashSet<string> _taken =
        [.. CompressionCheck.Everywhere(file.Graph).SelectMany(node => node.Input.Concat(node.Output).Append(node.Name)), .. file.Graph.Input.Concat(file.Graph.Output).Select(port => port.Name)];
    private readonly HashSet<OnnxNode> _products = options.ProductsInFloat32 ? Products(file.Graph, plan) : [];
    private readonly Dictionary<string, string> _halves = new(StringComparer.Ordinal); // float32 value -> its float16 twin
    private readonly Dictionary<string, string> _floats = new(StringComparer.Ordinal); // value that is float16 now -> its float32 twin
    private readonly HashSet<string> _halfNow = new(StringComparer.Ordinal);           // values that kept their name and are float16 now
    private readonly List<OnnxNode> _casts = [];
    private int _vanished;
    private int _clipped;
    private int _raised;
    private long _converted;

    internal IReadOnlyList<string> Write()
    {
        HashSet<string> outputs = [.. _graph.Output.Select(output => output.Name)];
        OnnxNode[] nodes = [.. _graph.Node];
        Ports();
        foreach (OnnxNode node in nodes)
        {
            Outputs(node, outputs);
        }

        Constants(nodes);
        foreach (OnnxNode node in nodes)
        {
            Inputs(node);
        }

        foreach (OnnxValue known in _graph.ValueInfo.Where(known => _halfNow.Contains(known.Name) && known.Type?.TensorType is not null))
        {
            known.Type.TensorType.ElemType = OnnxElementType.Float16;
        }

        _graph.Node.AddRange(_casts);
        _graph.Sort();
        _graph.RemoveUnused(); // twins that nobody came to read
        return Losses();
    }

    private void Ports()
    {
        if (options.KeepInputsAndOutputs)
        {
            return;
        }

        foreach (OnnxValue port in _graph.Input.Where(port => plan.IsFloat(port.Name) && !plan.Index.IsHeld(port.Name)))
        {
            port.Type.TensorType.ElemType = OnnxElementType.Float16;
            _halfNow.Add(port.Name);
        }
    }

    /// <summary>What a node makes: float16 under the old name where nobody outside holds that name to float32.</summary>
    private void Outputs(OnnxNode node, HashSet<string> outputs)
    {
        bool halved = plan.IsHalved(node);
        for (int i = 0; i < node.Output.Count; i++)
        {
            string value = node.Output[i];
            if (!plan.IsFloat(value))
            {
                continue;
            }

            bool isPort = !options.KeepInputsAndOutputs && outputs.Contains(value) && !plan.Index.IsCaptured(value);
            if (isPort)
            {
                _graph.Output.First(output => output.Name == value).Type.TensorType.ElemType = OnnxElementType.Float16;
            }

            bool becomesHalf = isPort || !plan.Index.IsHeld(value); // a nested graph that reads it, or a caller, wants float32
            if (_products.Contains(node) && !becomesHalf)
            {
                continue; // it makes what is wanted
            }

            if (halved && becomesHalf && !_products.Contains(node))
            {
                _halfNow.Add(value);
            }
            else if (halved && !becomesHalf)
            {
                node.Output[i] = Fresh(value + "_half");
                _halves[value] = node.Output[i];
                Cast(node.Output[i], value, OnnxElementType.Float);
            }
            else if (becomesHalf && (halved || isPort))
            {
                node.Output[i] = Fresh(value + "_float");
                _floats[value] = node.Output[i];
                _halfNow.Add(value);
                Cast(node.Output[i], value, OnnxElementType.Float16);
            }
        }

        if (halved && node.OpType == "Cast")
        {
            node.Set(OnnxAttribute.Of("to", (long)OnnxElementType.Float16));
        }
        else if (halved && node.OpType == "ConstantOfShape")
        {
            float fill = node.Has("value") ? node.GetTensor("value").ToFloats()[0] : 0;
            node.Set(OnnxAttribute.Of("value", OnnxTensor.OfBytes("value", OnnxElementType.Float16, BitConverter.GetBytes((Half)fill), [1])));
        }
    }

    /// <summary>Constants that only float16 is read of are converted in their place; others get a twin.</summary>
    private void Constants(OnnxNode[] nodes)
    {
        var half = new Dictionary<string, bool>(StringComparer.Ordinal); // whether it may be moved into the range of float16
        HashSet<string> single = new(StringComparer.Ordinal);
        foreach (OnnxNode node in nodes)
        {
            for (int i = 0; i < node.Input.Count; i++)
            {
                if (plan.Index.Constant(node.Input[i]) is not { DataType: OnnxElementType.Float } constant)
                {
                    continue;
                }

                if (plan.ReadsHalf(node, i))
                {
                    half[constant.Name] = half.GetValueOrDefault(constant.Name) || HalfPrecisionPlan.MayMove(node, i, constant);
                }
                else
                {
                    single.Add(constant.Name);
                }
            }
        }

        foreach (OnnxTensor tensor in _graph.Initializer.Where(tensor => half.ContainsKey(tensor.Name)).ToArray())
        {
            bool alone = !single.Contains(tensor.Name) && !plan.Index.IsHeld(tensor.Name);
            OnnxTensor target = tensor;
            if (!alone)
            {
                target = new OnnxTensor { Name = Fresh(tensor.Name + "_half") };
                _graph.Initializer.Add(target);
            }

            OnnxTensor values = Halved(tensor, half[tensor.Name]);
            target.SetValues(values);
            if (alone)
            {
                _halfNow.Add(tensor.Name);
            }
            else
            {
                _halves[tensor.Name] = target.Name;
            }
        }
    }

    private void Inputs(OnnxNode node)
    {
        for (int i = 0; i < (HalfPrecisionPlan.ReadsAnyType(node) ? 0 : node.Input.Count); i++)
        {
            string value = node.Input[i];
            if (plan.IsFloat(value))
            {
                node.Input[i] = plan.ReadsHalf(node, i) && !_products.Contains(node) ? AsHalf(value) : AsFloat(value);
            }
        }
    }

    /// <summary>Products that store their weights in float16 and compute in float32.</summary>
    private static HashSet<OnnxNode> Products(OnnxGraph graph, HalfPrecisionPlan plan) => new(
        graph.Node.Where(node => node.OpType is "Gemm" or "MatMul" && plan.IsHalved(node) && node.Input.Take(2).Any(input => plan.Index.Constant(input) is not null)), ReferenceEqualityComparer.Instance);

    private string AsHalf(string value) => _halfNow.Contains(value) ? value : Twin(_halves, value, "_half", OnnxElementType.Float16);

    private string AsFloat(string value) => !_halfNow.Contains(value) ? value
        : !_floats.ContainsKey(value) && plan.Index.OnlyReader(value) is null && plan.Index.Producer(value) is { OpType: "Transpose" } transpose ? TransposedFloat(transpose, value)
        : Twin(_floats, value, "_float", OnnxElementType.Float);

    /// <summary>A Transpose of its own, with the Cast before it: ONNX Runtime 1.29 ends the process when it merges a Cast and a product with a Transpose that others read too.</summary>
    private string TransposedFloat(OnnxNode transpose, string value)
    {
        string source = transpose.Input[0];
        OnnxNode copy = transpose.Clone();
        string twin = Fresh(value + "_float");
        copy.Name = Fresh(twin + "_transpose");
        copy.Input[0] = AsFloat(_halves.FirstOrDefault(pair => pair.Value == source).Key ?? source);
        copy.Output[0] = twin;
        _floats.Add(value, twin);
        _casts.Add(copy);
        return twin;
    }

    private string Twin(Dictionary<string, string> twins, string value, string ending, OnnxElementType type)
    {
        if (!twins.TryGetValue(value, out string? twin))
        {
            twins.Add(value, twin = Fresh(value + ending));
            Cast(value, twin, type);
        }

        return twin;
    }

    private void Cast(string from, string to, OnnxElementType type)
    {
        var cast = new OnnxNode { Name = Fresh(to + "_cast"), OpType = "Cast" };
        cast.Input.Add(from);
        cast.Output.Add(to);
        cast.Attribute.Add(OnnxAttribute.Of("to", (long)type));
        _casts.Add(cast);
    }

    private OnnxTensor Halved(OnnxTensor tensor, bool mayMove)
    {
        float[] values = tensor.ToFloats();
        if (mayMove)
        {
            Move(values);
        }

        var halves = new Half[values.Length];
        TensorPrimitives.ConvertToHalf(values, halves);
        for (int i = 0; i < values.Length; i++)
        {
            _vanished += values[i] != 0 && halves[i] == default ? 1 : 0;
        }

        _converted += values.Length;
        return OnnxTensor.OfBytes(tensor.Name, OnnxElementType.Float16, MemoryMarshal.AsBytes<Half>(halves), tensor.Dims);
    }

    private void Move(float[] values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (float.IsFinite(values[i]) && MathF.Abs(values[i]) > HalfPrecision.Largest)
            {
                values[i] = MathF.CopySign(HalfPrecision.Largest, values[i]);
                _clipped++;
            }
            else if (HalfPrecisionPlan.Vanishes(values[i]))
            {
                values[i] = MathF.CopySign((float)Half.Epsilon, values[i]);
                _raised++;
            }
        }
    }

    private string Fresh(string stem)
    {
        string name = stem;
        for (int i = 2; !_taken.Add(name); i++)
        {
            name = FormattableString.Invariant($"{stem}_{i}");
        }

        return name;
    }

    private IReadOnlyList<string> Losses()
    {
        var losses = new List<string>();
        if (_vanished > 0)
        {
            losses.Add(FormattableString.Invariant($"{_vanished} of {_converted} constants are nearer to 0 than float16 can say (2⁻²⁵ ≈ 3e-8) and became 0."));
        }

        if (_clipped > 0)
        {
            losses.Add(FormattableString.Invariant($"{_clipped} constants that mask or bound values went beyond ±65,504 and were set to that."));
        }

        if (_raised > 0)
        {
            losses.Add(FormattableString.Invariant($"{_raised} constants that keep a value off 0, such as the ε of a normalization, became 6e-8, the smallest float16."));
        }

        return losses;
    }
}
