using MlOps.Data;
using MlOps.Explain.Effects;
using MlOps.Learning;

namespace MlOps.Explain.Tests.Effects;

public sealed class AccumulatedLocalEffectsTests
{
    private static Matrix Grid(int n) => Matrix.FromRows([.. Enumerable.Range(0, n).Select(i => new double[] { i, 2 * i, i % 3 })], ["a", "b", "c"]);

    // Closed form: a linear effect is the line through the edges, 0 at the counts' mean of the bins' middles.
    [Fact]
    public void Of_LinearFunction_IsTheLineWithTheSlope()
    {
        var model = ExplainedModel.Of(["a", "b", "c"], x => [.. Enumerable.Range(0, x.RowCount).Select(i => (3 * x[i, 0]) - x[i, 1])]);

        var effects = AccumulatedLocalEffects.Of(model, Grid(50), "a", 5);

        double mean = Enumerable.Range(0, 5).Sum(k => effects.Counts[k] * (effects.Grid[k] + effects.Grid[k + 1]) / 2) / 50;
        Assert.All(Enumerable.Range(0, 6), k => Assert.Equal(3 * (effects.Grid[k] - mean), effects.Effect[k], 1e-9));
        Assert.Equal([0, 9, 19, 29, 39, 49], effects.Grid); // by hand: the 10th, 20th, … value of 0 … 49
        Assert.Equal([10, 10, 10, 10, 10], effects.Counts);
    }

    // Closed form: for f = a·b with b = 2a on the data, the change over bin k is (z_k − z_{k−1}) · mean of b there; partial dependence would use b's overall mean.
    [Fact]
    public void Of_ProductOfCorrelatedFeatures_UsesTheRowsOfTheBin()
    {
        var model = ExplainedModel.Of(["a", "b", "c"], x => [.. Enumerable.Range(0, x.RowCount).Select(i => x[i, 0] * x[i, 1])]);

        var effects = AccumulatedLocalEffects.Of(model, Grid(40), "a", 4);

        for (int k = 1; k < effects.Grid.Count; k++)
        {
            (double low, double high) = (effects.Grid[k - 1], effects.Grid[k]);
            double meanOfB = Enumerable.Range(0, 40).Where(a => (a > low || (k == 1 && a == low)) && a <= high).Average(a => 2.0 * a);
            Assert.Equal((high - low) * meanOfB, effects.Effect[k] - effects.Effect[k - 1], 1e-9);
        }

        Assert.InRange(Enumerable.Range(0, 4).Sum(k => effects.Counts[k] * (effects.Effect[k] + effects.Effect[k + 1])), -1e-6, 1e-6);
    }

    [Fact]
    public void Of_FewDifferentValues_BinsAreTheSteps()
    {
        var model = ExplainedModel.Of(["a", "b", "c"], x => [.. x.Column(2).Select(c => c * c)]);

        var effects = AccumulatedLocalEffects.Of(model, Grid(30), "c");

        Assert.Equal([0, 1, 2], effects.Grid);
        Assert.Equal([1, 3], [effects.Effect[1] - effects.Effect[0], effects.Effect[2] - effects.Effect[1]]);
        Assert.Equal([20, 10], effects.Counts); // the first bin has both of its edges
        Assert.NotNull(effects.Low);
        Assert.Contains("accumulated local effects", effects.Chart().ToString());
    }

    private sealed class Town : ITableModel
    {
        public Predictions Predict(Table table) => new(null, null, false, [.. table.Texts("size").Zip(table.Numbers("age"), (size, age) => size switch { "small" => 0, "middle" => age, _ => 3 * age })]);
    }

    // By hand: small→middle over the rows of both (ages 10, 20): mean 15; middle→large over 20, 30: mean 50. Centred by rows: (0 + 15 + 65) / 3 = 26.67.
    [Fact]
    public void OfTexts_GivenOrder_MeasuresOnNeighbours()
    {
        var table = new Table(Column.Of("size", new[] { "small", "middle", "large" }), Column.Of("age", new[] { 10L, 20L, 30L }));
        var model = ExplainedModel.Of(new Town(), table);
        Matrix x = model.Encode(table);

        var effects = AccumulatedLocalEffects.OfTexts(model, x, "size", ["small", "middle", "large"]);

        LocalReference.Near([-80.0 / 3, 15 - (80.0 / 3), 65 - (80.0 / 3)], effects.Effect, 1e-12);
        Assert.Contains("no order", Assert.Throws<ArgumentException>(() => AccumulatedLocalEffects.Of(model, x, "size")).Message);
        Assert.Contains("huge", Assert.Throws<ArgumentException>(() => AccumulatedLocalEffects.OfTexts(model, x, "size", ["small", "huge"])).Message);
        Assert.Throws<ArgumentException>(() => AccumulatedLocalEffects.OfTexts(model, x, "age", ["small", "large"]));
    }

    [Fact]
    public void Of_ConstantFeature_IsRefused()
    {
        var model = ExplainedModel.Of(["a"], x => x.Column(0));

        Assert.Contains("two different", Assert.Throws<ArgumentException>(() => AccumulatedLocalEffects.Of(model, Matrix.FromRows([[1], [1]], ["a"]), "a")).Message);
    }
}
