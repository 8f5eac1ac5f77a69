using MlOps.Learning;
using MlOps.Learning.Bayes;

namespace MlOps.Onnx.Export;

/// <summary>Export of naive Bayes: the logarithm of the joint probability of case and class in double, and a softmax.</summary>
internal static class BayesExport
{
    /// <summary>Adds the nodes of a model that reads x, float, N × d; null if the model is of another family.</summary>
    internal static ModelOutput? TryWrite(GraphBuilder graph, string x, IModel model)
    {
        string? joint = model switch
        {
            GaussianNaiveBayesModel gaussian => Gaussian(graph, x, gaussian),
            MultinomialNaiveBayesModel counts => DoubleArithmetic.Affine(graph, DoubleArithmetic.ToDouble(graph, x), counts.LogProbabilities, [.. counts.Priors.Select(prior => Math.Log(prior))]),
            _ => null,
        };
        return joint is null
            ? null
            : new ModelOutput.Classes(DoubleArithmetic.ToFloat(graph, graph.Add("Softmax", [joint], OnnxAttribute.Of("axis", 1))), AreProbabilities: true);
    }

    private static string Gaussian(GraphBuilder graph, string x, GaussianNaiveBayesModel model)
    {
        int k = model.Means.RowCount;
        int d = model.Means.ColumnCount;
        double[] halfPrecisions = Array.ConvertAll(model.Variances.Values.ToArray(), variance => -0.5 / variance);
        string each = graph.Add("Unsqueeze", [DoubleArithmetic.ToDouble(graph, x), graph.Constant("axis", [1L])]); // N × 1 × d against k × d
        string difference = graph.Add("Sub", [each, graph.Constant("means", model.Means.Values, k, d)]);
        string squared = graph.Add("Mul", [graph.Add("Mul", [difference, difference]), graph.Constant("half_precisions", halfPrecisions, k, d)]);
        string sum = graph.Add("ReduceSum", [squared, graph.Constant("features", [2L])], OnnxAttribute.Of("keepdims", 0));
        return graph.Add("Add", [sum, graph.Constant("constants", model.Constants)]);
    }
}
