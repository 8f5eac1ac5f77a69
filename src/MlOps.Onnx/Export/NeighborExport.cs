using MlOps.Learning;
using MlOps.Learning.Neighbors;

namespace MlOps.Onnx.Export;

/// <summary>Export of k nearest neighbours: distances in double, the nearest of them, and their votes.</summary>
internal static class NeighborExport
{
    /// <summary>Neighbours found beyond k by the fast formula for distances, whose last digits may put near ties in another order.</summary>
    private const int Spare = 8;

    /// <summary>Adds the nodes of a model that reads x, float, N × d; null if the model is of another family.</summary>
    internal static ModelOutput? TryWrite(GraphBuilder graph, string x, IModel model) => model switch
    {
        KNeighborsClassifierModel classifier => Classifier(graph, x, classifier),
        KNeighborsRegressorModel regressor => Regressor(graph, x, regressor),
        _ => null,
    };

    private static ModelOutput.Classes Classifier(GraphBuilder graph, string x, KNeighborsClassifierModel model)
    {
        (string rows, string votes) = Votes(graph, x, model.Cases, model.CaseWeights, model.K, model.NeighborWeights);
        int classes = model.Classes.Count;
        var oneHot = new double[model.Cases.RowCount * classes];
        for (int i = 0; i < model.Cases.RowCount; i++)
        {
            oneHot[(i * classes) + model.Labels.Codes[i]] = 1;
        }

        string shares = Mean(graph, rows, votes, graph.Constant("targets", oneHot, model.Cases.RowCount, classes));
        return new ModelOutput.Classes(DoubleArithmetic.ToFloat(graph, shares), AreProbabilities: true);
    }

    private static ModelOutput.Numbers Regressor(GraphBuilder graph, string x, KNeighborsRegressorModel model)
    {
        (string rows, string votes) = Votes(graph, x, model.Cases, model.CaseWeights, model.K, model.NeighborWeights);
        string mean = Mean(graph, rows, votes, graph.Constant("targets", [.. model.Targets], model.Targets.Count, 1));
        return new ModelOutput.Numbers(DoubleArithmetic.ToFloat(graph, mean));
    }

    /// <summary>The rows of the k nearest cases, int64, N × k, and how much each counts, double, N × k.</summary>
    private static (string Rows, string Votes) Votes(GraphBuilder graph, string x, Matrix cases, IReadOnlyList<double> caseWeights, int k, NeighborWeights kind)
    {
        int n = cases.RowCount;
        string wide = DoubleArithmetic.ToDouble(graph, x);
        string candidates = Candidates(graph, DoubleArithmetic.SquaredDistances(graph, wide, cases), Math.Min(n, k + Spare));

        // Exact distances to the candidates, which are in the order of their rows, so that the first of equals is the one TopK takes.
        string near = graph.Add("Gather", [graph.Constant("cases", cases.Values, n, cases.ColumnCount), candidates]);
        string difference = graph.Add("Sub", [graph.Add("Unsqueeze", [wide, graph.Constant("axis", [1L])]), near]);
        string distances = graph.Add("ReduceSumSquare", [difference], OnnxAttribute.Of("axes", [2L]), OnnxAttribute.Of("keepdims", 0));
        string[] nearest = Smallest(graph, DoubleArithmetic.ToFloat(graph, distances), k);
        string rows = graph.Add("GatherElements", [candidates, nearest[1]], OnnxAttribute.Of("axis", 1));
        string weights = graph.Add("Gather", [graph.Constant("case_weights", [.. caseWeights]), rows]);
        if (kind == NeighborWeights.Uniform)
        {
            return (rows, weights);
        }

        string length = graph.Add("Sqrt", [graph.Add("GatherElements", [distances, nearest[1]], OnnxAttribute.Of("axis", 1))]);
        string zero = graph.Add("Equal", [length, graph.Constant("zero", [0.0])]);
        string same = DoubleArithmetic.ToDouble(graph, zero);
        string anySame = graph.Add("Greater", [graph.Add("ReduceMax", [same], OnnxAttribute.Of("axes", [1L]), OnnxAttribute.Of("keepdims", 1)), graph.Constant("half", [0.5])]);
        string one = graph.Constant("one", [1.0]);
        string inverse = graph.Add("Div", [one, graph.Add("Where", [zero, one, length])]);
        return (rows, graph.Add("Mul", [graph.Add("Where", [anySame, same, inverse]), weights]));
    }

    /// <summary>Rows with the smallest distances, ascending by row, N × count.</summary>
    private static string Candidates(GraphBuilder graph, string distances, int count)
    {
        string found = Smallest(graph, DoubleArithmetic.ToFloat(graph, distances), count)[1];
        return Smallest(graph, found, count)[0];
    }

    private static string[] Smallest(GraphBuilder graph, string values, int count) =>
        graph.Add("", "TopK", [values, graph.Constant("count", [(long)count])], 2, OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("largest", 0), OnnxAttribute.Of("sorted", 1));

    /// <summary>The mean of the rows' targets, weighted by their votes: N × columns of the targets.</summary>
    private static string Mean(GraphBuilder graph, string rows, string votes, string targets)
    {
        string last = graph.Constant("last", [2L]);
        string each = graph.Add("Mul", [graph.Add("Gather", [targets, rows]), graph.Add("Unsqueeze", [votes, last])]);
        string neighbors = graph.Constant("neighbors", [1L]);
        string sum = graph.Add("ReduceSum", [each, neighbors], OnnxAttribute.Of("keepdims", 0));
        string total = graph.Add("ReduceSum", [votes, neighbors], OnnxAttribute.Of("keepdims", 1));
        return graph.Add("Div", [sum, total]);
    }
}
