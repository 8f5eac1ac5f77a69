using MlOps.Learning.Linear;

namespace MlOps.Learning.Tests.Linear;

/// <summary>Oracle: scikit-learn 1.2.1, newton-cholesky and newton-cg at tight tolerances, on its own data sets without scaling; see References/linear.py.</summary>
public sealed class LogisticRegressionTests
{
    private const double Tolerance = 1e-6; // the promise is 1e-4; scikit-learn's own solvers agree to about 1e-7 here

    [Theory]
    [InlineData("logisticCancer", 1, false)]
    [InlineData("logisticCancerWeak", 0.01, false)]
    [InlineData("logisticCancerWeighted", 1, true)]
    public void Fit_CancerUnscaled_EqualsScikitLearn(string reference, double l2, bool weighted)
    {
        (Matrix x, Labels y) = Reference.Classes("cancer");
        LogisticRegressionModel model = new LogisticRegression(l2).Fit(x, y, weighted ? Reference.Weights(y.Count) : null);
        Assert.True(model.Converged);
        Assert.Equal(1, model.Coefficients.RowCount);
        Reference.Close(Reference.Values(reference + "/coefficients"), model.Coefficients.Values.ToArray(), Tolerance);
        Reference.Close(Reference.Values(reference + "/intercepts"), model.Intercepts, Tolerance);
    }

    [Theory]
    [InlineData("wine", "logisticWine")]
    [InlineData("iris", "logisticIris")]
    public void Fit_SeveralClassesUnscaled_EqualsScikitLearn(string data, string reference)
    {
        (Matrix x, Labels y) = Reference.Classes(data);
        LogisticRegressionModel model = new LogisticRegression().Fit(x, y);
        Assert.True(model.Converged);
        Reference.Close(Reference.Values(reference + "/coefficients"), model.Coefficients.Values.ToArray(), 1e-5);
        Reference.Close(Reference.Values(reference + "/intercepts"), model.Intercepts, 1e-5);
    }

    [Fact]
    public void Fit_DigitsWithConstantColumns_EqualsScikitLearn()
    {
        (Matrix x, Labels y) = Reference.Classes("digits");
        LogisticRegressionModel model = new LogisticRegression().Fit(x, y);
        Assert.True(model.Converged);
        Reference.Close(Reference.Values("logisticDigits/firstRow"), model.Coefficients.Row(0).ToArray(), 1e-5);
        Reference.Close(Reference.Values("logisticDigits/intercepts"), model.Intercepts, 1e-5);
    }

    [Fact]
    public void Fit_TooManyParametersForTheirHessian_EqualsScikitLearn()
    {
        (Matrix x, Labels y) = Reference.Classes("digits");
        Matrix wide = Matrix.FromRows([.. Enumerable.Range(0, 200).Select(i => (double[])[.. x.Row(i), .. x.Row(i).ToArray().Select(value => value * value)])]);
        LogisticRegressionModel model = new LogisticRegression(1e3, maxIterations: 2000).Fit(wide, y.Take([.. Enumerable.Range(0, 200)]));
        Assert.True(model.Converged);
        Reference.Close(Reference.Values("logisticWide/firstRow"), model.Coefficients.Row(0).ToArray(), 1e-4);
        Reference.Close(Reference.Values("logisticWide/intercepts"), model.Intercepts, 1e-4);
    }

    [Fact]
    public void PredictProbabilities_Wine_EqualsScikitLearn()
    {
        (Matrix x, Labels y) = Reference.Classes("wine");
        Matrix p = new LogisticRegression().Fit(x, y).PredictProbabilities(x);
        Reference.Close(Reference.Values("logisticWine/probabilities"), p.Values.ToArray(), 1e-6);
        Assert.All(Enumerable.Range(0, p.RowCount), i => Assert.Equal(1, p.Row(i).ToArray().Sum(), 1e-12));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(2.0)]
    public void Fit_ManyRows_GradientIsZero(double l2)
    {
        // The optimum is where the gradient vanishes: Σ (p − t) x + λ w = 0 and Σ (p − t) = 0.
        (Matrix x, Labels y) = Noisy(20_000, 5, 3);
        LogisticRegressionModel model = new LogisticRegression(l2).Fit(x, y);
        Matrix p = model.PredictProbabilities(x);
        double[] residuals = [.. Enumerable.Range(0, y.Count).Select(i => p[i, 1] - y.Codes[i])];
        Assert.Equal(0, residuals.Sum(), 1e-6);
        for (int j = 0; j < 5; j++)
        {
            Assert.Equal(0, x.Column(j).Zip(residuals, (value, residual) => value * residual).Sum() + (l2 * model.Coefficients[0, j]), 1e-6);
        }
    }

    [Fact]
    public void Fit_WholeWeights_EqualRepeatedRows()
    {
        (Matrix x, Labels y) = Reference.Classes("iris");
        double[] weights = [.. Enumerable.Range(0, 150).Select(i => (double)(i % 3))];
        int[] repeated = [.. Enumerable.Range(0, 150).SelectMany(i => Enumerable.Repeat(i, i % 3))];
        LogisticRegressionModel weighted = new LogisticRegression().Fit(x, y, weights);
        LogisticRegressionModel plain = new LogisticRegression().Fit(x.Take(repeated), y.Take(repeated));
        Reference.Close(plain.Coefficients.Values.ToArray(), weighted.Coefficients.Values.ToArray(), 1e-6);
    }

