using Google.Protobuf;
using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Pruning;

/// <summary>The weights of a node of an ONNX file, where pruning can change them.</summary>
/// <param name="Node">A Conv, ConvTranspose, Gemm or MatMul.</param>
/// <param name="Input">Which of its inputs the weights are.</param>
/// <param name="Tensor">Them: an initialiser, or the value of a Constant node.</param>
internal sealed record NodeWeight(OnnxNode Node, int Input, OnnxTensor Tensor)
{
    private static readonly HashSet<string> s_recurrent = new(["LSTM", "GRU", "RNN"], StringComparer.Ordinal);

    internal string Name => Node.Label;

    /// <summary>How many inputs a unit reads, and how many numbers lie between two of them: the weights as outer × inputs × inner.</summary>
    internal (int Inputs, int Inner) Layout()
    {
        int[] dims = [.. Tensor.Dims.Select(dim => checked((int)dim))];
        int axis = Node.OpType switch
        {
            "Conv" => 1,
            "ConvTranspose" => 0,
            "Gemm" => Node.GetInt("transB", 0) == 1 ? 1 : 0,
            _ => Input == 1 ? dims.Length - 2 : dims.Length - 1,
        };
        return (dims[axis], dims[(axis + 1)..].Aggregate(1, (product, dim) => product * dim));
    }

    /// <summary>Finds the weights of a graph that are float32, each tensor once, and says of the nodes whose weights are left why.</summary>
    internal static List<NodeWeight> Of(OnnxGraph graph, ICollection<KeptNode> kept)
    {
        var found = new List<NodeWeight>();
        foreach (OnnxNode node in graph.Node)
        {
            if (CompressionCheck.Nested(node).Any())
            {
                kept.Add(Left(node, "nodes inside its branches or loops stay as they are"));
            }
            else if (s_recurrent.Contains(node.OpType) && node.Domain is "" or "ai.onnx")
            {
                kept.Add(Left(node, "its weights work again in every step; pruning them is not supported"));
            }
            else if (Find(graph, node) is { } weight)
            {
                if (weight.Tensor.DataType != OnnxElementType.Float)
                {
                    kept.Add(Left(node, $"its weights are {weight.Tensor.DataType}; only float32 is pruned"));
                }
                else if (found.FirstOrDefault(other => ReferenceEquals(other.Tensor, weight.Tensor)) is { } first)
                {
                    kept.Add(Left(node, $"it shares its weights with {first.Name}, where they are counted"));
                }
                else
                {
                    CheckNumbers(weight);
                    found.Add(weight);
                }
            }
        }

        return found;
    }

    internal static KeptNode Left(OnnxNode node, string reason) => new(node.Label, node.OpType, reason);

    /// <summary>The weights of a node that has some; null for other nodes and weights that are computed.</summary>
    internal static NodeWeight? Find(OnnxGraph graph, OnnxNode node)
    {
        if (node.Domain is not ("" or "ai.onnx") || node.OpType is not ("Conv" or "ConvTranspose" or "Gemm" or "MatMul") || node.Input.Count < 2)
        {
            return null;
        }

        int input = Constant(graph, node.Input[1]) is not null || node.OpType is "Conv" or "ConvTranspose" ? 1 : 0;
        return Constant(graph, node.Input[input]) is { } tensor && tensor.Dims.Count >= 2 && tensor.ElementCount > 0 ? new NodeWeight(node, input, tensor) : null;
    }

    /// <summary>A constant of a graph by the name of its value: an initialiser or a Constant node, also behind Identity nodes.</summary>
    internal static OnnxTensor? Constant(OnnxGraph graph, string value)
    {
        while (value.Length > 0)
        {
            if (graph.Constant(value) is { } tensor)
            {
                return tensor;
            }

            OnnxNode? producer = graph.Producer(value);
            if (producer?.OpType == "Constant")
            {
                return producer.Find("value")?.T;
            }

            if (producer?.OpType != "Identity")
            {
                return null;
            }

            value = producer.Input[0];
        }

        return null;
    }

    /// <summary>Puts other values of the same shape into a tensor.</summary>
    internal static void Write(OnnxTensor tensor, ReadOnlySpan<float> values)
    {
        tensor.FloatData.Clear();
        tensor.RawData = ByteString.CopyFrom(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values));
    }

    private static void CheckNumbers(NodeWeight weight)
    {
        if (!System.Numerics.Tensors.TensorPrimitives.IsFiniteAll<float>(weight.Tensor.ToFloats()))
        {
            throw new OnnxException($"{weight.Node.Title}: a weight is no finite number; such a model cannot be pruned. Train it again, or mend '{weight.Tensor.Name}'.");
        }
    }
}
