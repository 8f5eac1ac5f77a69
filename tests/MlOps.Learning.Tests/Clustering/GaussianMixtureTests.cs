using System.Text.Json;
using MlOps.Learning.Clustering;
using MlOps.Learning.Tests.References;

namespace MlOps.Learning.Tests.Clustering;

public sealed class GaussianMixtureTests
{
    private static readonly Matrix Iris = PrepReferences.Matrix(PrepReferences.All.GetProperty("iris"));

    [Theory]
    [InlineData("full", CovarianceType.Full)]
    [InlineData("diag", CovarianceType.Diagonal)]
    public void Fit_Iris_EqualsScikitLearn(string name, CovarianceType covariance)
    {
        // scikit-learn 1.2.1, the best of ten starts run to rest: References/prep.py. Both sides come to the same maximum.
        JsonElement expected = PrepReferences.All.GetProperty("mixture").GetProperty(name);

        GaussianMixtureModel model = new GaussianMixture(3, covariance, restarts: 5, maxIterations: 5000, tolerance: 1e-10).Fit(Iris);

        Assert.True(model.Converged);
        Assert.Equal(expected.GetProperty("meanLogLikelihood").GetDouble(), model.MeanLogLikelihood, 1e-6);
        Assert.Equal(expected.GetProperty("bic").GetDouble(), model.Bic(Iris), 1e-3);
        Assert.Equal(expected.GetProperty("aic").GetDouble(), model.Aic(Iris), 1e-3);
        int[] order = [.. Enumerable.Range(0, 3).OrderBy(c => model.Means[c, 2])];
        PrepReferences.Close(PrepReferences.Numbers(expected.GetProperty("weights")), [.. order.Select(c => model.Weights[c])], 1e-3);
        PrepReferences.Close(PrepReferences.Matrix(expected.GetProperty("means")), model.Means.Take(order), 1e-3);
        Matrix probabilities = model.PredictProbabilities(Iris);
        Matrix ordered = Matrix.FromRows([.. Enumerable.Range(0, 150).Select(i => order.Select(c => probabilities[i, c]).ToArray())]);
        PrepReferences.Close(PrepReferences.Matrix(expected.GetProperty("probabilities")), ordered, 1e-2);
        Assert.Equal(model.LogLikelihoods(Iris).Average(), model.MeanLogLikelihood, 1e-12);
    }

    [Fact]
    public void Fit_OneComponent_IsTheNormalDistribution()
    {
        // By hand: mean and (population) covariance of the rows, and the density of a normal distribution.
        var x = new Matrix(4, 2, [0, 0, 2, 1, 4, 2, 2, 5]);

        GaussianMixtureModel model = new GaussianMixture(regularization: 0).Fit(x);

        PrepReferences.Close([2, 2], model.Means.Values, 1e-12);
        PrepReferences.Close([2, 1, 1, 3.5], model.Covariances[0].Values, 1e-12); // Σ(x−2)² = 8, Σ(x−2)(y−2) = 4, Σ(y−2)² = 14; over 4
        Assert.Equal(-Math.Log(2 * Math.PI * Math.Sqrt(6)), model.LogLikelihoods(new Matrix(1, 2, [2, 2]))[0], 1e-12); // |Σ| = 7 − 1
        Assert.Equal(5, model.ParameterCount);
    }

    [Fact]
    public void Fit_MoreIterations_NeverLowerTheLikelihood()
    {
        double before = double.NegativeInfinity;
        for (int iterations = 1; iterations < 30; iterations++)
        {
            double now = new GaussianMixture(3, maxIterations: iterations, tolerance: 0, seed: 2).Fit(Iris).MeanLogLikelihood;
            Assert.True(now >= before - 1e-6); // the regularisation may cost a little
            before = now;
        }
    }

    [Fact]
    public void PredictProbabilities_FarAway_StillAddUpToOne()
    {
        GaussianMixtureModel model = new GaussianMixture(3, restarts: 2).Fit(Iris);

        ReadOnlySpan<double> shares = model.PredictProbabilities(new Matrix(1, 4, [1e4, -1e4, 1e4, 1e4])).Row(0);

        Assert.Equal(1, shares[0] + shares[1] + shares[2], 1e-12);
    }

    [Fact]
    public void Fit_BadInput_SaysWhatIsWrong()
    {
        var flat = new Matrix(4, 2, [0, 1, 1, 1, 2, 1, 3, 1]);
        var collinear = new Matrix(4, 2, [0, 0, 1, 2, 2, 4, 5, 10]);
        Assert.Contains("component 0 is singular", Refusal(() => new GaussianMixture(regularization: 0).Fit(flat)), StringComparison.Ordinal);
        Assert.Contains("component 0 is singular", Refusal(() => new GaussianMixture(regularization: 0).Fit(collinear)), StringComparison.Ordinal);
        Assert.Contains("component 0 is singular", Refusal(() => new GaussianMixture(1, CovarianceType.Diagonal, regularization: 0).Fit(flat)), StringComparison.Ordinal);
        Assert.True(double.IsFinite(new GaussianMixture().Fit(collinear).MeanLogLikelihood)); // with regularisation it is fine
        Assert.Contains("at least as many rows", Refusal(() => new GaussianMixture(5).Fit(flat)), StringComparison.Ordinal);
        Assert.Contains("Row 0 has NaN", Refusal(() => new GaussianMixture().Fit(new Matrix(2, 1, [double.NaN, 1]))), StringComparison.Ordinal);
        Assert.Contains("fitted on 2 features", Refusal(() => new GaussianMixture().Fit(collinear).Predict(Iris)), StringComparison.Ordinal);
        Assert.Equal("regularization", Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianMixture(regularization: -1)).ParamName);
    }

    private static string Refusal(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;
}