    [Fact]
    public void Fit_ClassWithoutCases_HasProbabilityZero()
    {
        (Matrix x, Labels iris) = Reference.Classes("iris");
        var two = new Labels([.. iris.Codes[..100].ToArray().Select(code => code * 2)], ["a", "unseen", "c"]);
        Matrix first = x.Take([.. Enumerable.Range(0, 100)]);
        LogisticRegressionModel model = new LogisticRegression().Fit(first, two);
        LogisticRegressionModel plain = new LogisticRegression().Fit(first, new Labels([.. iris.Codes[..100]], ["a", "c"]));
        Matrix p = model.PredictProbabilities(x);
        Matrix q = plain.PredictProbabilities(x);
        Assert.All(p.Column(1), value => Assert.Equal(0, value));
        Reference.Close(q.Column(1), p.Column(2), 1e-12);
    }

    [Fact]
    public void Fit_SeparatedWithoutPenalty_SaysSo()
    {
        var x = new Matrix(4, 1, [1, 2, 3, 4]);
        var error = Assert.Throws<DivergenceException>(() => new LogisticRegression(0).Fit(x, Labels.Of([false, false, true, true])));
        Assert.Contains("l2 > 0", error.Message, StringComparison.Ordinal);
        Assert.True(error.Step >= 1);
        (Matrix iris, Labels y) = Reference.Classes("iris");
        int[] setosaAndVirginica = [.. Enumerable.Range(0, 50), .. Enumerable.Range(100, 50)];
        Assert.Throws<DivergenceException>(() => new LogisticRegression(0).Fit(iris.Take(setosaAndVirginica), y.Take(setosaAndVirginica)));
        Assert.True(new LogisticRegression(1e-3).Fit(iris.Take(setosaAndVirginica), y.Take(setosaAndVirginica)).Converged);
    }

    [Fact]
    public void Fit_OneIteration_SaysThatItDidNotConverge()
    {
        (Matrix x, Labels y) = Reference.Classes("cancer");
        LogisticRegressionModel model = new LogisticRegression(maxIterations: 1).Fit(x, y);
        Assert.False(model.Converged);
        Assert.Equal(1, model.Iterations);
    }

    [Fact]
    public void Fit_BadInput_IsTold()
    {
        var estimator = new LogisticRegression();
        (Matrix x, Labels y) = Noisy(50, 2, 1);
        Assert.Throws<ArgumentException>("x", () => estimator.Fit(new Matrix(0, 1, []), Labels.Of(Array.Empty<bool>())));
        Assert.Throws<ArgumentException>("y", () => estimator.Fit(x, Labels.Of(Enumerable.Repeat(true, 50))));
        Assert.Throws<ArgumentException>("x", () => estimator.Fit(new Matrix(2, 1, [1, double.NaN]), Labels.Of([true, false])));
        Assert.Throws<DivergenceException>(() => estimator.Fit(new Matrix(3, 1, [1e300, -1e300, 1e299]), Labels.Of([true, false, true])));
        Assert.Throws<ArgumentException>("x", () => estimator.Fit(x, y).Predict(new Matrix(1, 3, [1, 2, 3])));
        Assert.Throws<ArgumentOutOfRangeException>("l2", () => new LogisticRegression(-1));
        Assert.Throws<ArgumentOutOfRangeException>("tolerance", () => new LogisticRegression(tolerance: 0));
        Assert.Throws<OperationCanceledException>(() => estimator.Fit(x, y, cancellationToken: new CancellationToken(true)));

        Matrix constant = Matrix.FromRows([.. Enumerable.Range(0, 50).Select(i => new[] { x[i, 0], 7.3 })], ["a", "same"]);
        Assert.Contains("'same' is constant", Assert.Throws<ArgumentException>("x", () => new LogisticRegression(0).Fit(constant, y)).Message, StringComparison.Ordinal);
        Assert.Equal(0, estimator.Fit(constant, y).Coefficients[0, 1]);
        Matrix twice = Matrix.FromRows([.. Enumerable.Range(0, 50).Select(i => new[] { x[i, 0], 3 - x[i, 0] })], ["a", "mirror"]);
        Assert.Contains("'mirror' is a linear combination", Assert.Throws<ArgumentException>("x", () => new LogisticRegression(0).Fit(twice, y)).Message, StringComparison.Ordinal);
        Assert.True(estimator.Fit(twice, y).Converged);
    }

    internal static (Matrix X, Labels Y) Noisy(int rows, int columns, int seed)
    {
        Matrix x = LinearRegressionTests.Normal(rows, columns, seed);
        var random = new Random(seed + 1);
        return (x, Labels.Of(Enumerable.Range(0, rows).Select(i => random.NextDouble() < 1 / (1 + Math.Exp(0.5 - x.Row(i)[0] - (columns > 1 ? 2 * x.Row(i)[1] : 0))))));
    }
}
