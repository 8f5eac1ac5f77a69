using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>One node on its way to a newer operator set: attributes that became inputs, defaults that changed.</summary>
internal sealed class OpsetRaiseNode(OnnxGraph root, OnnxGraph graph, OnnxNode node)
{
    internal OnnxNode Node => node;

    internal OnnxException Refused(string why, string step) => new($"{node.Title} {why}, so the model cannot be raised to a newer operator set. {step}");

    internal void Drop(string attribute)
    {
        if (node.Find(attribute) is { } old)
        {
            node.Attribute.Remove(old);
        }
    }

    internal void IntsToInput(string attribute)
    {
        if (node.Has(attribute))
        {
            long[] values = [.. node.GetInts(attribute)];
            node.Input.Add(Constant(attribute, OnnxTensor.Of("", values, values.Length)));
            Drop(attribute);
        }
    }

    internal void IntToInput(string attribute)
    {
        node.Input.Add(Constant(attribute, OnnxTensor.Of("", [node.GetInt(attribute)], 1)));
        Drop(attribute);
    }

    /// <summary>An optional number: "" in its place if it is not there.</summary>
    internal void FloatToInput(string attribute)
    {
        node.Input.Add(node.Has(attribute) ? Constant(attribute, Scalar(node.GetFloat(attribute))) : "");
        Drop(attribute);
    }

    internal void TrimInputs()
    {
        while (node.Input.Count > 0 && node.Input[^1].Length == 0)
        {
            node.Input.RemoveAt(node.Input.Count - 1);
        }
    }

    /// <summary>
    /// Before version 13 a softmax went over all dimensions from its axis on, by default from the second; since then over the axis alone, by default the last.
    /// The two agree on the last axis; elsewhere the value is made flat before and gets its shape back behind.
    /// </summary>
    internal void KeepSoftmaxFlat()
    {
        long axis = node.GetInt("axis", 1);
        int? rank = (graph.Value(node.Input[0]) ?? graph.Value(node.Output[0]))?.Dims?.Count;
        if (axis == -1 || axis == rank - 1)
        {
            node.Set(OnnxAttribute.Of("axis", axis));
            return;
        }

        (string input, string output) = (node.Input[0], node.Output[0]);
        OnnxNode shape = Made("Shape", [input]);
        OnnxNode flat = Made("Flatten", [input]);
        flat.Set(OnnxAttribute.Of("axis", axis));
        node.Input[0] = flat.Output[0];
        node.Output[0] = root.FreshName(output + "_flat");
        node.Set(OnnxAttribute.Of("axis", -1));
        var back = new OnnxNode { Name = root.FreshName(node.Name + "_reshape"), OpType = "Reshape" };
        back.Input.AddRange([node.Output[0], shape.Output[0]]);
        back.Output.Add(output);
        int place = graph.Node.IndexOf(node);
        graph.Node.Insert(place + 1, back);
        graph.Node.Insert(place, flat);
        graph.Node.Insert(place, shape);
    }

    /// <summary>Upsample looks up the point at x / scale and takes the one below: Resize has names for both.</summary>
    internal void UpsampleToResize(long to)
    {
        if (node.Has("scales"))
        {
            float[] scales = [.. node.GetFloats("scales")];
            node.Input.Add(Constant("scales", OnnxTensor.Of("", scales, scales.Length)));
            Drop("scales");
        }

        string mode = node.GetText("mode", "nearest");
        node.OpType = "Resize";
        node.Set(OnnxAttribute.Of("mode", mode == "bilinear" ? "linear" : mode)); // the name before version 9
        if (to >= 11)
        {
            AddRegionToResize();
        }
    }

    internal void AddRegionToResize()
    {
        node.Input.Insert(1, Constant("roi", OnnxTensor.Of("", Array.Empty<float>(), 0)));
        node.Set(OnnxAttribute.Of("coordinate_transformation_mode", "asymmetric"));
        if (node.GetText("mode", "nearest") == "nearest")
        {
            node.Set(OnnxAttribute.Of("nearest_mode", "floor"));
        }
    }

    private OnnxNode Made(string operation, string[] inputs)
    {
        string stem = (node.Name.Length > 0 ? node.Name : node.OpType) + "_" + operation.ToLowerInvariant();
        var made = new OnnxNode { Name = root.FreshName(stem), OpType = operation };
        made.Input.AddRange(inputs);
        made.Output.Add(root.FreshName(stem + "_out"));
        return made;
    }

    /// <summary>A number of the type that the node computes with; float where the file does not say.</summary>
    private OnnxTensor Scalar(float value) => graph.Value(node.Input[0])?.ElementType switch
    {
        OnnxElementType.Double => OnnxTensor.Of("", [(double)value]),
        OnnxElementType.Float16 => OnnxTensor.OfBytes("", OnnxElementType.Float16, BitConverter.GetBytes((Half)value), []),
        _ => OnnxTensor.Of("", [value]),
    };

    private string Constant(string stem, OnnxTensor tensor)
    {
        tensor.Name = root.FreshName(node.Label + "_" + stem);
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }
}
