using MlOps.Learning;
using MlOps.Learning.SupportVectors;

namespace MlOps.Onnx.Export;

/// <summary>Export of support vector machines with plain operators in double: those of ai.onnx.ml compute kernels in float.</summary>
internal static class SupportVectorExport
{
    /// <summary>Adds the nodes of a model that reads x, float, N × d; null if the model is of another family.</summary>
    internal static ModelOutput? TryWrite(GraphBuilder graph, string x, IModel model) => model switch
    {
        LinearSvmModel linear => LinearExport.Scores(graph, x, linear.Coefficients, linear.Intercepts),
        RbfSvmModel rbf => new ModelOutput.Classes(DoubleArithmetic.ToFloat(graph, Rbf(graph, x, rbf)), AreProbabilities: false),
        _ => null,
    };

    private static string Rbf(GraphBuilder graph, string x, RbfSvmModel model)
    {
        string distances = DoubleArithmetic.SquaredDistances(graph, DoubleArithmetic.ToDouble(graph, x), model.SupportVectors);
        string kernel = graph.Add("Exp", [graph.Add("Mul", [distances, graph.Constant("minus_gamma", [-model.Gamma])])]);
        string decisions = DoubleArithmetic.Affine(graph, kernel, model.DualCoefficients, model.Intercepts);
        int classes = model.Classes.Count;
        return classes == 2 ? graph.Add("Mul", [decisions, graph.Constant("signs", [-1.0, 1.0])]) : Votes(graph, decisions, model, classes);
    }

    /// <summary>A vote of each machine for one of its two classes, and the sums of its decision values to break ties.</summary>
    private static string Votes(GraphBuilder graph, string decisions, RbfSvmModel model, int classes)
    {
        var toSecond = new double[model.Pairs.Count * classes]; // what the votes change when a machine speaks for its second class
        var toFirst = new double[classes]; // the votes if every machine spoke for its first class
        for (int m = 0; m < model.Pairs.Count; m++)
        {
            (int first, int second) = model.Pairs[m];
            toSecond[(m * classes) + second] = 1;
            toSecond[(m * classes) + first] = -1;
            toFirst[first]++;
        }

        string change = graph.Constant("pairs", toSecond, model.Pairs.Count, classes);
        string positive = DoubleArithmetic.ToDouble(graph, graph.Add("Greater", [decisions, graph.Constant("zero", [0.0])]));
        string votes = graph.Add("Gemm", [positive, change, graph.Constant("first_votes", toFirst)]);
        string sums = graph.Add("MatMul", [decisions, change]);
        string size = graph.Add("Add", [graph.Add("Abs", [sums]), graph.Constant("one", [1.0])]);
        string share = graph.Add("Div", [sums, graph.Add("Mul", [size, graph.Constant("three", [3.0])])]);
        return graph.Add("Add", [votes, share]);
    }
}
