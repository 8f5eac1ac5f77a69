using MlOps.Learning;
using MlOps.Learning.Linear;

namespace MlOps.Onnx.Export;

/// <summary>Export of linear models: one matrix product in double, and for logistic regression a softmax.</summary>
internal static class LinearExport
{
    /// <summary>Adds the nodes of a model that reads x, float, N × d; null if the model is of another family.</summary>
    internal static ModelOutput? TryWrite(GraphBuilder graph, string x, IModel model) => model switch
    {
        LinearRegressionModel linear => Regression(graph, x, linear),
        LogisticRegressionModel logistic => Logistic(graph, x, logistic),
        PerceptronModel perceptron => Scores(graph, x, perceptron.Coefficients, perceptron.Intercepts),
        _ => null,
    };

    /// <summary>Scores as they are; (−s, s) where two classes share a row.</summary>
    internal static ModelOutput Scores(GraphBuilder graph, string x, Matrix coefficients, IReadOnlyList<double> intercepts)
    {
        (coefficients, intercepts) = TwoRows(coefficients, intercepts, -1);
        string scores = DoubleArithmetic.Affine(graph, DoubleArithmetic.ToDouble(graph, x), coefficients, intercepts);
        return new ModelOutput.Classes(DoubleArithmetic.ToFloat(graph, scores), AreProbabilities: false);
    }

    private static ModelOutput.Numbers Regression(GraphBuilder graph, string x, LinearRegressionModel model)
    {
        var row = new Matrix(1, model.Coefficients.Count, [.. model.Coefficients]);
        string value = DoubleArithmetic.Affine(graph, DoubleArithmetic.ToDouble(graph, x), row, [model.Intercept]);
        return new ModelOutput.Numbers(DoubleArithmetic.ToFloat(graph, value));
    }

    private static ModelOutput.Classes Logistic(GraphBuilder graph, string x, LogisticRegressionModel model)
    {
        (Matrix coefficients, IReadOnlyList<double> intercepts) = TwoRows(model.Coefficients, model.Intercepts, 0); // softmax of (0, z) is (1 − σ(z), σ(z))
        string scores = DoubleArithmetic.Affine(graph, DoubleArithmetic.ToDouble(graph, x), coefficients, intercepts);
        string probabilities = graph.Add("Softmax", [scores], OnnxAttribute.Of("axis", 1));
        return new ModelOutput.Classes(DoubleArithmetic.ToFloat(graph, probabilities), AreProbabilities: true);
    }

    private static (Matrix Coefficients, IReadOnlyList<double> Intercepts) TwoRows(Matrix coefficients, IReadOnlyList<double> intercepts, double first)
    {
        if (coefficients.RowCount > 1)
        {
            return (coefficients, intercepts);
        }

        double[] row = coefficients.Values.ToArray();
        return (new Matrix(2, row.Length, [.. row.Select(w => first * w), .. row]), [first * intercepts[0], intercepts[0]]);
    }
}
