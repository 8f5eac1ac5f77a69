using MlOps.Learning.Neural;

namespace MlOps.Learning.Tests.Neural;

public sealed class MlpTests
{
    private static readonly MlpOptions Quick = new() { Hidden = [8], Epochs = 3 };

    [Fact]
    public void Classifier_BreastCancer_IsAsGoodAsScikitLearn()
    {
        // Oracle: scikit-learn 1.2.1, StandardScaler and MLPClassifier on the same rows: all 113 right.
        (Matrix x, Labels y, double score) = References.Cancer();
        int[] kept = References.Kept(y.Count), held = References.Held(y.Count);
        var shares = new List<double>();
        MlpClassifierModel model = new MlpClassifier(new MlpOptions { Epochs = 40 }).Fit(x.Take(kept), y.Take(kept), progress: new Call(shares.Add));
        double accuracy = model.Predict(x.Take(held)).Zip(held, (code, row) => code == y.Codes[row] ? 1.0 : 0).Average();
        Assert.True(accuracy >= score - 0.02, $"accuracy {accuracy}");
        Assert.Equal(1, shares[^1]);
        Assert.Equal(40, shares.Count);
    }

    [Fact]
    public void Regressor_WithoutHiddenLayers_IsTheLinearModel()
    {
        // Oracle: scikit-learn 1.2.1's Ridge(1) on the same rows, R² 0.445.
        (Matrix x, double[] y, double score) = References.Diabetes();
        int[] kept = References.Kept(y.Length), held = References.Held(y.Length);
        MlpRegressorModel model = new MlpRegressor(new MlpOptions { Hidden = [], Epochs = 150, LearningRate = 0.005, WeightDecay = 0 }).Fit(x.Take(kept), [.. kept.Select(row => y[row])]);
        Assert.Equal(score, R2([.. held.Select(row => y[row])], model.Predict(x.Take(held))), 0.02);
    }

    [Fact]
    public void Regressor_CurvedTarget_IsLearnedAndStopsEarly()
    {
        // y = 1000·a² + 100·b on made rows; a linear model explains b alone, about an eighth of the variance.
        var random = new Random(1);
        double[] values = [.. Enumerable.Range(0, 1200).Select(_ => random.NextDouble() - 0.5)];
        var x = new Matrix(600, 2, values);
        double[] y = [.. Enumerable.Range(0, 600).Select(i => (1000 * values[2 * i] * values[2 * i]) + (100 * values[(2 * i) + 1]))];
        MlpRegressorModel model = new MlpRegressor(new MlpOptions { Hidden = [24], Epochs = 400, LearningRate = 0.01, ValidationShare = 0.2 }).Fit(x, y);
        Assert.True(R2(y, model.Predict(x)) > 0.98, $"{R2(y, model.Predict(x))}");
        Assert.True(model.History.StoppedEarly);
    }

    [Fact]
    public void Fit_Twice_GivesTheSameModel()
    {
        (Matrix x, Labels y, _) = References.Cancer();
        var estimator = new MlpClassifier(Quick with { Dropout = 0.2, Seed = 4 });
        Assert.Equal(estimator.Fit(x, y).Network.Values.ToArray(), estimator.Fit(x, y).Network.Values.ToArray());
    }

    [Fact]
    public void Fit_ConstantAndCollinearColumns_Work()
    {
        (Matrix x, Labels y, _) = References.Cancer();
        var odd = new Matrix(x.RowCount, 3, [.. Enumerable.Range(0, x.RowCount).SelectMany(i => new[] { 7e8, x[i, 0], 2 * x[i, 0] })]);
        MlpClassifierModel model = new MlpClassifier(Quick).Fit(odd, y);
        Assert.All(model.PredictProbabilities(odd).Values.ToArray(), p => Assert.InRange(p, 0, 1));
        Assert.Equal(1, model.Scales[0]);
    }

    [Fact]
    public void Fit_Weights_MoveTheModelToTheHeavyClass()
    {
        (Matrix x, Labels y, _) = References.Cancer();
        double plain = new MlpClassifier(Quick).Fit(x, y).PredictProbabilities(x).Column(0).Average();
        double[] heavy = [.. y.Codes.ToArray().Select(code => code == 0 ? 20.0 : 1)];
        Assert.True(new MlpClassifier(Quick).Fit(x, y, heavy).PredictProbabilities(x).Column(0).Average() > plain + 0.1);
    }

    [Fact]
    public void Fit_BadInput_IsToldAtTheDoor()
    {
        var x = new Matrix(3, 2, [1, 2, 3, 4, 5, 6]);
        IClassifierEstimator classifier = new MlpClassifier(Quick);
        IRegressorEstimator regressor = new MlpRegressor(Quick);
        Labels y = Labels.Of([1L, 2, 1]);
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => classifier.Fit(x, Labels.Of([1L, 1, 1]))).ParamName);
        Assert.Contains("only 3 rows", Assert.Throws<ArgumentException>(() => classifier.Fit(x, new Labels([0, 1, 1], ["a", "b", "c", "d"]))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => classifier.Fit(x.Take([]), y.Take([])));
        Assert.Throws<ArgumentException>(() => classifier.Fit(x, y.Take([0, 1])));
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>(() => classifier.Fit(new Matrix(3, 2, [1, 2, 3, double.NaN, 5, 6]), y)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => regressor.Fit(x, [1, double.PositiveInfinity, 2]));
        Assert.Throws<ArgumentException>(() => classifier.Fit(x, y).Predict(new Matrix(1, 3, [1, 2, 3])));
        Assert.Throws<ArgumentException>(() => regressor.Fit(x, [1, 2, 3]).Predict(new Matrix(1, 2, [1, double.NaN])));
        Assert.All(regressor.Fit(x, [5, 5, 5]).Predict(x), number => Assert.True(double.IsFinite(number))); // a constant target has no spread to divide by
        Assert.Throws<DivergenceException>(() => new MlpRegressor(Quick with { LearningRate = 1e30, Epochs = 50 }).Fit(x, [1, 2, 3]));
        Assert.Throws<OperationCanceledException>(() => classifier.Fit(x, y, cancellationToken: new CancellationToken(true)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MlpOptions { Hidden = [0] });
    }

    private static double R2(double[] truth, double[] predicted)
    {
        double mean = truth.Average();
        return 1 - (truth.Zip(predicted, (t, p) => (t - p) * (t - p)).Sum() / truth.Sum(t => (t - mean) * (t - mean)));
    }

    private sealed class Call(Action<double> action) : IProgress<double>
    {
        public void Report(double value) => action(value);
    }
}
