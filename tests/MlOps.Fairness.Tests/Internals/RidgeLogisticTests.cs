using MlOps.Fairness.Internals;

namespace MlOps.Fairness.Tests.Internals;

public sealed class RidgeLogisticTests
{
    [Theory]
    [InlineData(1.0, false)]
    [InlineData(1e-3, false)]
    [InlineData(100.0, true)]
    [InlineData(1e-6, true)]
    public void Fit_AnyPenalty_GradientVanishes(double l2, bool weighted)
    {
        // Oracle: the optimum of a convex function is where its gradient, written plainly here, is 0.
        const int n = 300;
        const int d = 4;
        var random = new Random(5);
        double[] x = [.. Enumerable.Range(0, n * d).Select(i => i % d == 3 ? random.Next(2) : (random.NextDouble() * 4) - 2)];
        bool[] y = [.. Enumerable.Range(0, n).Select(i => x[i * d] + x[(i * d) + 3] + random.NextDouble() > 0.7)];
        double[]? w = weighted ? [.. Enumerable.Range(0, n).Select(_ => random.Next(3) + 0.5)] : null;

        var model = RidgeLogistic.Fit(x, d, y, w, l2);

        double[] p = model.Probabilities(x);
        for (int j = 0; j <= d; j++)
        {
            double gradient = j < d ? l2 * model.Coefficients[j] : 0;
            for (int i = 0; i < n; i++)
            {
                gradient += (w?[i] ?? 1) * (p[i] - (y[i] ? 1 : 0)) * (j < d ? x[(i * d) + j] : 1);
            }

            Assert.Equal(0, gradient, 1e-8);
        }
    }

    [Fact]
    public void Fit_SeparableData_StaysFinite()
    {
        var model = RidgeLogistic.Fit([-1, -2, 1, 2], 1, [false, false, true, true], l2: 1e-9);

        Assert.True(double.IsFinite(model.Coefficients[0]) && model.Coefficients[0] > 5);
    }

    [Fact]
    public void Fit_NoColumns_InterceptIsTheLogOddsOfTheWeights() =>
        Assert.Equal(Math.Log(3.0 / 2.0), RidgeLogistic.Fit([], 0, [true, false, true], [1, 2, 2]).Intercept, 1e-12);

    [Fact]
    public void Fit_CollinearColumns_ShareTheEffect()
    {
        var model = RidgeLogistic.Fit([1, 1, 2, 2, 3, 3, 4, 4], 2, [false, true, false, true], l2: 0.1);

        Assert.Equal(model.Coefficients[0], model.Coefficients[1], 1e-10);
    }

    [Fact]
    public void Fit_BadInput_NamesIt()
    {
        Assert.Equal("y", Assert.Throws<ArgumentException>(() => RidgeLogistic.Fit([1, 2], 1, [true, true])).ParamName);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => RidgeLogistic.Fit([1, double.NaN], 1, [true, false])).ParamName);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => RidgeLogistic.Fit([1], 1, [true, false])).ParamName);
        Assert.Equal("weights", Assert.Throws<ArgumentException>(() => RidgeLogistic.Fit([1, 2], 1, [true, false], [1, -1])).ParamName);
        Assert.Equal("l2", Assert.Throws<ArgumentOutOfRangeException>(() => RidgeLogistic.Fit([1, 2], 1, [true, false], l2: 0)).ParamName);
    }
}
