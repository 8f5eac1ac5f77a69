using System.Text.Json;
using MlOps.Data;
using MlOps.Explain.Effects;
using MlOps.Learning;

namespace MlOps.Explain.Tests.Effects;

public sealed class PartialDependenceTests
{
    // Oracle: References/local/make_effects.py, sklearn.inspection.partial_dependence 1.2, method brute.
    private static readonly JsonElement s_effects = LocalReference.Read("effects");
    private static readonly string[] s_names = ["a", "b", "c"];

    internal static ExplainedModel Known => ExplainedModel.Of(s_names, x => [.. Enumerable.Range(0, x.RowCount).Select(i => (Math.Sin(x[i, 0]) * x[i, 1]) + (0.5 * x[i, 0] * x[i, 2]) - (x[i, 2] * x[i, 2]))]);

    private static Matrix X => Matrix.FromRows(s_effects.GetProperty("x").Rows(), s_names);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_KnownFunction_ConsistentWithScikitLearn(int feature)
    {
        JsonElement expected = s_effects.GetProperty($"feature{feature}");

        var dependence = PartialDependence.Of(Known, X, s_names[feature], new DependenceOptions { GridPoints = 20 });

        LocalReference.Near(expected.GetProperty("grid").Numbers(), dependence.Grid, 1e-12);
        LocalReference.Near(expected.GetProperty("average").Numbers(), dependence.Average, 1e-12);
        double[][] curves = expected.GetProperty("individual").Rows();
        for (int i = 0; i < curves.Length; i++)
        {
            LocalReference.Near(curves[i], dependence.Individual.Row(i).ToArray(), 1e-12);
        }
    }

    [Fact]
    public void Of_FewRows_HasABandAroundTheAverage()
    {
        var dependence = PartialDependence.Of(Known, X, "a");

        Assert.All(Enumerable.Range(0, dependence.Grid.Count), k => Assert.InRange(dependence.Average[k], dependence.Low![k] - 1e-9, dependence.High![k] + 1e-9));
        Assert.Contains("bootstrap", dependence.Chart().ToString());
        Assert.Contains("single rows", dependence.IceChart(5).ToString());
        Assert.Equal(dependence.ToString(), PartialDependence.Of(Known, X, "a").ToString());
        Assert.Null(PartialDependence.Of(Known, X, "a", new DependenceOptions { Resamples = 0 }).Low);
    }

    [Fact]
    public void Centered_AllCurvesBeginAtZero()
    {
        PartialDependence centred = PartialDependence.Of(Known, X, "a").Centered();

        Assert.All(Enumerable.Range(0, centred.Individual.RowCount), i => Assert.Equal(0, centred.Individual[i, 0]));
        Assert.Equal(0, centred.Average[0]);
        Assert.StartsWith("change of", centred.Output);
    }

    private sealed class Town : ITableModel
    {
        public Predictions Predict(Table table) => new(null, null, false, [.. table.Texts("town").Zip(table.Numbers("age"), (town, age) => (town == "Agra" ? 1 : 0) + (age / 100))]);
    }

    [Fact]
    public void Of_Texts_OnePointATextMostFrequentFirst()
    {
        var table = new Table(Column.Of("town", new[] { "Pune", "Agra", "Pune" }), Column.Of("age", new[] { 20L, 30L, 40L }));
        var model = ExplainedModel.Of(new Town(), table);

        var dependence = PartialDependence.Of(model, model.Encode(table), "town");

        Assert.Equal(["Pune", "Agra"], dependence.GridTexts);
        Assert.Equal(0.3, dependence.Average[0], 1e-12); // by hand: the mean age is 30
        Assert.Equal(1.3, dependence.Average[1], 1e-12);
        Assert.Throws<InvalidOperationException>(() => dependence.IceChart());
        Assert.Contains("Agra", dependence.Chart().ToString());
    }

    [Fact]
    public void Of_NearlyConstantFeature_GridIsAllThereIs()
    {
        double[][] rows = [.. Enumerable.Range(0, 200).Select(i => new double[] { i < 199 ? 5 : 9, 0, 0 })];

        Assert.Equal([5, 9], PartialDependence.Of(Known, Matrix.FromRows(rows, s_names), "a").Grid);
    }

    [Fact]
    public void Of_MoreRowsThanAllowed_DrawsSome()
    {
        Assert.Equal(10, PartialDependence.Of(Known, X, "a", new DependenceOptions { MaxRows = 10 }).Individual.RowCount);
    }

    [Fact]
    public void Of_BadInput_SaysWhat()
    {
        Assert.Contains("'z'", Assert.Throws<ArgumentException>(() => PartialDependence.Of(Known, X, "z")).Message);
        Assert.Contains("no value", Assert.Throws<ArgumentException>(() => PartialDependence.Of(Known, Matrix.FromRows([[double.NaN, 0, 0]], s_names), "a")).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => PartialDependence.Of(Known, X, "a", new DependenceOptions { LowQuantile = 0.9, HighQuantile = 0.1 }));
        Assert.Throws<OperationCanceledException>(() => PartialDependence.Of(Known, X, "a", null, null, new CancellationToken(true)));
    }
}
