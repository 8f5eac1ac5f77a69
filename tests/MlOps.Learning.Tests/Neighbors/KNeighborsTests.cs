using MlOps.Learning.Neighbors;
using MlOps.Learning.Tests.Linear;

namespace MlOps.Learning.Tests.Neighbors;

/// <summary>Oracle: KNeighborsClassifier and -Regressor of scikit-learn 1.2.1 (see References/linear.py), and a sort of all distances.</summary>
public sealed class KNeighborsTests
{
    [Fact]
    public void Classifier_Cancer_EqualsScikitLearn()
    {
        (Matrix x, Labels y) = Reference.Classes("cancer");
        KNeighborsClassifierModel model = new KNeighborsClassifier().Fit(Even(x), Even(y));
        Reference.Close(Reference.Values("neighborsCancer"), model.PredictProbabilities(Odd(x)).Column(1), 1e-8);
    }

    [Fact]
    public void Classifier_DigitsByDistance_EqualsScikitLearn()
    {
        (Matrix x, Labels y) = Reference.Classes("digits");
        KNeighborsClassifierModel model = new KNeighborsClassifier(7, NeighborWeights.Distance).Fit(Even(x), Even(y));
        Reference.Close(Reference.Values("neighborsDigitsDistance"), model.PredictProbabilities(Odd(x)).Values.ToArray(), 1e-6);
    }

    [Fact]
    public void Regressor_DiabetesByDistance_EqualsScikitLearn()
    {
        (Matrix x, double[] y) = Reference.Numbers("diabetes");
        KNeighborsRegressorModel model = new KNeighborsRegressor(5, NeighborWeights.Distance).Fit(Even(x), [.. y.Where((_, i) => i % 2 == 0)]);
        Reference.Close(Reference.Values("neighborsDiabetes"), model.Predict(Odd(x)), 1e-6); // features are rounded to float, 6e-8
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(2, 3, 9)]
    [InlineData(3, 7, 300)]
    [InlineData(4, 40, 1000)]
    public void Regressor_WholeNumbers_EqualsSortingByDistanceThenRow(int seed, int k, int cases)
    {
        // Small whole numbers: distances are exact and often equal, so that the order of ties decides.
        var random = new Random(seed);
        k = Math.Min(k, cases);
        var x = new Matrix(cases, 3, [.. Enumerable.Range(0, cases * 3).Select(_ => (double)random.Next(5))]);
        double[] y = [.. Enumerable.Range(0, cases).Select(_ => random.NextDouble())];
        var queries = new Matrix(21, 3, [.. Enumerable.Range(0, 63).Select(_ => (double)random.Next(5))]);
        double[] expected = [.. Enumerable.Range(0, 21).Select(q => Enumerable.Range(0, cases)
            .OrderBy(i => Enumerable.Range(0, 3).Sum(j => (x[i, j] - queries[q, j]) * (x[i, j] - queries[q, j])))
            .ThenBy(i => i)
            .Take(k)
            .Average(i => y[i]))];
        Reference.Close(expected, new KNeighborsRegressor(k).Fit(x, y).Predict(queries), 1e-12);
    }

    [Fact]
    public void Classifier_SameCaseByDistance_CountsAlone()
    {
        KNeighborsClassifierModel model = new KNeighborsClassifier(3, NeighborWeights.Distance).Fit(new Matrix(4, 1, [0, 1, 1, 3]), Labels.Of([false, true, false, true]));
        Assert.Equal([0.5, 0.5], model.PredictProbabilities(new Matrix(1, 1, [1])).Values.ToArray());
        Assert.Equal([0], model.Predict(new Matrix(1, 1, [1]))); // a tie: the lower code
        Assert.Equal([1.0 / 3, 2.0 / 3], model.PredictProbabilities(new Matrix(1, 1, [2])).Values.ToArray()); // rows 1, 2 and 3 at distance 1
    }

    [Fact]
    public void Classifier_CaseWeights_MultiplyVotesAndZeroLeavesOut()
    {
        var x = new Matrix(4, 1, [0, 1, 2, 3]);
        var y = Labels.Of([false, true, true, false]);
        Assert.Equal([0.25, 0.75], new KNeighborsClassifier(2).Fit(x, y, [1, 3, 5, 7]).PredictProbabilities(new Matrix(1, 1, [0])).Values.ToArray());
        Assert.Equal([0, 2], new KNeighborsClassifier(2).Fit(x, y, [1, 0, 5, 0]).Cases.Values.ToArray());
    }

    [Fact]
    public void Fit_BadInput_IsTold()
    {
        var x = new Matrix(3, 1, [1, 2, 3]);
        var y = Labels.Of([true, false, true]);
        Assert.Throws<ArgumentOutOfRangeException>("k", () => new KNeighborsClassifier(0));
        Assert.Throws<ArgumentOutOfRangeException>("weights", () => new KNeighborsRegressor(1, (NeighborWeights)9));
        Assert.Contains("5 neighbours need as many cases; there are 3", Assert.Throws<ArgumentException>("x", () => new KNeighborsClassifier().Fit(x, y)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("x", () => new KNeighborsClassifier(1).Fit(new Matrix(3, 1, [1, 2, double.NaN]), y));
        Assert.Throws<ArgumentException>("x", () => new KNeighborsClassifier(1).Fit(new Matrix(3, 1, [1, 2, 1e30]), y));
        Assert.Throws<ArgumentException>("x", () => new KNeighborsClassifier(1).Fit(x, y).Predict(new Matrix(1, 2, [1, 2])));
        Assert.Throws<ArgumentException>("y", () => new KNeighborsClassifier(1).Fit(x, Labels.Of([true, true, true])));
        Assert.Empty(new KNeighborsRegressor(1).Fit(x, [1, 2, 3]).Predict(new Matrix(0, 1, [])));
    }

    private static Matrix Even(Matrix x) => Reference.Take(x, i => i % 2 == 0);

    private static Matrix Odd(Matrix x) => Reference.Take(x, i => i % 2 == 1);

    private static Labels Even(Labels y) => y.Take([.. Enumerable.Range(0, y.Count).Where(i => i % 2 == 0)]);
}
