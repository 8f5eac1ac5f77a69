using MlOps.Learning.Bayes;
using MlOps.Learning.Tests.Linear;

namespace MlOps.Learning.Tests.Bayes;

/// <summary>Oracle: GaussianNB and MultinomialNB of scikit-learn 1.2.1; see References/linear.py.</summary>
public sealed class NaiveBayesTests
{
    private const double Tolerance = 1e-8; // the reference keeps nine digits

    [Fact]
    public void Gaussian_CancerUnscaled_EqualsScikitLearn()
    {
        (Matrix x, Labels y) = Reference.Classes("cancer");
        Reference.Close(Reference.Values("gaussianCancer"), new GaussianNaiveBayes().Fit(x, y).PredictProbabilities(x).Column(1), Tolerance);
    }

    [Fact]
    public void Gaussian_WeightsAndSmoothing_EqualScikitLearn()
    {
        (Matrix x, Labels y) = Reference.Classes("iris");
        GaussianNaiveBayesModel model = new GaussianNaiveBayes(1e-3).Fit(x, y, Reference.Weights(150));
        Reference.Close(Reference.Values("gaussianIrisWeighted"), model.PredictProbabilities(x).Values.ToArray(), Tolerance);
        Assert.Equal(1, model.Priors.Sum(), 1e-12);
    }

    [Fact]
    public void Multinomial_Digits_EqualsScikitLearn()
    {
        (Matrix x, Labels y) = Reference.Classes("digits");
        Matrix first = Reference.Take(x, i => i < 60);
        Reference.Close(Reference.Values("multinomialDigits"), new MultinomialNaiveBayes().Fit(x, y).PredictProbabilities(first).Values.ToArray(), Tolerance);
        Reference.Close(Reference.Values("multinomialDigitsWeighted"), new MultinomialNaiveBayes(0.3).Fit(x, y, Reference.Weights(400)).PredictProbabilities(first).Values.ToArray(), Tolerance);
    }

    [Fact]
    public void Multinomial_TwoTexts_EqualsHandCalculation()
    {
        // Counts (2, 0) and (1, 1), α = 1: θ = (3/4, 1/4) and (1/2, 1/2), equal priors; a text (1, 1) has 3/16 against 1/4.
        MultinomialNaiveBayesModel model = new MultinomialNaiveBayes().Fit(Matrix.FromRows([[2, 0], [1, 1]]), Labels.Of([false, true]));
        Assert.Equal(3.0 / 7, model.PredictProbabilities(new Matrix(1, 2, [1, 1]))[0, 0], 1e-15);
    }

    [Fact]
    public void Fit_ClassWithoutCases_HasProbabilityZero()
    {
        var x = new Matrix(4, 1, [1, 2, 5, 7]);
        var y = new Labels([0, 0, 2, 2], ["a", "unseen", "c"]);
        Assert.Equal([0.0], new GaussianNaiveBayes().Fit(x, y).PredictProbabilities(new Matrix(1, 1, [3])).Column(1));
        Assert.Equal([0.0], new MultinomialNaiveBayes().Fit(x, y).PredictProbabilities(new Matrix(1, 1, [3])).Column(1));
    }

    [Fact]
    public void Fit_BadInput_IsTold()
    {
        var y = Labels.Of([true, false]);
        Assert.Contains("'x0'", Assert.Throws<ArgumentException>("x", () => new GaussianNaiveBayes().Fit(new Matrix(2, 1, [3, 3]), y)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("x", () => new GaussianNaiveBayes().Fit(new Matrix(2, 1, [1e300, -1e300]), y));
        Assert.Throws<ArgumentException>("x", () => new GaussianNaiveBayes().Fit(new Matrix(2, 1, [3, double.NaN]), y));
        Assert.Throws<ArgumentException>("y", () => new GaussianNaiveBayes().Fit(new Matrix(2, 1, [3, 4]), Labels.Of([true, true])));
        Assert.Throws<ArgumentOutOfRangeException>("varianceSmoothing", () => new GaussianNaiveBayes(-1));
        Assert.Contains("Row 1 has -4", Assert.Throws<ArgumentException>("x", () => new MultinomialNaiveBayes().Fit(new Matrix(2, 1, [3, -4]), y)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("x", () => new MultinomialNaiveBayes().Fit(new Matrix(2, 1, [3, 4]), y).Predict(new Matrix(1, 1, [-1])));
        Assert.Throws<ArgumentException>("x", () => new MultinomialNaiveBayes().Fit(new Matrix(2, 1, [3, 4]), y).Predict(new Matrix(1, 2, [1, 1])));
        Assert.Throws<ArgumentOutOfRangeException>("alpha", () => new MultinomialNaiveBayes(0));
    }
}
