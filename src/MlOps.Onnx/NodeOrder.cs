namespace MlOps.Onnx;

/// <summary>An order of a graph's nodes in which every value is made before it is read.</summary>
internal static class NodeOrder
{
    /// <summary>Kahn's algorithm; of the nodes that are ready, the one that stood first comes first.</summary>
    /// <returns>The nodes in order, without those on a cycle or behind one; and those on a cycle.</returns>
    internal static (IReadOnlyList<OnnxNode> Sorted, IReadOnlyList<OnnxNode> Cyclic) Of(OnnxGraph graph)
    {
        int n = graph.Node.Count;
        var maker = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < n; i++)
        {
            foreach (string value in graph.Node[i].Output.Where(value => value.Length > 0))
            {
                maker.TryAdd(value, i);
            }
        }

        var readers = new List<int>[n];
        var waits = new int[n];
        for (int i = 0; i < n; i++)
        {
            foreach (int source in Reads(graph.Node[i]).Where(maker.ContainsKey).Select(value => maker[value]).Distinct())
            {
                (readers[source] ??= []).Add(i);
                waits[i]++;
            }
        }

        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, n).Where(i => waits[i] == 0).Select(i => (i, i)));
        var sorted = new List<OnnxNode>(n);
        while (ready.TryDequeue(out int node, out _))
        {
            sorted.Add(graph.Node[node]);
            foreach (int reader in readers[node] ?? [])
            {
                if (--waits[reader] == 0)
                {
                    ready.Enqueue(reader, reader);
                }
            }
        }

        return (sorted, [.. Cycle(readers, waits).Select(i => graph.Node[i])]);
    }

    /// <summary>Drops, of the nodes that never became ready, those that nobody else of them reads: what stays lies on a cycle or between two.</summary>
    private static IEnumerable<int> Cycle(List<int>[] readers, int[] waits)
    {
        HashSet<int> left = [.. Enumerable.Range(0, waits.Length).Where(i => waits[i] > 0)];
        while (left.RemoveWhere(i => readers[i] is null || !readers[i].Exists(left.Contains)) > 0)
        {
        }

        return left.Order();
    }

    private static IEnumerable<string> Reads(OnnxNode node) => node.Input.Concat(node.NestedGraphs().SelectMany(Outside)).Where(value => value.Length > 0);

    /// <summary>The names that a nested graph may take from outside; a superset does no harm.</summary>
    private static IEnumerable<string> Outside(OnnxGraph graph)
    {
        HashSet<string> inside = [.. graph.Input.Select(input => input.Name), .. graph.Initializer.Select(tensor => tensor.Name), .. graph.Node.SelectMany(node => node.Output)];
        return graph.Node.SelectMany(Reads).Concat(graph.Output.Select(output => output.Name)).Where(name => !inside.Contains(name));
    }
}
