namespace MlOps.Onnx.Checking;

/// <summary>Names and order in a graph: every value is made once, before it is read, and somebody reads it.</summary>
internal sealed class GraphCheck(Findings findings, NodeCheck nodes, IReadOnlySet<string>? outside = null)
{
    private const int DeepestNesting = 64;

    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> _outside = outside ?? new HashSet<string>();

    internal void Check(OnnxGraph graph, string place, int depth = 0)
    {
        CheckInputs(graph, place);
        CheckConstants(graph);
        CheckNodes(graph, depth);
        CheckOutputs(graph, place);
        CheckUse(graph);
    }

    private void CheckInputs(OnnxGraph graph, string place)
    {
        foreach (OnnxValue input in graph.Input)
        {
            if (input.Name.Length == 0)
            {
                findings.Error(place, "An input has no name.", "Give it one.");
            }
            else if (!_made.Add(input.Name))
            {
                findings.Error($"input '{input.Name}'", "There are two inputs of this name.", "Rename one of them.");
            }

            if (_outside.Count == 0 && input.Type is null)
            {
                findings.Error($"input '{input.Name}'", "Its type is not given.", "Set Type: elements and shape.");
            }
        }
    }

    private void CheckConstants(OnnxGraph graph)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (OnnxTensor tensor in graph.Initializer)
        {
            if (tensor.Name.Length == 0)
            {
                findings.Error("constant", "It has no name, so nobody can read it.", "Give it one, or remove it.");
            }
            else if (!names.Add(tensor.Name))
            {
                findings.Error($"constant '{tensor.Name}'", "There are two constants of this name.", "Rename one of them.");
            }

            _made.Add(tensor.Name); // an input of the same name is no conflict: the constant is then its default
            TensorCheck.Check(tensor, $"constant '{tensor.Name}'", findings);
        }

        _made.UnionWith(graph.SparseInitializer.Select(sparse => sparse.Values?.Name ?? ""));
    }

    private void CheckNodes(OnnxGraph graph, int depth)
    {
        Dictionary<string, OnnxNode> makers = new(StringComparer.Ordinal);
        foreach (OnnxNode node in graph.Node)
        {
            foreach (string value in node.Output.Where(value => value.Length > 0))
            {
                makers.TryAdd(value, node);
            }
        }

        HashSet<string> cyclic = [.. NodeOrder.Of(graph).Cyclic.SelectMany(node => node.Output)];
        if (cyclic.Count > 0)
        {
            string circle = string.Join(", ", graph.Node.Where(node => node.Output.Any(cyclic.Contains)).Select(node => node.Title));
            findings.Error("graph", $"These nodes read each other's outputs in a circle: {circle}.", "A graph has no cycles; use Loop or Scan to repeat something.");
        }

        HashSet<string> titles = new(StringComparer.Ordinal);
        foreach (OnnxNode node in graph.Node)
        {
            if (node.Name.Length > 0 && !titles.Add(node.Name))
            {
                findings.Warning(node.Title, "Another node has the same name.", "Rename one, so that messages tell them apart.");
            }

            CheckReads(node, makers, cyclic);
            nodes.Check(node);
            CheckNested(node, depth);
            foreach (string value in node.Output.Where(value => value.Length > 0))
            {
                if (!_made.Add(value) || _outside.Contains(value))
                {
                    findings.Error(node.Title, $"It makes '{value}', which is there already.", "Every value has one maker; rename one of the two.");
                }
            }
        }
    }

    private void CheckReads(OnnxNode node, Dictionary<string, OnnxNode> makers, HashSet<string> cyclic)
    {
        foreach (string value in node.Input.Where(value => value.Length > 0 && !_made.Contains(value) && !_outside.Contains(value)))
        {
            if (!makers.TryGetValue(value, out OnnxNode? maker))
            {
                findings.Error(node.Title, $"It reads '{value}', which nothing makes.", "It is no input, no constant and no output of a node: a typing error, or a node was removed.");
            }
            else if (!cyclic.Contains(value))
            {
                findings.Error(node.Title, $"It reads '{value}' before {maker.Title} makes it.", "Put the nodes in order: OnnxGraph.Sort does.");
            }
        }
    }

    private void CheckNested(OnnxNode node, int depth)
    {
        foreach (OnnxGraph graph in node.NestedGraphs())
        {
            if (depth >= DeepestNesting)
            {
                findings.Error(node.Title, $"Graphs are nested more than {DeepestNesting} deep.", "No tool writes that; the file may have been made to do harm.");
                return;
            }

            new GraphCheck(findings, nodes, new HashSet<string>([.. _outside, .. _made])).Check(graph, $"{node.Title}, graph '{graph.Name}'", depth + 1);
        }
    }

    private void CheckOutputs(OnnxGraph graph, string place)
    {
        if (graph.Output.Count == 0)
        {
            findings.Error(place, "It has no output.", "Expose the value that is wanted: OnnxGraph.Expose.");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (OnnxValue output in graph.Output)
        {
            if (!names.Add(output.Name))
            {
                findings.Error($"output '{output.Name}'", "There are two outputs of this name.", "Remove one of them.");
            }
            else if (!_made.Contains(output.Name) && !_outside.Contains(output.Name))
            {
                findings.Error($"output '{output.Name}'", "Nothing makes it.", "Rename it to a value that is made, or remove it.");
            }
        }
    }

    private void CheckUse(OnnxGraph graph)
    {
        HashSet<string> read = [.. graph.Output.Select(output => output.Name), .. graph.Node.SelectMany(node => node.Input)];
        bool IsRead(string value) => read.Contains(value) || graph.Node.Any(node => node.Attribute.Count > 0 && node.NestedGraphs().Any(inner => inner.Captures(value)));

        foreach (OnnxNode node in graph.Node.Where(node => node.Output.Count > 0 && !node.Output.Any(IsRead)))
        {
            findings.Warning(node.Title, "Nobody reads what it makes.", "OnnxGraph.RemoveUnused takes it out.");
        }

        foreach (OnnxTensor tensor in graph.Initializer.Where(tensor => !IsRead(tensor.Name)))
        {
            findings.Warning($"constant '{tensor.Name}'", "Nobody reads it.", "OnnxGraph.RemoveUnused takes it out.");
        }

        foreach (OnnxValue input in graph.Input.Where(input => _outside.Count == 0 && !IsRead(input.Name)))
        {
            findings.Warning($"input '{input.Name}'", "Nobody reads it, and it still has to be fed.", "Remove it if it is not needed.");
        }
    }
}
