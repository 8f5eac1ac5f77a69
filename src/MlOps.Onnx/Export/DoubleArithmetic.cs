using MlOps.Learning;

namespace MlOps.Onnx.Export;

/// <summary>Steps that several exporters take in double, because float loses the digits of unscaled features.</summary>
internal static class DoubleArithmetic
{
    internal static string ToDouble(GraphBuilder graph, string value) => graph.Add("Cast", [value], OnnxAttribute.Of("to", (long)OnnxElementType.Double));

    internal static string ToFloat(GraphBuilder graph, string value) => graph.Add("Cast", [value], OnnxAttribute.Of("to", (long)OnnxElementType.Float));

    /// <summary>x · wᵀ + b for every row w of coefficients, N × rows.</summary>
    internal static string Affine(GraphBuilder graph, string x, Matrix coefficients, IReadOnlyList<double> intercepts)
    {
        string w = graph.Constant("coefficients", coefficients.Values, coefficients.RowCount, coefficients.ColumnCount);
        string b = graph.Constant("intercepts", [.. intercepts]);
        return graph.Add("Gemm", [x, w, b], OnnxAttribute.Of("transB", 1));
    }

    /// <summary>‖x − t‖² for every row t, N × rows: <c>‖x‖² + ‖t‖² − 2 x·t</c> of features that are centred first, so that little cancels.</summary>
    internal static string SquaredDistances(GraphBuilder graph, string x, Matrix rows)
    {
        int n = rows.RowCount;
        int d = rows.ColumnCount;
        var means = new double[d];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < d; j++)
            {
                means[j] += rows[i, j] / n;
            }
        }

        var centred = new double[n * d];
        var squares = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < d; j++)
            {
                double value = rows[i, j] - means[j];
                centred[(i * d) + j] = value;
                squares[i] += value * value;
            }
        }

        string moved = graph.Add("Sub", [x, graph.Constant("center", means)]);
        string own = graph.Add("ReduceSumSquare", [moved], OnnxAttribute.Of("axes", [1L]), OnnxAttribute.Of("keepdims", 1));
        string others = graph.Add("Gemm", [moved, graph.Constant("rows", centred, n, d), graph.Constant("squares", squares)], OnnxAttribute.Of("transB", 1), OnnxAttribute.Of("alpha", -2f));
        return graph.Add("Add", [own, others]);
    }
}
