using System.Text.Json;
using MlOps.Learning;
using MlOps.Learning.Anomaly;
using MlOps.Learning.Trees;

namespace MlOps.Onnx.Tests.Export;

/// <summary>ONNX Runtime gives what the model gives, on scikit-learn's data sets (References/trees.json of the Learning tests).</summary>
public sealed class TreeExportTests
{
    private const double Tolerance = 1e-5;

    private static readonly JsonElement Root = JsonDocument.Parse(typeof(TreeExportTests).Assembly.GetManifestResourceStream("trees.json")!).RootElement;

    public static TheoryData<string, int> Classifiers => new()
    {
        { "cancer", 0 }, { "cancer", 1 }, { "cancer", 2 }, { "cancer", 3 }, { "wine", 0 }, { "wine", 1 }, { "wine", 2 }, { "wine", 3 },
    };

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Export_Classifier_AgreesInOnnxRuntime(string data, int kind)
    {
        (Matrix x, double[] targets) = Data(data);
        Labels y = Labels.Of(targets.Select(value => (long)value));
        IProbabilisticClassifier model = kind switch
        {
            0 => new DecisionTreeClassifier(minSamplesLeaf: 3).Fit(x, y),
            1 => new RandomForestClassifier(500, minSamplesLeaf: 2).Fit(x, y),
            2 => new GradientBoostingClassifier(rounds: 500).Fit(x, y),
            _ => new GradientBoostingClassifier(rounds: 40).Fit(Holes(x), y),
        };
        AssertAgrees(model, x);
        AssertAgrees(model, Rounded(x));
        if (kind == 3)
        {
            AssertAgrees(model, Holes(x));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Export_Regressor_AgreesInOnnxRuntime(int kind)
    {
        (Matrix x, double[] y) = Data("diabetes");
        IRegressor model = kind switch
        {
            0 => new DecisionTreeRegressor(minSamplesLeaf: 3).Fit(x, y),
            1 => new RandomForestRegressor(500).Fit(x, y),
            2 => new GradientBoostingRegressor(rounds: 500).Fit(x, y),
            3 => new GradientBoostingRegressor(RegressionLoss.Poisson).Fit(Holes(x), y),
            _ => new GradientBoostingRegressor(RegressionLoss.AbsoluteError).Fit(x, [.. y.Select(value => 1000 * value)]),
        };
        using OnnxModel onnx = OnnxModel.Open(OnnxExport.Export(model));
        foreach (Matrix rows in kind == 3 ? new[] { x, Rounded(x), Holes(x) } : [x, Rounded(x)])
        {
            AssertClose(model.Predict(rows), onnx.Run(rows, "prediction").Values);
        }
    }

    [Fact]
    public void Export_IsolationForest_AgreesInOnnxRuntime()
    {
        (Matrix x, _) = Data("cancer");
        IsolationForestModel model = new IsolationForest(trees: 300).Fit(x);
        using OnnxModel onnx = OnnxModel.Open(OnnxExport.Export(model));
        AssertClose(model.Score(x), onnx.Run(x, "score").Values);
        AssertClose(model.Score(Rounded(x)), onnx.Run(Rounded(x), "score").Values);
    }

    [Fact]
    public void Export_ValuesOnAThreshold_GoTheSameWay()
    {
        // The thresholds themselves, and the doubles next to them, which become the same float.
        (Matrix x, double[] y) = Data("diabetes");
        DecisionTreeRegressorModel model = new DecisionTreeRegressor().Fit(x, y);
        var rows = new List<double[]>();
        for (int i = 0; i < model.Tree.NodeCount; i++)
        {
            if (model.Tree.Features[i] != Tree.Leaf)
            {
                foreach (double value in (double[])[model.Tree.Thresholds[i], Math.BitIncrement((double)model.Tree.Thresholds[i]), MathF.BitIncrement(model.Tree.Thresholds[i])])
                {
                    double[] row = x.Row(i % x.RowCount).ToArray();
                    row[model.Tree.Features[i]] = value;
                    rows.Add(row);
                }
            }
        }

        Matrix edges = Matrix.FromRows(rows);
        using OnnxModel onnx = OnnxModel.Open(OnnxExport.Export(model));
        AssertClose(model.Predict(edges), onnx.Run(edges, "prediction").Values);
    }

    [Fact]
    public void Export_TreeOfOneLeaf_Runs()
    {
        DecisionTreeRegressorModel model = new DecisionTreeRegressor().Fit(Matrix.FromRows([[1], [1]]), [3, 4]);
        using OnnxModel onnx = OnnxModel.Open(OnnxExport.Export(model));
        Assert.Equal([3.5], onnx.Run(Matrix.FromRows([[9]]), "prediction").Values.ToArray());
    }

    [Fact]
    public void Export_Forest_KeepsTheCover()
    {
        (Matrix x, double[] y) = Data("wine");
        RandomForestClassifierModel model = new RandomForestClassifier(2).Fit(x, Labels.Of(y.Select(value => (long)value)));
        OnnxNode node = OnnxExport.Export(model).Graph.Node.Single(node => node.OpType == "TreeEnsembleRegressor");
        double[] cover = [.. model.Trees[0].Cover.ToArray(), .. model.Trees[1].Cover.ToArray()];
        Assert.Equal(cover, node.Attribute.Single(attribute => attribute.Name == "nodes_hitrates").Floats.Select(value => (double)value));
    }

    private static void AssertAgrees(IProbabilisticClassifier model, Matrix x)
    {
        using OnnxModel onnx = OnnxModel.Open(OnnxExport.Export(model));
        AssertClose(model.PredictProbabilities(x).Values.ToArray(), onnx.Run(x, "probabilities").Values);
        Assert.Equal(model.Predict(x).Select(code => model.Classes[code]), onnx.Labels(x));
    }

    private static void AssertClose(double[] expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i] - expected[i], -Tolerance * Math.Max(1, Math.Abs(expected[i])), Tolerance * Math.Max(1, Math.Abs(expected[i])));
        }
    }

    private static Matrix Rounded(Matrix x) => new(x.RowCount, x.ColumnCount, Array.ConvertAll(x.Values.ToArray(), value => (double)(float)value), x.ColumnNames);

    private static Matrix Holes(Matrix x)
    {
        double[] values = x.Values.ToArray();
        for (int i = 0; i < values.Length; i += 7)
        {
            values[i] = double.NaN;
        }

        return new Matrix(x.RowCount, x.ColumnCount, values, x.ColumnNames);
    }

    private static (Matrix X, double[] Y) Data(string name)
    {
        JsonElement data = Root.GetProperty(name);
        Matrix x = Matrix.FromRows([.. data.GetProperty("x").EnumerateArray().Select(Numbers)]);
        return (x, Numbers(data.GetProperty("y")));
    }

    private static double[] Numbers(JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetDouble())];
}
