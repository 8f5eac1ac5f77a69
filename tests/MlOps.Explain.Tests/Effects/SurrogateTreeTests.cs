using MlOps.Data;
using MlOps.Explain.Effects;
using MlOps.Learning;

namespace MlOps.Explain.Tests.Effects;

public sealed class SurrogateTreeTests
{
    private static readonly Matrix s_x = new(200, 2, [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? i / 2 : (i / 2) % 7.0)], ["age", "noise"]);

    [Fact]
    public void Of_ModelThatIsATree_FindsItsRules() // by hand: three steps of age
    {
        var model = ExplainedModel.Of(["age", "noise"], x => [.. x.Column(0).Select(age => age <= 49.5 ? 1.0 : age <= 149.5 ? 2 : 5)], "score");

        SurrogateTree tree = SurrogateTree.Of(model, s_x, depth: 2, minSamplesLeaf: 1);

        Assert.Equal(1, tree.Fidelity!.Value, 1e-12);
        Assert.Equal([1, 2, 5], tree.Rules.Select(rule => Math.Round(rule.Prediction, 9)).Order());
        Assert.Equal(1, tree.Rules.Sum(rule => rule.Share), 1e-12);
        string middle = Assert.Single(tree.Rules.Single(rule => Math.Round(rule.Prediction, 9) == 2).Conditions);
        Assert.Matches(@"^(4\d|5\d)[\d.]* < age ≤ 1[45][\d.]*$", middle);
        Assert.Contains("100", tree.ToString());
        Assert.Contains("<table>", tree.ToMimeBundle()["text/html"]);
    }

    [Fact]
    public void Of_Text_AsksForOneTextNotForItsNumber()
    {
        string[] towns = ["Agra", "Pune", "Goa", "Delhi"];
        var table = new Table(Column.Of("town", [.. Enumerable.Range(0, 120).Select(i => towns[i % 4])]), Column.Of("owner", [.. Enumerable.Range(0, 120).Select(i => i % 3 == 0)]));
        var model = ExplainedModel.Of(new Towns(), table);

        SurrogateTree tree = SurrogateTree.Of(model, model.Encode(table), depth: 2);

        Assert.Equal(1, tree.Fidelity!.Value, 1e-12);
        Assert.Equal(["town is Goa", "town is not Goa"], tree.Rules.SelectMany(rule => rule.Conditions).Where(text => text.StartsWith("town", StringComparison.Ordinal)).Distinct().Order());
        Assert.Contains("owner is true", tree.Rules.SelectMany(rule => rule.Conditions).Select(text => text.Replace("owner is not false", "owner is true", StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_MissingNumber_AsksWhetherItIsThere()
    {
        Matrix x = new(100, 1, [.. Enumerable.Range(0, 100).Select(i => i % 4 == 0 ? double.NaN : i)], ["score"]);
        var model = ExplainedModel.Of(["score"], rows => [.. rows.Column(0).Select(score => double.IsNaN(score) ? 7.0 : 0)]);

        SurrogateTree tree = SurrogateTree.Of(model, x, depth: 1);

        Assert.Equal(["score is missing", "score is not missing"], tree.Rules.SelectMany(rule => rule.Conditions).Order());
        Assert.Equal(1, tree.Fidelity!.Value, 1e-12);
    }

    [Fact]
    public void Of_NonsenseModel_HasLowFidelity()
    {
        var model = ExplainedModel.Of(["age", "noise"], x => [.. x.Column(0).Select(age => Math.Sin(age * 1000))]);

        Assert.InRange(SurrogateTree.Of(model, s_x).Fidelity!.Value, -1, 0.3);
    }

    [Fact]
    public void Of_ConstantModel_HasNoFidelityAndOneRule()
    {
        SurrogateTree tree = SurrogateTree.Of(ExplainedModel.Of(["age", "noise"], x => [.. x.Column(0).Select(_ => 3.0)]), s_x);

        Assert.Null(tree.Fidelity);
        Assert.Equal("always: 3 (100 % of the rows)", Assert.Single(tree.Rules).ToString());
        Assert.Contains("nothing to follow", tree.ToString());
    }

    [Fact]
    public void Of_EqualSeeds_GiveEqualTrees()
    {
        var model = ExplainedModel.Of(["age", "noise"], x => [.. x.Column(0).Select(age => age * age)]);

        Assert.Equal(SurrogateTree.Of(model, s_x, seed: 3).ToString(), SurrogateTree.Of(model, s_x, seed: 3).ToString());
    }

    [Fact]
    public void Of_BadArguments_NameThem()
    {
        var model = ExplainedModel.Of(["age", "noise"], x => x.Column(0));

        Assert.Contains("10 rows", Assert.Throws<ArgumentException>("x", () => SurrogateTree.Of(model, s_x.Take([.. Enumerable.Range(0, 9)]))).Message);
        Assert.Throws<ArgumentOutOfRangeException>("depth", () => SurrogateTree.Of(model, s_x, depth: 0));
        Assert.Throws<ArgumentOutOfRangeException>("heldOut", () => SurrogateTree.Of(model, s_x, heldOut: 0.9));
        Assert.Throws<ArgumentOutOfRangeException>("minSamplesLeaf", () => SurrogateTree.Of(model, s_x, minSamplesLeaf: 0));
    }

    private sealed class Towns : ITableModel
    {
        public Predictions Predict(Table table) => new(null, null, false, [.. Enumerable.Range(0, table.RowCount).Select(i => (table.Texts("town")[i] == "Goa" ? 10.0 : 0) + (table.Bools("owner")[i] == true ? 1 : 0))]);
    }
}
