using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>Computes nodes that read constants only, by running them in ONNX Runtime.</summary>
internal static class ComputableClean
{
    private const long SmallBytes = 65536; // a result up to here may be larger than what it is made from

    private static readonly HashSet<string> s_left = new(StringComparer.Ordinal)
    {
        "Constant", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli", // their own step; another result each time
        "QuantizeLinear", "DequantizeLinear", // what they hold is small on purpose
        "SequenceConstruct", "SequenceEmpty", "SequenceInsert", "SequenceErase", "SplitToSequence", "Optional", "SequenceAt", "SequenceLength", "ConcatFromSequence", "OptionalGetElement", "OptionalHasElement",
    };

    internal static IReadOnlyList<string> Apply(OnnxFile file)
    {
        OnnxGraph graph = file.Graph;
        var index = new GraphIndex(graph);
        var sources = new Dictionary<string, long>(StringComparer.Ordinal); // bytes of the constants that a computable value is made from
        var nodes = new List<OnnxNode>();
        foreach (OnnxNode node in graph.Node.Where(node => IsComputable(node, index, sources)))
        {
            nodes.Add(node);
            long bytes = node.Input.Where(input => input.Length > 0).Sum(input => sources.TryGetValue(input, out long made) ? made : index.Constant(input)!.CalculateSize());
            foreach (string output in node.Output.Where(output => output.Length > 0))
            {
                sources[output] = bytes;
            }
        }

        HashSet<OnnxNode> inner = new(nodes, ReferenceEqualityComparer.Instance);
        HashSet<string> wanted = [.. graph.Node.Where(node => !inner.Contains(node)).SelectMany(node => node.Input).Where(sources.ContainsKey), .. sources.Keys.Where(index.IsHeld)];
        return wanted.Count == 0 ? [] : Replace(graph, nodes, Compute(file, nodes, wanted), wanted, sources);
    }

    private static bool IsComputable(OnnxNode node, GraphIndex index, Dictionary<string, long> sources) =>
        node.Domain is "" or "ai.onnx" && !s_left.Contains(node.OpType) && node.Input.Any(input => input.Length > 0)
        && !CompressionCheck.Nested(node).Any() && !node.Output.Any(output => index.Graph.Output.Any(value => value.Name == output))
        && node.Input.All(input => input.Length == 0 || sources.ContainsKey(input) || index.Constant(input) is not null);

    private static IReadOnlyDictionary<string, OnnxTensor> Compute(OnnxFile file, List<OnnxNode> nodes, HashSet<string> wanted)
    {
        var part = new OnnxFile { IrVersion = file.IrVersion, Graph = new OnnxGraph { Name = "constants" } };
        part.OpsetImport.AddRange(file.OpsetImport.Select(set => set.Clone()));
        HashSet<string> read = [.. nodes.SelectMany(node => node.Input)];
        part.Graph.Initializer.AddRange(file.Graph.Initializer.Where(tensor => read.Contains(tensor.Name)));
        part.Graph.Node.AddRange(nodes.Select(node => node.Clone()));
        part.Graph.Output.AddRange(wanted.Select(value => new OnnxValue { Name = value }));
        using var model = OnnxModel.Open(part);
        return model.Run(new Dictionary<string, OnnxTensor>());
    }

    private static List<string> Replace(OnnxGraph graph, List<OnnxNode> nodes, IReadOnlyDictionary<string, OnnxTensor> results, HashSet<string> wanted, Dictionary<string, long> sources)
    {
        var changes = new List<string>();
        foreach (OnnxNode node in nodes)
        {
            string[] read = [.. node.Output.Where(wanted.Contains)];
            if (read.Length > 0 && read.All(value => results[value].CalculateSize() <= Math.Max(SmallBytes, sources[value])))
            {
                // What only computed nodes read of it is computed already, or stays computable from the constant's own inputs.
                if (node.Output.Any(value => value.Length > 0 && !wanted.Contains(value) && graph.Consumers(value).Count > 0))
                {
                    continue;
                }

                graph.Node.Remove(node);
                graph.Initializer.AddRange(read.Select(value => results[value]));
                changes.Add($"{node.Title} reads constants only; its result is kept in its place.");
            }
        }

        if (changes.Count > 0)
        {
            graph.RemoveUnused();
        }

        return changes;
    }
}
