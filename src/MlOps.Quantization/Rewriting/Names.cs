using MlOps.Onnx;

namespace MlOps.Quantization.Rewriting;

/// <summary>Hands out names that no value and no node of a graph has.</summary>
internal sealed class Names
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    internal Names(OnnxGraph graph) => Take(graph);

    internal string Fresh(string stem)
    {
        string name = stem;
        for (int i = 2; !_taken.Add(name); i++)
        {
            name = FormattableString.Invariant($"{stem}_{i}");
        }

        return name;
    }

    private void Take(OnnxGraph graph)
    {
        _taken.UnionWith(graph.Input.Concat(graph.Output).Select(value => value.Name));
        _taken.UnionWith(graph.Initializer.Select(tensor => tensor.Name));
        foreach (OnnxNode node in graph.Node)
        {
            _taken.Add(node.Name);
            _taken.UnionWith(node.Input);
            _taken.UnionWith(node.Output);
            foreach (OnnxAttribute attribute in node.Attribute)
            {
                if (attribute.G is not null)
                {
                    Take(attribute.G);
                }

                foreach (OnnxGraph inner in attribute.Graphs)
                {
                    Take(inner);
                }
            }
        }
    }
}
