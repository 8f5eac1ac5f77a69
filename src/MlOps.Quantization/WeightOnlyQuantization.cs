using MlOps.Onnx;
using MlOps.Quantization.Arithmetic;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization;

/// <summary>Stores the weights of MatMul and Gemm in 4 bits; everything that is computed stays a float. For large layers whose time goes into reading weights, as in language models.</summary>
/// <remarks>
/// A node whose weight is a constant matrix becomes ONNX Runtime's <c>com.microsoft.MatMulNBits</c> (1.17 and later read it; other runtimes do not), a Gemm with a bias one with an Add behind it.
/// No calibration data is needed. The nodes that stay are listed with the reason: an excluded one, a weight that is no constant matrix of floats or that would not become smaller, Gemm with factors
/// or a transposed input, and operators that ONNX Runtime has no 4-bit version of.
/// <para>The step from 8 to 4 bits costs about 24 dB per weight: measure the accuracy, and exclude the last layer first.</para>
/// </remarks>
public static class WeightOnlyQuantization
{
    private const string Method = "int4";
    private const string Domain = "com.microsoft";
    private const long OldestFormat = 4; // until format 3 every constant had to be listed as an input

    /// <summary>Quantizes a model.</summary>
    /// <param name="model">The model; it does not change.</param>
    /// <param name="options">Block size, zero points, nodes to leave alone; the defaults when null.</param>
    /// <param name="progress">Told the share of nodes that are done.</param>
    /// <param name="cancellationToken">Stops between nodes.</param>
    /// <exception cref="ArgumentException">A node to exclude is not in the model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OnnxException">The model is damaged, quantized already or keeps its values in other files (the message says which step would help).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static QuantizedModel Quantize(OnnxFile model, WeightOnlyOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options = (options ?? new WeightOnlyOptions()).Checked();
        IReadOnlyList<ModelNotice> notices = CompressionCheck.Check(model);
        OnnxFile file = model.Clone();
        OnnxGraph graph = file.Graph;
        if (options.Exclude.FirstOrDefault(name => graph.FindNode(name) is null) is { } unknown)
        {
            throw new ArgumentException($"There is no node '{unknown}' to exclude.", nameof(options));
        }

        var weights = new FourBitWeights(graph, options);
        var quantized = new List<string>();
        var kept = new List<KeptNode>();
        OnnxNode[] nodes = [.. graph.Node];
        for (int i = 0; i < nodes.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            OnnxNode node = nodes[i];
            string name = node.Label;
            if (FourBitCandidate.Of(graph, node) is { } candidate)
            {
                string? reason = options.Exclude.Contains(name) ? "It is excluded." : candidate.Reason ?? weights.Refuse(candidate.Weight!, candidate.Transposed);
                if (reason is null)
                {
                    Rewrite(graph, node, candidate, weights, options);
                    quantized.Add(name);
                }
                else
                {
                    kept.Add(new KeptNode(name, node.OpType, reason));
                }
            }

            progress?.Report((i + 1.0) / nodes.Length);
        }

        if (quantized.Count > 0)
        {
            weights.RemoveReplaced();
            file.IrVersion = Math.Max(file.IrVersion, OldestFormat);
            if (file.OpsetImport.All(set => set.Domain != Domain))
            {
                file.OpsetImport.Add(new OnnxOperatorSet { Domain = Domain, Version = 1 });
            }
        }

        return new QuantizedModel(file, Method, model.CalculateSize(), quantized, kept) { Notices = [.. notices.Select(notice => notice.Text)] }.WithSizeNotice();
    }

    private static void Rewrite(OnnxGraph graph, OnnxNode node, FourBitCandidate candidate, FourBitWeights weights, WeightOnlyOptions options)
    {
        (FourBitMatrix matrix, string[] inputs) = weights.Of(candidate.Weight!, candidate.Transposed);
        var product = new OnnxNode { Name = node.Name, OpType = "MatMulNBits", Domain = Domain };
        product.Input.Add(node.Input[0]);
        product.Input.AddRange(inputs);
        product.Attribute.Add([OnnxAttribute.Of("K", matrix.Rows), OnnxAttribute.Of("N", matrix.Columns), OnnxAttribute.Of("bits", 4L), OnnxAttribute.Of("block_size", matrix.BlockSize)]);
        if (options.AccuracyLevel > 0)
        {
            product.Attribute.Add(OnnxAttribute.Of("accuracy_level", options.AccuracyLevel));
        }

        string output = node.Output[0];
        if (candidate.Bias is null)
        {
            product.Output.Add(output);
            graph.Replace(node, product);
            return;
        }

        string before = graph.FreshName(output + "_product");
        product.Output.Add(before);
        var add = new OnnxNode { Name = graph.FreshName((node.Name.Length > 0 ? node.Name : output) + "_bias"), OpType = "Add" };
        add.Input.Add([before, candidate.Bias]);
        add.Output.Add(output);
        graph.Replace(node, product, add);
    }
}
