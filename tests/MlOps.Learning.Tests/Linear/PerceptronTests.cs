using MlOps.Learning.Linear;

namespace MlOps.Learning.Tests.Linear;

public sealed class PerceptronTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Fit_SeparableClasses_StopsWithinNovikoffsBound(int seed)
    {
        // Iris setosa against the others can be separated. Bound on the number of mistakes: (R/γ)², here with the margin of a plane known to separate.
        (Matrix x, Labels y) = Reference.Classes("iris");
        var binary = Labels.Of(y.Codes.ToArray().Select(code => code > 0));
        double[] w = [0, 0, 1, 0]; // petal length below 2.45 cm
        const double B = -2.45;
        double length = Math.Sqrt(w.Sum(value => value * value) + (B * B));
        double margin = Enumerable.Range(0, 150).Min(i => (binary.Codes[i] == 1 ? 1 : -1) * (x[i, 2] + B)) / length;
        double radius = Enumerable.Range(0, 150).Max(i => Math.Sqrt(FixedOrder.Dot(x.Row(i), x.Row(i)) + 1));

        PerceptronModel model = new Perceptron(10_000, seed).Fit(x, binary);
        Assert.True(model.Converged);
        Assert.True(model.MistakesPerEpoch.Sum() <= radius * radius / (margin * margin));
        Assert.Equal(binary.Codes.ToArray(), model.Predict(x));
        Assert.Equal(1, model.Coefficients.RowCount);
    }

    [Fact]
    public void Fit_OneMistake_AddsTheCase()
    {
        // By hand: both score 0, so class 0 is guessed. Only the case of class 1 is a mistake, and after it w = (2, 3), b = 1; case (−1, −1) scores −4.
        PerceptronModel model = new Perceptron().Fit(Matrix.FromRows([[-1, -1], [2, 3]]), Labels.Of([false, true]));
        Assert.Equal([2, 3], model.Coefficients.Values.ToArray());
        Assert.Equal([1.0], model.Intercepts);
        Assert.Equal([1, 0], model.MistakesPerEpoch);
        Assert.Equal([4, -4], model.Scores(new Matrix(1, 2, [-1, -1])).Values.ToArray());
    }

    [Fact]
    public void Fit_Exclusive_NeverConverges()
    {
        PerceptronModel model = new Perceptron(20).Fit(Matrix.FromRows([[0, 0], [0, 1], [1, 0], [1, 1]]), Labels.Of([false, true, true, false]));
        Assert.False(model.Converged);
        Assert.Equal(20, model.MistakesPerEpoch.Count);
    }

    [Fact]
    public void Fit_EqualSeeds_GiveEqualBytes()
    {
        (Matrix x, Labels y) = Reference.Classes("wine");
        double[] first = new Perceptron(30, seed: 4).Fit(x, y).Coefficients.Values.ToArray();
        Assert.Equal(first, new Perceptron(30, seed: 4).Fit(x, y).Coefficients.Values.ToArray());
        Assert.NotEqual(first, new Perceptron(30, seed: 5).Fit(x, y).Coefficients.Values.ToArray());
    }

    [Fact]
    public void Fit_SeveralClasses_LearnsMostOfThem()
    {
        (Matrix x, Labels y) = Reference.Classes("iris");
        int[] predicted = new Perceptron(500).Fit(Reference.Standardised(x), y).Predict(Reference.Standardised(x));
        Assert.True(predicted.Where((code, i) => code == y.Codes[i]).Count() >= 130); // versicolor and virginica overlap
    }

    [Fact]
    public void Fit_BadInput_IsTold()
    {
        Assert.Throws<ArgumentOutOfRangeException>("maxEpochs", () => new Perceptron(0));
        Assert.Throws<ArgumentException>("y", () => new Perceptron().Fit(new Matrix(2, 1, [1, 2]), Labels.Of([true, true])));
        Assert.Throws<ArgumentException>("x", () => new Perceptron().Fit(new Matrix(2, 1, [1, double.NaN]), Labels.Of([true, false])));
        Assert.Throws<DivergenceException>(() => new Perceptron().Fit(new Matrix(2, 1, [1e308, 1e308]), Labels.Of([true, false]), [9, 1]));
    }
}
