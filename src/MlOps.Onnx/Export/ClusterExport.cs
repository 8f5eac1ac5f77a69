using MlOps.Learning;
using MlOps.Learning.Clustering;

namespace MlOps.Onnx.Export;

/// <summary>Export of clusterings. Distances are computed in double precision, with the formulas of the models.</summary>
internal static class ClusterExport
{
    /// <summary>Adds the nodes of a model that reads x, float, N × d; null if the model is of another family.</summary>
    internal static ModelOutput? TryWrite(GraphBuilder graph, string x, IModel model) => model switch
    {
        KMeansModel means => Write(graph, StepExport.Double(graph, x), means),
        GaussianMixtureModel mixture => Write(graph, StepExport.Double(graph, x), mixture),
        _ => null,
    };

    private static ModelOutput.Clusters Write(GraphBuilder graph, string x, KMeansModel model)
    {
        string rows = graph.Add("Unsqueeze", [x, graph.Constant("axis", [1L])]); // N × 1 × d
        string off = graph.Add("Sub", [rows, graph.Constant("centers", model.Centers.Values, 1, model.ClusterCount, model.FeatureNames.Count)]);
        string distances = graph.Add("ReduceSum", [graph.Add("Mul", [off, off]), graph.Constant("axis", [2L])], OnnxAttribute.Of("keepdims", 0));
        return new ModelOutput.Clusters(graph.Add("ArgMin", [distances], OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("keepdims", 0)));
    }

    private static ModelOutput.Clusters Write(GraphBuilder graph, string x, GaussianMixtureModel model)
    {
        int d = model.FeatureNames.Count;
        string half = graph.Constant("half", [0.5]);
        string axis = graph.Constant("axis", [1L]);
        var densities = new string[model.ClusterCount];
        for (int c = 0; c < densities.Length; c++)
        {
            string off = graph.Add("Sub", [x, graph.Constant("mean", model.Means.Row(c), 1, d)]);
            double[] whitening = model.Parameters.Whitening(c);
            string white = model.Covariance == CovarianceType.Full
                ? graph.Add("MatMul", [off, graph.Constant("whitening", Transposed(whitening, d), d, d)])
                : graph.Add("Mul", [off, graph.Constant("whitening", whitening, 1, d)]);
            string distance = graph.Add("ReduceSum", [graph.Add("Mul", [white, white]), axis], OnnxAttribute.Of("keepdims", 1));
            densities[c] = graph.Add("Sub", [graph.Constant("constant", [model.Parameters.Constant(c)], 1, 1), graph.Add("Mul", [half, distance])]);
        }

        string all = graph.Add("Concat", densities, OnnxAttribute.Of("axis", 1));
        string shares = graph.Add("Softmax", [all], OnnxAttribute.Of("axis", 1));
        return new ModelOutput.Clusters(
            graph.Add("ArgMax", [all], OnnxAttribute.Of("axis", 1), OnnxAttribute.Of("keepdims", 0)),
            graph.Add("Cast", [shares], OnnxAttribute.Of("to", (long)OnnxElementType.Float)),
            model.ClusterCount);
    }

    private static double[] Transposed(double[] square, int d) => [.. Enumerable.Range(0, d * d).Select(i => square[(i % d * d) + (i / d)])];
}
