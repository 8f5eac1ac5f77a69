using MlOps.Learning.SupportVectors;
using MlOps.Learning.Tests.Linear;

namespace MlOps.Learning.Tests.SupportVectors;

/// <summary>Oracle: LinearSVC of scikit-learn 1.2.1 (LIBLINEAR) on standardised data; see References/linear.py.</summary>
public sealed class LinearSvmTests
{
    [Theory]
    [InlineData(SvmLoss.SquaredHinge, "linearSvcCancer", false)]
    [InlineData(SvmLoss.Hinge, "linearSvcCancerHinge", true)]
    public void Fit_Cancer_EqualsScikitLearn(SvmLoss loss, string reference, bool weighted)
    {
        (Matrix x, Labels y) = Reference.Classes("cancer");
        LinearSvmModel model = new LinearSvm(0.1, loss, 200_000, 1e-7).Fit(Reference.Standardised(x), y, weighted ? Reference.Weights(y.Count) : null);
        Assert.True(model.Converged);
        Reference.Close(Reference.Values(reference + "/coefficients"), model.Coefficients.Values.ToArray(), 1e-4);
        Reference.Close(Reference.Values(reference + "/intercepts"), model.Intercepts, 1e-4);
    }

    [Fact]
    public void Fit_SeveralClasses_EqualsScikitLearn()
    {
        (Matrix x, Labels y) = Reference.Classes("iris");
        LinearSvmModel model = new LinearSvm(tolerance: 1e-7, maxEpochs: 200_000).Fit(Reference.Standardised(x), y);
        Reference.Close(Reference.Values("linearSvcIris/coefficients"), model.Coefficients.Values.ToArray(), 1e-4);
        Reference.Close(Reference.Values("linearSvcIris/intercepts"), model.Intercepts, 1e-4);
    }

    [Fact]
    public void Fit_TwoPoints_HasTheWidestMargin()
    {
        // By hand, hinge and large C: w and b both penalised, t(w x + b) = 1 at x = ±2 gives w = ½, b = 0.
        LinearSvmModel model = new LinearSvm(100, SvmLoss.Hinge, tolerance: 1e-10).Fit(new Matrix(2, 1, [-2, 2]), Labels.Of([false, true]));
        Assert.Equal(0.5, model.Coefficients[0, 0], 1e-9);
        Assert.Equal(0, model.Intercepts[0], 1e-9);
        Assert.Equal([-2, 2], model.Scores(new Matrix(1, 1, [4])).Values.ToArray().Select(value => Math.Round(value, 9)));
    }

    [Fact]
    public void Fit_EqualSeeds_GiveEqualBytes()
    {
        (Matrix x, Labels y) = Reference.Classes("wine");
        Assert.Equal(new LinearSvm(maxEpochs: 20).Fit(x, y).Coefficients.Values.ToArray(), new LinearSvm(maxEpochs: 20).Fit(x, y).Coefficients.Values.ToArray());
    }

    [Fact]
    public void Fit_BadInput_IsTold()
    {
        (Matrix x, Labels y) = Reference.Classes("iris");
        Assert.Throws<ArgumentOutOfRangeException>("c", () => new LinearSvm(0));
        Assert.Throws<ArgumentOutOfRangeException>("loss", () => new LinearSvm(loss: (SvmLoss)7));
        Assert.Throws<ArgumentException>("y", () => new LinearSvm().Fit(x, new Labels(new int[150], ["only"])));
        Assert.Throws<ArgumentException>("x", () => new LinearSvm().Fit(x, y).Predict(new Matrix(1, 3, [1, 2, 3])));
        Assert.Throws<DivergenceException>(() => new LinearSvm().Fit(new Matrix(2, 1, [1e200, -1e200]), Labels.Of([true, false])));
        Assert.Throws<OperationCanceledException>(() => new LinearSvm().Fit(x, y, cancellationToken: new CancellationToken(true)));
        Assert.False(new LinearSvm(maxEpochs: 1).Fit(x, y).Converged);
    }
}
