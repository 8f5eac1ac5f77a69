using MlOps.Learning.Preprocessing;

namespace MlOps.Onnx.Export;

/// <summary>Export of bins. Edges and values are compared in single precision, as the fitted step does.</summary>
internal static class BinExport
{
    internal static StepPart.Numbers Write(GraphBuilder graph, StepPart.Numbers numbers, FittedBins bins)
    {
        var columns = new List<StepPart>();
        for (int j = 0; j < numbers.Columns; j++)
        {
            string column = StepExport.Column(graph, numbers, j);
            string single = graph.Add("Cast", [column], OnnxAttribute.Of("to", (long)OnnxElementType.Float));
            float[] edges = [.. bins.Edges[j]];
            columns.Add(bins.OneHot ? OneHot(graph, single, edges) : new StepPart.Numbers(Number(graph, column, single, edges), 1));
        }

        return StepExport.Merge(graph, columns);
    }

    /// <summary>A column a bin: edge below ≤ value &lt; edge above. NaN is in none.</summary>
    private static StepPart.Numbers OneHot(GraphBuilder graph, string single, float[] edges)
    {
        int count = edges.Length + 1;
        string below = graph.Constant("below", (float[])[float.NegativeInfinity, .. edges], 1, count);
        string above = graph.Constant("above", (float[])[.. edges, float.PositiveInfinity], 1, count);
        string inside = graph.Add("And", [graph.Add("GreaterOrEqual", [single, below]), graph.Add("Less", [single, above])]);
        return new StepPart.Numbers(StepExport.Double(graph, inside), count);
    }

    /// <summary>The number of edges ≤ value, plus x − x, which is NaN for NaN and 0 for a number.</summary>
    private static string Number(GraphBuilder graph, string column, string single, float[] edges)
    {
        string nothing = graph.Add("Sub", [column, column]);
        if (edges.Length == 0)
        {
            return nothing;
        }

        string reached = StepExport.Double(graph, graph.Add("GreaterOrEqual", [single, graph.Constant("edges", edges, 1, edges.Length)]));
        string count = graph.Add("ReduceSum", [reached, graph.Constant("axis", [1L])], OnnxAttribute.Of("keepdims", 1));
        return graph.Add("Add", [count, nothing]);
    }
}
