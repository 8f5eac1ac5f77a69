using MlOps.Learning.Linear;

namespace MlOps.Learning.Tests.Linear;

/// <summary>Oracle: scikit-learn 1.2.1 on its diabetes data (unscaled), standard errors by NumPy; see References/linear.py.</summary>
public sealed class LinearRegressionTests
{
    private const double Tolerance = 1e-9; // both solve to rounding; the columns' condition is about 1e3

    [Fact]
    public void Fit_Diabetes_EqualsScikitLearn()
    {
        (Matrix x, double[] y) = Reference.Numbers("diabetes");
        LinearRegressionModel model = new LinearRegression().Fit(x, y);
        Reference.Close(Reference.Values("ols/coefficients"), model.Coefficients, Tolerance);
        Reference.Close(Reference.Values("ols/intercepts"), [model.Intercept], Tolerance);
        Reference.Close(Reference.Values("ols/standardErrors"), [.. model.StandardErrors!, model.InterceptStandardError!.Value], 1e-8);
    }

    [Fact]
    public void Fit_Weights_EqualsScikitLearn()
    {
        (Matrix x, double[] y) = Reference.Numbers("diabetes");
        LinearRegressionModel model = new LinearRegression().Fit(x, y, Reference.Weights(y.Length));
        Reference.Close(Reference.Values("olsWeighted/coefficients"), model.Coefficients, Tolerance);
        Reference.Close(Reference.Values("olsWeighted/intercepts"), [model.Intercept], Tolerance);
    }

    [Fact]
    public void Fit_Ridge_EqualsScikitLearn()
    {
        (Matrix x, double[] y) = Reference.Numbers("diabetes");
        LinearRegressionModel model = new RidgeRegression(100).Fit(x, y);
        Reference.Close(Reference.Values("ridge/coefficients"), model.Coefficients, Tolerance);
        Reference.Close(Reference.Values("ridge/intercepts"), [model.Intercept], Tolerance);
        Assert.Null(model.StandardErrors);

        LinearRegressionModel weighted = new RidgeRegression(3).Fit(x, y, Reference.Weights(y.Length));
        Reference.Close(Reference.Values("ridgeWeighted/coefficients"), weighted.Coefficients, Tolerance);
        Reference.Close(Reference.Values("ridgeWeighted/intercepts"), [weighted.Intercept], Tolerance);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_PlaneWithoutNoise_FindsItExactly(int seed)
    {
        // Enough rows for several parts of the QR. The true plane is the oracle.
        Matrix x = Normal(5000, 7, seed);
        double[] w = [.. Enumerable.Range(0, 7).Select(j => j - 2.5)];
        double[] y = [.. Enumerable.Range(0, x.RowCount).Select(i => 4 + Enumerable.Range(0, 7).Sum(j => w[j] * x[i, j]))];
        LinearRegressionModel model = new LinearRegression().Fit(x, y);
        Reference.Close(w, model.Coefficients, 1e-12);
        Assert.Equal(4, model.Intercept, 1e-12);
        Reference.Close(y, model.Predict(x), 1e-12);
    }

    [Fact]
    public void Fit_WholeWeights_EqualRepeatedRows()
    {
        Matrix x = Normal(60, 3, 5);
        double[] y = [.. Normal(60, 1, 6).Values];
        double[] weights = [.. Enumerable.Range(0, 60).Select(i => (double)(i % 4))];
        int[] repeated = [.. Enumerable.Range(0, 60).SelectMany(i => Enumerable.Repeat(i, i % 4))];
        LinearRegressionModel weighted = new LinearRegression().Fit(x, y, weights);
        LinearRegressionModel plain = new LinearRegression().Fit(x.Take(repeated), [.. repeated.Select(i => y[i])]);
        Reference.Close(plain.Coefficients, weighted.Coefficients, 1e-12);
        Assert.Equal(plain.Intercept, weighted.Intercept, 1e-12);
    }

    [Fact]
    public void Fit_LargeOffset_LosesNoDigits()
    {
        // A year-like column: mean 1e6, deviation 1. Shifting a column changes the intercept alone.
        Matrix x = Normal(500, 2, 1);
        double[] y = [.. Enumerable.Range(0, 500).Select(i => (2 * x[i, 0]) - x[i, 1])];
        var moved = new Matrix(500, 2, [.. x.Values.ToArray().Select(value => value + 1e6)]);
        Reference.Close([2, -1], new LinearRegression().Fit(moved, y).Coefficients, 1e-9);
    }

    [Fact]
    public void Fit_CollinearColumns_NamesThem()
    {
        Matrix x = Normal(50, 3, 1);
        Matrix with = Matrix.FromRows([.. Enumerable.Range(0, 50).Select(i => new[] { x[i, 0], x[i, 1], (2 * x[i, 0]) - 1, x[i, 2] })], ["size", "age", "double", "other"]);
        double[] y = x.Column(0);
        var error = Assert.Throws<ArgumentException>("x", () => new LinearRegression().Fit(with, y));
        Assert.Contains("'double' is a linear combination of 'size',", error.Message, StringComparison.Ordinal);
        Assert.True(double.IsFinite(new RidgeRegression().Fit(with, y).Intercept));
    }

    [Fact]
    public void Fit_ConstantColumn_IsAnErrorForLeastSquaresAndZeroForRidge()
    {
        Matrix x = Matrix.FromRows([.. Enumerable.Range(0, 20).Select(i => new[] { i % 7, 0.1 })], ["day", "constant"]);
        double[] y = x.Column(0);
        var error = Assert.Throws<ArgumentException>("x", () => new LinearRegression().Fit(x, y));
        Assert.Contains("'constant' is constant", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, new RidgeRegression().Fit(x, y).Coefficients[1], 1e-9);
    }

    [Fact]
    public void Fit_BadInput_IsTold()
    {
        var estimator = new LinearRegression();
        Matrix x = Normal(10, 2, 1);
        Assert.Throws<ArgumentException>("x", () => estimator.Fit(new Matrix(0, 2, []), []));
        Assert.Throws<ArgumentException>("y", () => estimator.Fit(x, new double[9]));
        Assert.Throws<ArgumentException>("y", () => estimator.Fit(x, [.. new double[9], double.NaN]));
        Assert.Throws<ArgumentException>("x", () => estimator.Fit(new Matrix(2, 1, [1, double.PositiveInfinity]), [1, 2]));
        Assert.Throws<ArgumentException>("x", () => estimator.Fit(Normal(3, 5, 1), new double[3]));
        Assert.Throws<DivergenceException>(() => estimator.Fit(new Matrix(3, 1, [1e300, -1e300, 1e299]), [1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>("l2", () => new RidgeRegression(0));
        Assert.Throws<ArgumentException>("x", () => estimator.Fit(x, x.Column(0)).Predict(Normal(1, 3, 1)));
        Assert.Throws<OperationCanceledException>(() => estimator.Fit(x, x.Column(0), cancellationToken: new CancellationToken(true)));
    }

    internal static Matrix Normal(int rows, int columns, int seed)
    {
        var random = new Random(seed);
        var values = new double[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        return new Matrix(rows, columns, values);
    }
}
