using System.Text.Json;
using MlOps.Learning;
using MlOps.Learning.Bayes;
using MlOps.Learning.Linear;
using MlOps.Learning.Neighbors;
using MlOps.Learning.SupportVectors;

namespace MlOps.Onnx.Tests.Export;

/// <summary>Oracle: the fitted C# model. Real unscaled data, rounded to float as the file's input is, and as it is.</summary>
public sealed class LinearFamilyTests
{
    private const double Tolerance = 1e-5; // relative where numbers are larger than 1

    private static readonly JsonElement Data = Load();

    public static TheoryData<string, string> Classifiers
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string data in new[] { "cancer", "iris", "wine", "digits" })
            {
                foreach (string estimator in Estimators.Keys)
                {
                    all.Add(estimator, data);
                }
            }

            return all;
        }
    }

    private static Dictionary<string, IClassifierEstimator> Estimators { get; } = new()
    {
        ["logistic"] = new LogisticRegression(),
        ["logistic, weak penalty"] = new LogisticRegression(1e-3),
        ["perceptron"] = new Perceptron(20),
        ["linear SVM"] = new LinearSvm(maxEpochs: 50),
        ["RBF SVM"] = new RbfSvm(),
        ["RBF SVM, narrow"] = new RbfSvm(10, 0.1),
        ["Gaussian Bayes"] = new GaussianNaiveBayes(),
        ["multinomial Bayes"] = new MultinomialNaiveBayes(),
        ["neighbours"] = new KNeighborsClassifier(),
        ["neighbours by distance"] = new KNeighborsClassifier(7, NeighborWeights.Distance),
    };

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Export_Classifier_EqualsTheModel(string estimator, string data)
    {
        (Matrix x, double[] y) = Rows(data);
        Labels labels = Labels.Of(y.Select(value => (long)value));
        int[] train = [.. Enumerable.Range(0, x.RowCount).Where(i => i % 3 != 0)];
        double[] weights = [.. train.Select(i => 1.0 + (i % 2))];
        AssertEqual(Estimators[estimator].Fit(x.Take(train), labels.Take(train), weights), x); // two thirds of the rows were seen, one third not
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Export_ClassWithoutCases_EqualsTheModel(bool threeOthers)
    {
        (Matrix x, double[] y) = Rows("iris");
        int[] train = [.. Enumerable.Range(0, threeOthers ? 150 : 100)];
        var labels = new Labels([.. train.Select(i => (int)y[i] * 2 > 2 ? 3 : (int)y[i] * 2)], ["a", "unseen", "b", "c"]);
        foreach (IClassifierEstimator estimator in Estimators.Values)
        {
            AssertEqual(estimator.Fit(x.Take(train), labels), x);
        }
    }

    [Fact]
    public void Export_Regressor_EqualsTheModel()
    {
        (Matrix x, double[] y) = Rows("diabetes");
        int[] train = [.. Enumerable.Range(0, x.RowCount).Where(i => i % 3 != 0)];
        double[] targets = [.. train.Select(i => y[i])];
        IRegressorEstimator[] estimators = [new LinearRegression(), new RidgeRegression(10), new KNeighborsRegressor(), new KNeighborsRegressor(200, NeighborWeights.Distance)];
        foreach (IRegressorEstimator estimator in estimators)
        {
            IRegressor model = estimator.Fit(x.Take(train), targets, [.. train.Select(i => 1.0 + (i % 2))]);
            using OnnxModel onnx = OnnxModel.Open(OnnxExport.Export(model));
            foreach (Matrix rows in new[] { x, AsFloats(x) })
            {
                Close(model.Predict(rows), onnx.Run(rows, "prediction").Values, estimator.ToString()!);
            }
        }
    }

    [Fact]
    public void Export_NeighborsAtEqualDistances_TakesTheFirstRows()
    {
        // Whole numbers from 0 to 3 in two columns: most distances are equal to others.
        var random = new Random(1);
        var x = new Matrix(200, 2, [.. Enumerable.Range(0, 400).Select(_ => (double)random.Next(4))]);
        Labels y = Labels.Of(Enumerable.Range(0, 200).Select(_ => (long)random.Next(3)));
        AssertEqual(new KNeighborsClassifier(3).Fit(x, y), x);
        AssertEqual(new KNeighborsClassifier(3, NeighborWeights.Distance).Fit(x, y), x);
    }

    private static void AssertEqual(IClassifier model, Matrix x)
    {
        using OnnxModel onnx = OnnxModel.Open(OnnxExport.Export(model));
        string output = model is IProbabilisticClassifier ? "probabilities" : "scores";
        foreach (Matrix rows in new[] { x, AsFloats(x) })
        {
            Close(model.Scores(rows).Values, onnx.Run(rows, output).Values, model.GetType().Name);
            Assert.Equal(model.Predict(rows).Select(code => model.Classes[code]), onnx.Labels(rows));
        }
    }

    private static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            bool close = expected[i] == actual[i] || Math.Abs(expected[i] - actual[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(close, FormattableString.Invariant($"{what}, value {i}: the model gives {expected[i]:R}, ONNX Runtime {actual[i]:R}."));
        }
    }

    private static Matrix AsFloats(Matrix x) => new(x.RowCount, x.ColumnCount, Array.ConvertAll(x.Values.ToArray(), value => (double)(float)value));

    private static (Matrix X, double[] Y) Rows(string name)
    {
        JsonElement set = Data.GetProperty(name);
        return (Matrix.FromRows([.. set.GetProperty("x").EnumerateArray().Select(Row)]), Row(set.GetProperty("y")));
    }

    private static double[] Row(JsonElement element) => [.. element.EnumerateArray().Select(value => value.GetDouble())];

    private static JsonElement Load()
    {
        using Stream stream = typeof(LinearFamilyTests).Assembly.GetManifestResourceStream("linear.json")!;
        return JsonDocument.Parse(stream).RootElement;
    }
}
