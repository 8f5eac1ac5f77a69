using MlOps.Learning;
using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.LowRank;

/// <summary>An ONNX model whose large matrices are pairs of thin ones.</summary>
/// <param name="File">The new model. The old one was not changed.</param>
/// <param name="Report">What was done to each node.</param>
/// <param name="BytesBefore">Size of the old file in bytes.</param>
public sealed record LowRankModel(OnnxFile File, LowRankReport Report, long BytesBefore)
{
    /// <summary>Gets the size of the new file in bytes.</summary>
    public long BytesAfter => File.CalculateSize();

    /// <summary>Factorises the matrix products and convolutions of a model.</summary>
    /// <remarks>
    /// MatMul and Gemm with constant weights on the right become two products; a Conv with F filters becomes one with r filters, the same kernel, strides, pads and dilations, and
    /// one of 1 × 1 with F filters. The bias is at the second. A node stays, with the reason, where that needs no fewer numbers, where its weights are not 32-bit floats, are not
    /// constant or are read by another node too, where a convolution has groups, or where a caller may feed the weights. Graphs within nodes (If, Loop) stay as they are.
    /// </remarks>
    /// <param name="file">The model; it stays as it is.</param>
    /// <param name="choice">Which rank each node gets.</param>
    /// <param name="cancellationToken">Stops between two nodes.</param>
    /// <exception cref="OnnxException">The model is damaged, quantized already, or has values in other files (<see cref="ModelFile.Load"/> brings them in).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static LowRankModel Of(OnnxFile file, RankChoice choice, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(choice);
        CompressionCheck.Check(file);
        OnnxFile made = file.Clone();
        OnnxGraph graph = made.Graph;
        var done = new List<FactorizedLayer>();
        var kept = new List<KeptNode>();
        foreach (OnnxNode node in graph.Node.Where(node => node.OpType is "MatMul" or "Gemm" or "Conv" && node.Domain is "" or "ai.onnx").ToArray())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string name = node.Label;
            if (Reason(graph, node, out OnnxTensor? weights) is { } reason)
            {
                kept.Add(new KeptNode(name, node.OpType, reason));
                continue;
            }

            (LowRankFactors? factors, string against) = LayerChoice.Of(MatrixOf(node, weights!), choice);
            if (factors is null)
            {
                kept.Add(new KeptNode(name, node.OpType, against));
                continue;
            }

            Split(graph, node, weights!, factors);
            done.Add(FactorizedLayer.Of(name, node.OpType, factors));
        }

        graph.RemoveUnused();
        return new LowRankModel(made, new LowRankReport(choice, done, kept), file.CalculateSize());
    }

    /// <summary>Returns how a notebook shows it.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Report.ToMimeBundle();

    /// <summary>Writes the report.</summary>
    public override string ToString() => Report.ToString();

    /// <summary>Why a node cannot be factorised; null if it can.</summary>
    private static string? Reason(OnnxGraph graph, OnnxNode node, out OnnxTensor? weights)
    {
        string value = node.Input.Count > 1 ? node.Input[1] : "";
        weights = graph.Constant(value) ?? (graph.Producer(value) is { OpType: "Constant" } constant && constant.Has("value") ? constant.GetTensor("value") : null);
        if (weights is null)
        {
            return node.OpType == "MatMul" && graph.Constant(node.Input[0]) is not null ? "its weights stand on the left" : "its weights are no constant";
        }

        return weights.DataType != OnnxElementType.Float ? $"its weights are {weights.DataType}, not 32-bit floats"
            : graph.Input.Any(input => input.Name == value) ? "its weights are an input that a caller may feed"
            : graph.Consumers(value).Count > 1 ? "its weights are read by another node too"
            : node.OpType == "Conv" && node.GetInt("group", 1) != 1 ? $"its channels are in {node.GetInt("group", 1)} groups"
            : node.OpType == "Conv" ? weights.Dims.Count > 2 ? null : "its weights have no kernel"
            : weights.Dims.Count != 2 ? $"its weights have {weights.Dims.Count} dimensions, not 2"
            : node.OpType == "Gemm" && node.GetInt("transA", 0) != 0 ? "its input is transposed"
            : null;
    }

    /// <summary>Products: inputs × outputs. Convolutions: filters × (channels · kernel).</summary>
    private static Matrix MatrixOf(OnnxNode node, OnnxTensor weights)
    {
        double[] values = weights.ToDoubles();
        int rows = (int)weights.Dims[0];
        var w = new Matrix(rows, values.Length / rows, values);
        return IsTransposed(node) ? Transposed(w) : w;
    }

    private static void Split(OnnxGraph graph, OnnxNode node, OnnxTensor weights, LowRankFactors factors)
    {
        string stem = node.Input[1];
        bool convolution = node.OpType == "Conv";
        (Matrix first, Matrix second) = convolution ? (factors.Right, factors.Left) : (factors.Left, IsTransposed(node) ? Transposed(factors.Right) : factors.Right);
        long[] kernel = [.. weights.Dims.Skip(2)];
        long[] firstDims = convolution ? [factors.Rank, weights.Dims[1], .. kernel] : [first.RowCount, first.ColumnCount];
        long[] secondDims = convolution ? [weights.Dims[0], factors.Rank, .. kernel.Select(_ => 1L)] : [second.RowCount, second.ColumnCount];
        var before = new OnnxNode { Name = graph.FreshName(node.Name + "_low"), OpType = convolution ? "Conv" : "MatMul" };
        before.Input.AddRange([node.Input[0], Add(graph, stem + "_low", first, firstDims)]);
        before.Output.Add(graph.FreshName(node.Output[0] + "_low"));
        OnnxNode after = node.Clone();
        after.Input[0] = before.Output[0];
        after.Input[1] = Add(graph, stem + "_high", second, secondDims);
        if (convolution)
        {
            before.Attribute.AddRange(node.Attribute.Select(attribute => attribute.Clone()));
            before.Set(OnnxAttribute.Of("kernel_shape", kernel));
            after.Attribute.Clear(); // stride 1 and no padding: the first one has moved already
            after.Set(OnnxAttribute.Of("kernel_shape", kernel.Select(_ => 1L)));
        }

        graph.Replace(node, before, after);
    }

    private static string Add(OnnxGraph graph, string stem, Matrix values, long[] dims)
    {
        string name = graph.FreshName(stem);
        graph.Initializer.Add(OnnxTensor.Of(name, Array.ConvertAll(values.Values.ToArray(), value => (float)value), dims));
        return name;
    }

    private static bool IsTransposed(OnnxNode node) => node.OpType == "Gemm" && node.GetInt("transB", 0) != 0;

    private static Matrix Transposed(Matrix w)
    {
        var values = new double[w.Values.Length];
        for (int i = 0; i < w.RowCount; i++)
        {
            ReadOnlySpan<double> row = w.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                values[(j * w.RowCount) + i] = row[j];
            }
        }

        return new Matrix(w.ColumnCount, w.RowCount, values);
    }
}
