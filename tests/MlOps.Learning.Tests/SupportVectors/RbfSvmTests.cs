using MlOps.Learning.SupportVectors;
using MlOps.Learning.Tests.Linear;

namespace MlOps.Learning.Tests.SupportVectors;

/// <summary>Oracle: SVC of scikit-learn 1.2.1 (LIBSVM), tol = 1e-7; see References/linear.py.</summary>
public sealed class RbfSvmTests
{
    [Fact]
    public void Fit_CancerUnscaled_EqualsScikitLearn()
    {
        (Matrix x, Labels y) = Reference.Classes("cancer");
        RbfSvmModel model = new RbfSvm(tolerance: 1e-7).Fit(x, y);
        Assert.True(model.Converged);
        double gamma = Reference.Values("svcCancer/gamma")[0];
        Assert.Equal(gamma, model.Gamma, 1e-12 * gamma);
        Assert.Equal(Reference.Values("svcCancer/support").Select(row => (int)row).Order(), model.SupportRows);
        Reference.Close(Reference.Values("svcCancer/decision"), model.DecisionValues(x).Column(0), 1e-5);
    }

    [Fact]
    public void Fit_Weights_EqualScikitLearn()
    {
        (Matrix x, Labels y) = Reference.Classes("cancer");
        Matrix scaled = Reference.Standardised(x);
        RbfSvmModel model = new RbfSvm(10, 0.05, 1e-7).Fit(scaled, y, Reference.Weights(y.Count));
        Reference.Close(Reference.Values("svcCancerScaledWeighted"), model.Scores(scaled).Column(1), 1e-5);
    }

    [Fact]
    public void Scores_SeveralClasses_EqualsScikitLearn()
    {
        (Matrix x, Labels y) = Reference.Classes("iris");
        RbfSvmModel model = new RbfSvm(tolerance: 1e-7).Fit(x, y);
        Assert.Equal(3, model.Pairs.Count);
        Reference.Close(Reference.Values("svcIris"), model.Scores(x).Values.ToArray(), 1e-5);
    }

    [Fact]
    public void Fit_SmallCache_GivesEqualBytes()
    {
        // 1 MiB holds a part of the rows of 569 × 569 values (2.5 MiB): rows are dropped and made again.
        (Matrix x, Labels y) = Reference.Classes("cancer");
        RbfSvmModel small = new RbfSvm(cacheMegabytes: 1).Fit(x, y);
        RbfSvmModel large = new RbfSvm().Fit(x, y);
        Assert.Equal(large.DualCoefficients.Values.ToArray(), small.DualCoefficients.Values.ToArray());
    }

    [Fact]
    public void Fit_Exclusive_IsSolvedByHand()
    {
        // Four corners, γ = 1: by symmetry every α is the same, f(x) = 1/(1 − e⁻¹)² of itself, and b = 0.
        Matrix x = Matrix.FromRows([[0, 0], [0, 1], [1, 0], [1, 1]]);
        RbfSvmModel model = new RbfSvm(1000, 1, 1e-10).Fit(x, Labels.Of([false, true, true, false]));
        double alpha = 1 / Math.Pow(1 - Math.Exp(-1), 2);
        Assert.All(model.DualCoefficients.Values.ToArray(), value => Assert.Equal(alpha, Math.Abs(value), 1e-7));
        Assert.Equal(0, model.Intercepts[0], 1e-8);
        Assert.Equal([0, 1, 1, 0], model.Predict(x));
    }

    [Fact]
    public void Fit_ClassWithoutCases_IsNeverPredicted()
    {
        (Matrix x, Labels iris) = Reference.Classes("iris");
        Matrix first = x.Take([.. Enumerable.Range(0, 100)]);
        RbfSvmModel model = new RbfSvm().Fit(first, new Labels([.. iris.Codes[..100].ToArray().Select(code => code * 2)], ["a", "unseen", "c"]));
        Assert.DoesNotContain(1, model.Predict(x));
        Assert.Equal(iris.Codes[..100].ToArray().Select(code => code * 2), model.Predict(first));
    }

    [Fact]
    public void Fit_BadInput_IsTold()
    {
        (Matrix x, Labels y) = Reference.Classes("iris");
        Assert.Throws<ArgumentOutOfRangeException>("c", () => new RbfSvm(0));
        Assert.Throws<ArgumentOutOfRangeException>("gamma", () => new RbfSvm(gamma: -1));
        Assert.Throws<ArgumentException>("x", () => new RbfSvm().Fit(new Matrix(2, 1, [3, 3]), Labels.Of([true, false])));
        Assert.Throws<ArgumentException>("x", () => new RbfSvm().Fit(new Matrix(2, 1, [3, double.NaN]), Labels.Of([true, false])));
        Assert.Throws<ArgumentException>("y", () => new RbfSvm().Fit(x, new Labels(new int[150], ["only"])));
        Assert.Throws<ArgumentException>("x", () => new RbfSvm().Fit(x, y).Predict(new Matrix(1, 3, [1, 2, 3])));
        Assert.Throws<OperationCanceledException>(() => new RbfSvm().Fit(x, y, cancellationToken: new CancellationToken(true)));
        Assert.False(new RbfSvm(maxIterations: 1).Fit(x, y).Converged);
    }
}
