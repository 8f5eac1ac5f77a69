using System.Runtime.InteropServices;
using MlOps.Onnx;

namespace MlOps.Quantization.Pruning;

/// <summary>Cuts channels out of the constants of an ONNX graph.</summary>
internal static class ChannelCutter
{
    /// <summary>Leaves of every array of a group only the channels that stay.</summary>
    internal static void Keep(OnnxGraph graph, ChannelGroup group, int[] stay)
    {
        foreach (ChannelCut cut in group.Cuts)
        {
            OnnxTensor tensor = NodeWeight.Constant(graph, cut.Node.Input[cut.Input])!;
            OnnxTensor smaller = cut.Role == ChannelRole.Size ? Sized(tensor, cut, stay.Length) : Sliced(tensor, cut.Axis, group.Channels, cut.Block, stay);
            Put(graph, cut, tensor, smaller);
            if (cut is { Node.OpType: "Conv" or "ConvTranspose", Role: ChannelRole.Passage, Input: 1 })
            {
                cut.Node.Set(OnnxAttribute.Of("group", (long)stay.Length)); // depthwise
            }
        }
    }

    /// <summary>Adds numbers, one an output, to what a consumer computes.</summary>
    internal static void Shift(OnnxGraph graph, OnnxNode consumer, double[] shift)
    {
        float[] numbers = Array.ConvertAll(shift, number => (float)number);
        if (consumer.OpType != "MatMul" && (consumer.Input.Count < 3 || consumer.Input[2].Length == 0))
        {
            OnnxTensor bias = OnnxTensor.Of(graph.FreshName(consumer.Input[1] + "_bias"), numbers, numbers.Length);
            graph.Initializer.Add(bias);
            while (consumer.Input.Count < 3)
            {
                consumer.Input.Add("");
            }

            consumer.Input[2] = bias.Name;
            return;
        }

        if (consumer.OpType != "MatMul" && NodeWeight.Constant(graph, consumer.Input[2]) is { DataType: OnnxElementType.Float } old && old.ElementCount == numbers.Length && consumer.GetFloat("beta", 1) == 1)
        {
            float[] sum = old.ToFloats();
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] = (float)(sum[i] + shift[i]);
            }

            Put(graph, new ChannelCut(consumer, 2, 0, 1, ChannelRole.Passage), old, OnnxTensor.Of(old.Name, sum, [.. old.Dims]));
            return;
        }

        // The shape that spreads over the channels: the last axis of a product, the second of pictures.
        long[] dims = consumer.OpType is "Conv" or "ConvTranspose" ? [numbers.Length, .. Enumerable.Repeat(1L, NodeWeight.Constant(graph, consumer.Input[1])!.Dims.Count - 2)] : [numbers.Length];
        OnnxTensor added = OnnxTensor.Of(graph.FreshName(consumer.Output[0] + "_shift"), numbers, dims);
        graph.Initializer.Add(added);
        OnnxNode node = graph.InsertAfter(consumer.Output[0], new OnnxNode { OpType = "Add" });
        node.Input.Add(added.Name);
    }

    /// <summary>Of a tensor seen as outer × channels × inner numbers, the channels that stay.</summary>
    private static OnnxTensor Sliced(OnnxTensor tensor, int axis, int channels, int block, int[] stay)
    {
        float[] values = tensor.ToFloats();
        long[] dims = [.. tensor.Dims];
        int inner = block;
        for (int i = axis + 1; i < dims.Length; i++)
        {
            inner = checked(inner * (int)dims[i]);
        }

        int outer = values.Length / (channels * inner);
        var cut = new float[outer * stay.Length * inner];
        for (int o = 0; o < outer; o++)
        {
            for (int i = 0; i < stay.Length; i++)
            {
                values.AsSpan(((o * channels) + stay[i]) * inner, inner).CopyTo(cut.AsSpan(((o * stay.Length) + i) * inner));
            }
        }

        dims[axis] = (long)stay.Length * block;
        return OnnxTensor.Of(tensor.Name, cut, dims);
    }

    private static OnnxTensor Sized(OnnxTensor tensor, ChannelCut cut, int channels)
    {
        long[] sizes = tensor.ToLongs();
        sizes[cut.Axis] = (long)channels * cut.Block;
        return OnnxTensor.OfBytes(tensor.Name, OnnxElementType.Int64, MemoryMarshal.AsBytes<long>(sizes), tensor.Dims);
    }

    /// <summary>Puts a new tensor in an old one's place, for this reader alone where several read it.</summary>
    private static void Put(OnnxGraph graph, ChannelCut cut, OnnxTensor old, OnnxTensor smaller)
    {
        string value = cut.Node.Input[cut.Input];
        bool alone = ReferenceEquals(graph.Constant(value), old) && graph.Consumers(value) is [OnnxNode only] && only.Input.Count(input => input == value) == 1 && graph.Output.All(output => output.Name != value);
        smaller.Name = alone ? value : graph.FreshName(value);
        if (alone)
        {
            graph.Initializer[graph.Initializer.IndexOf(old)] = smaller;
            foreach (OnnxValue input in graph.Input.Where(input => input.Name == value).ToList())
            {
                graph.Input.Remove(input); // old files list constants as inputs too; this one has another shape now
            }

            return;
        }

        graph.Initializer.Add(smaller);
        cut.Node.Input[cut.Input] = smaller.Name;
    }
}
