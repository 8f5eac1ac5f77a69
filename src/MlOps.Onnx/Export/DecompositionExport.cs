using MlOps.Learning;
using MlOps.Learning.Decomposition;

namespace MlOps.Onnx.Export;

/// <summary>Export of principal components and of matrix factorisations, in double precision.</summary>
internal static class DecompositionExport
{
    /// <summary>Adds the nodes of a model that reads x, float, N × d; null if the model is of another family.</summary>
    internal static ModelOutput? TryWrite(GraphBuilder graph, string x, IModel model)
    {
        if (model is not PcaModel pca)
        {
            return null;
        }

        int d = pca.FeatureNames.Count;
        int k = pca.OutputNames.Count;
        double[] directions = [.. Enumerable.Range(0, d).SelectMany(j => pca.Components.Column(j))]; // d × k
        string centered = graph.Add("Sub", [StepExport.Double(graph, x), graph.Constant("mean", pca.Means.ToArray(), 1, d)]);
        string scores = graph.Add("MatMul", [centered, graph.Constant("components", directions, d, k)]);
        string scaled = graph.Add("Div", [scores, graph.Constant("scale", pca.Scales.ToArray(), 1, k)]);
        return new ModelOutput.Features(Single(graph, scaled), k);
    }

    /// <summary>A model with two inputs of codes. Row −1 of each table, which is its last, holds zeros: it stands for one that had no rating.</summary>
    internal static OnnxFile Build(MatrixFactorizationModel model)
    {
        var graph = new GraphBuilder("MatrixFactorization");
        string user = graph.Input("user", OnnxElementType.Int64);
        string item = graph.Input("item", OnnxElementType.Int64);
        string products = graph.Add("Mul", [Rows(graph, "user_factors", model.UserFactors.Values, model.UserFactors.ColumnCount, user), Rows(graph, "item_factors", model.ItemFactors.Values, model.ItemFactors.ColumnCount, item)]);
        string match = graph.Add("ReduceSum", [products, graph.Constant("axis", [1L])], OnnxAttribute.Of("keepdims", 1));
        string biases = graph.Add("Add", [Rows(graph, "user_biases", model.UserBiases.ToArray(), 1, user), Rows(graph, "item_biases", model.ItemBiases.ToArray(), 1, item)]);
        string rating = graph.Add("Add", [graph.Add("Add", [biases, graph.Constant("mean", [model.Mean])]), match]);
        return graph.Output("prediction", Single(graph, rating), OnnxElementType.Float, 1).Build();
    }

    private static string Rows(GraphBuilder graph, string name, ReadOnlySpan<double> values, int width, string codes)
    {
        double[] withUnknown = [.. values, .. new double[width]];
        return graph.Add("Gather", [graph.Constant(name, withUnknown, withUnknown.Length / width, width), codes], OnnxAttribute.Of("axis", 0));
    }

    private static string Single(GraphBuilder graph, string value) =>
        graph.Add("Cast", [value], OnnxAttribute.Of("to", (long)OnnxElementType.Float));
}
