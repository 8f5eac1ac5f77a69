using FsCheck;
using FsCheck.Fluent;
using MlOps.Data;
using MlOps.Explain.Counterfactuals;
using MlOps.Learning;

namespace MlOps.Explain.Tests.Counterfactuals;

public sealed class CounterfactualSearchTests
{
    private static readonly string[] s_names = ["a", "b", "c"];

    private static double[] Score(Matrix x) => [.. Enumerable.Range(0, x.RowCount).Select(i => Score(x.Row(i)))];

    private static double Score(ReadOnlySpan<double> row) => (0.3 * row[0]) - (0.2 * row[1]) + (0.1 * row[0] * row[2]);

    private static ExplainedModel Model => ExplainedModel.Of(s_names, Score);

    /// <summary>Five values a feature; the median absolute deviation of 0 … 4 is 1.</summary>
    private static readonly Matrix s_grid = Matrix.FromRows([.. Enumerable.Range(0, 5).Select(k => new double[] { k, k, k })], s_names);

    // Oracle: all 5³ rows of the grid, by brute force with the documented cost.
    [Fact]
    public void Find_SmallGrid_CheapestEqualsBruteForce()
    {
        var search = new CounterfactualSearch(Model, s_grid);
        Gen<double> value = Gen.Choose(0, 4).Select(k => (double)k);
        Prop.ForAll(value.Three().Select(t => new[] { t.Item1, t.Item2, t.Item3 }).ToArbitrary(), Gen.Choose(-5, 25).Select(k => k / 10.0).ToArbitrary(), (row, wanted) =>
        {
            var target = CounterfactualTarget.AtLeast(wanted);
            double best = double.PositiveInfinity;
            for (int k = 0; k < 125; k++)
            {
                double[] other = [k % 5, k / 5 % 5, k / 25];
                double cost = other.Zip(row, (to, from) => Math.Abs(to - from)).Sum() + (0.5 * other.Zip(row, (to, from) => to == from ? 0 : 1).Sum());
                best = target.Contains(Score(other)) ? Math.Min(best, cost) : best;
            }

            CounterfactualResult result = search.Find(row, target);
            return result.IsReached ? best == 0
                : double.IsPositiveInfinity(best) ? result.Counterfactuals.Count == 0 && result.IsExhaustive
                : Math.Abs(result.Counterfactuals[0].Distance + (0.5 * result.Counterfactuals[0].Changes.Count) - best) < 1e-12;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Find_Results_AreWhatTheModelSaysAndDiffer()
    {
        CounterfactualResult result = new CounterfactualSearch(Model, s_grid).Find([1, 3, 1], CounterfactualTarget.AtLeast(0.6));

        Assert.InRange(result.Counterfactuals.Count, 2, 3);
        Assert.All(result.Counterfactuals, c => Assert.Equal(Score(c.Row.ToArray()), c.Prediction));
        Assert.All(result.Counterfactuals, c => Assert.True(c.Prediction >= 0.6));
        Assert.Equal(result.Counterfactuals.Count, result.Counterfactuals.Select(c => string.Join(",", c.Changes.Select(change => change.Feature))).Distinct().Count());
        Assert.Contains("→", result.ToString());
    }

    [Fact]
    public void Find_Limits_AreKept()
    {
        var options = new CounterfactualOptions
        {
            Limits = new Dictionary<string, Actionability> { ["a"] = new() { Maximum = 3 }, ["b"] = new() { MayFall = false }, ["c"] = Actionability.Fixed },
        };

        CounterfactualResult result = new CounterfactualSearch(Model, s_grid, options).Find([1, 2, 1], CounterfactualTarget.AtLeast(0.79));

        FeatureChange change = Assert.Single(Assert.Single(result.Counterfactuals).Changes);
        Assert.Equal(("a", 3), (change.Feature, change.To)); // by hand: 0.9 − 0.4 + 0.3 = 0.8, above 0.79; b may only rise, c is fixed, a = 4 is too much
    }

    [Fact]
    public void Find_Impossible_SaysSoWithTheClosest()
    {
        CounterfactualResult result = new CounterfactualSearch(Model, s_grid).Find([1, 2, 1], CounterfactualTarget.AtLeast(100));

        Assert.Empty(result.Counterfactuals);
        Assert.True(result.IsExhaustive);
        Assert.Equal(2.8, result.Closest!.Prediction, 1e-12); // by hand: a = 4, b = 0, c = 4 gives 1.2 + 1.6
        Assert.Contains("No allowed change reaches it. The closest", result.ToString());
    }

    [Fact]
    public void Find_LittleBudget_KeepsItAndSaysThatNotAllWasTried()
    {
        CounterfactualResult result = new CounterfactualSearch(Model, s_grid, new CounterfactualOptions { MaxEvaluations = 20 }).Find([1, 2, 1], CounterfactualTarget.AtLeast(100));

        Assert.InRange(result.Evaluations, 1, 20);
        Assert.False(result.IsExhaustive);
        Assert.Contains("not every combination", result.ToString());
    }

    [Fact]
    public void Find_Step_ProposesStepsFromTheRow()
    {
        var options = new CounterfactualOptions { Limits = new Dictionary<string, Actionability> { ["a"] = new() { Step = 0.25 }, ["b"] = Actionability.Fixed, ["c"] = Actionability.Fixed } };

        CounterfactualResult result = new CounterfactualSearch(Model, s_grid, options).Find([1, 0, 0], CounterfactualTarget.AtLeast(0.4));

        Assert.Equal(1.5, Assert.Single(result.Counterfactuals[0].Changes).To); // by hand: 0.3 · 1.5 = 0.45 is the first of 1.25, 1.5, … above 0.4
    }

    private sealed class Town : ITableModel
    {
        public Predictions Predict(Table table) => new(null, null, false, [.. table.Texts("town").Zip(table.Numbers("age"), (town, age) => (town == "Agra" ? 1 : 0) + (age / 100))]);
    }

    [Fact]
    public void Find_Texts_OnlyAllowedOnes()
    {
        var table = new Table(Column.Of("town", new[] { "Pune", "Agra", "Delhi" }), Column.Of("age", new[] { 20L, 30L, 40L }));
        var model = ExplainedModel.Of(new Town(), table);
        Matrix x = model.Encode(table);
        CounterfactualResult Find(params string[] texts) => new CounterfactualSearch(model, x, new CounterfactualOptions
        {
            Limits = new Dictionary<string, Actionability> { ["town"] = new() { Texts = texts }, ["age"] = new() { MayFall = false } },
        }).Find(x.Row(0), CounterfactualTarget.AtLeast(1));

        Assert.Equal("Agra", Assert.Single(Find("Agra", "Delhi").Counterfactuals[0].Changes).ToText);
        Assert.Empty(Find("Delhi").Counterfactuals);
        Assert.Equal(1, Find("Agra").Counterfactuals[0].Distance);
    }

    [Fact]
    public void Find_MissingValue_CountsAsOneChange()
    {
        var model = ExplainedModel.Of(["a"], x => [.. x.Column(0).Select(a => double.IsNaN(a) ? 0 : a)]);

        CounterfactualResult result = new CounterfactualSearch(model, Matrix.FromRows([[1], [2], [double.NaN]], ["a"])).Find([double.NaN], CounterfactualTarget.AtLeast(2));

        Assert.Equal((2.0, 1.0), (result.Counterfactuals[0].Prediction, result.Counterfactuals[0].Distance));
    }

    [Fact]
    public void Find_AlreadyThere_ChangesNothing()
    {
        CounterfactualResult result = new CounterfactualSearch(Model, s_grid).Find([4, 0, 4], CounterfactualTarget.Between(1, 3));

        Assert.True(result.IsReached);
        Assert.Empty(result.Counterfactuals);
        Assert.Contains("as it is", result.ToString());
    }

    [Fact]
    public void Constructor_BadLimits_SayWhich()
    {
        CounterfactualSearch With(string name, Actionability limit) => new(Model, s_grid, new CounterfactualOptions { Limits = new Dictionary<string, Actionability> { [name] = limit } });

        Assert.Contains("'z'", Assert.Throws<ArgumentException>(() => With("z", new Actionability())).Message);
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => With("a", new Actionability { Minimum = 2, Maximum = 1 })).Message);
        Assert.Contains("'a'", Assert.Throws<ArgumentException>(() => With("a", new Actionability { Texts = ["x"] })).Message);
        Assert.Contains("larger step", Assert.Throws<ArgumentException>(() => With("a", new Actionability { Step = 1e-9 }).Find([1, 2, 1], CounterfactualTarget.AtLeast(9))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => CounterfactualTarget.Between(2, 1));
    }
}
