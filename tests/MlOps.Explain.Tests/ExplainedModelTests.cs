using MlOps.Data;
using MlOps.Learning;

namespace MlOps.Explain.Tests;

public sealed class ExplainedModelTests
{
    private static readonly Table s_table = new(
        Column.Of("id", new[] { "a", "b", "c" }),
        Column.Of("town", new[] { "Pune", null, "Agra" }),
        Column.Of("age", new[] { 30L, 40L, 50L }),
        Column.Of("owner", new[] { true, false, true }));

    private sealed class TownModel : ITableModel
    {
        public Predictions Predict(Table table) => new(null, null, false,
            [.. Enumerable.Range(0, table.RowCount).Select(i => (table.Texts("town")[i] == "Agra" ? 100 : 0) + table.Numbers("age")[i] + (table.Bools("owner")[i] == true ? 1000 : 0))]);
    }

    [Fact]
    public void Of_TableModel_ReadsTextsThroughNumbers()
    {
        var model = ExplainedModel.Of(new TownModel(), s_table, ["town", "age", "owner"]);
        Matrix x = model.Encode(s_table);

        Assert.Equal([1030, 40, 1150], model.Predict(x));
        Assert.Equal("Agra", model.Display(0, x[2, 0]));
        Assert.Equal("(missing)", model.Display(0, x[1, 0]));
        Assert.Equal("true", model.Display(2, 1));
        Assert.True(model.IsText(0));
        Assert.False(model.IsText(1));
    }

    [Fact]
    public void Encode_TextTheSampleDoesNotHave_StillReachesTheModel()
    {
        var model = ExplainedModel.Of(new TownModel(), s_table.Rows(..2), ["town", "age", "owner"]);

        Assert.Equal([1030, 40, 1150], model.Predict(model.Encode(s_table)));
    }

    [Fact]
    public void Predict_NaN_NamesTheRow()
    {
        var model = ExplainedModel.Of(["age"], x => [.. x.Column(0).Select(age => age > 1 ? double.NaN : 0)]);

        Assert.Contains("age = 2", Assert.Throws<InvalidOperationException>(() => model.Predict(Matrix.FromRows([[1], [2]], ["age"]))).Message);
    }

    [Fact]
    public void Of_UnknownClass_ListsThem()
    {
        var model = new Classes();

        Assert.Contains("yes", Assert.Throws<ArgumentException>(() => ExplainedModel.Of(model, "maybe")).Message);
        Assert.Equal("probability of yes", ExplainedModel.Of(model).Output);
        Assert.Equal(Math.Log(0.25 / 0.75), ExplainedModel.Of(model, "yes", logOdds: true).Predict(Matrix.FromRows([[0.25]]))[0], 12);
    }

    private sealed class Classes : IProbabilisticClassifier
    {
        public IReadOnlyList<string> FeatureNames => ["p"];

        IReadOnlyList<string> IClassifier.Classes => ["no", "yes"];

        public Matrix PredictProbabilities(Matrix x) => Matrix.FromRows([.. x.Column(0).Select(p => new[] { 1 - p, p })]);

        public int[] Predict(Matrix x) => [.. x.Column(0).Select(p => p > 0.5 ? 1 : 0)];
    }
}
