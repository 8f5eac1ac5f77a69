using System.Text.Json;
using MlOps.Data;
using MlOps.Explain.Lime;
using MlOps.Learning;

namespace MlOps.Explain.Tests.Lime;

public sealed class LimeTabularTests
{
    // Oracle: References/local/make_lime.py, the lime package's procedure in numpy and scikit-learn 1.2, from the same samples.
    private static readonly JsonElement s_lime = LocalReference.Read("lime");

    private static double Curve(double v) => 1 / (1 + Math.Exp(-v));

    private static double[] F(Matrix x) => [.. Enumerable.Range(0, x.RowCount).Select(i => Curve((0.8 * x[i, 0]) - (0.5 * x[i, 1] * x[i, 2]) + Math.Sin(x[i, 3]) + (x[i, 4] == 2 ? 0.3 : 0) - (0.2 * x[i, 5])))];

    private static readonly string[] s_names = ["a", "b", "c", "d", "town", "f", "g", "h"];

    /// <summary>The model of the vectors; column 4 holds texts.</summary>
    private static (ExplainedModel Model, Matrix Training) Reference()
    {
        double[][] rows = s_lime.GetProperty("training").Rows();
        Column[] columns = [.. s_names.Select((name, j) => j == 4
            ? (Column)Column.Of(name, rows.Select(row => row[j].ToString("0")).ToArray())
            : Column.Of(name, rows.Select(row => row[j]).ToArray()))];
        var table = new Table(columns);
        var model = ExplainedModel.Of(new TownModel(), table);
        return (model, model.Encode(table));
    }

    private sealed class TownModel : ITableModel
    {
        public Predictions Predict(Table table)
        {
            double[][] columns = [.. s_names.Select((name, j) => j == 4 ? table.Texts(name).Select(text => double.Parse(text!)).ToArray() : table.Numbers(name))];
            return new(null, null, false, F(Matrix.FromRows([.. Enumerable.Range(0, table.RowCount).Select(i => columns.Select(column => column[i]).ToArray())], s_names)));
        }
    }

    [Theory]
    [InlineData("forward", 5)]
    [InlineData("highest", 7)]
    public void Explain_GivenSamples_ConsistentWithLimeInScikitLearn(string how, int features)
    {
        (ExplainedModel model, Matrix training) = Reference();
        var lime = new LimeTabular(model, training, new LimeOptions { Features = features });
        double[][] rows = s_lime.GetProperty("samples").Rows();
        var codes = rows.Select(row => row.Select((value, j) => j == 4 ? CodeOf(model, value) : value).ToArray()).ToArray();

        LimeExplanation explanation = lime.Explain(Matrix.FromRows(codes, s_names), 0, default);

        JsonElement expected = s_lime.GetProperty(how);
        double[] amounts = [.. explanation.Explanation.Contributions.Select(c => c.Amount)];
        int[] chosen = [.. expected.GetProperty("chosen").EnumerateArray().Select(j => j.GetInt32())];
        LocalReference.Near(expected.GetProperty("coefficients").Numbers(), [.. chosen.Select(j => amounts[j])], 1e-10);
        Assert.Equal(features, amounts.Count(amount => amount != 0));
        Assert.Equal(expected.GetProperty("intercept").GetDouble(), explanation.Explanation.BaseValue, 1e-10);
        Assert.Equal(expected.GetProperty("rSquared").GetDouble(), explanation.RSquared!.Value, 1e-10);
        Assert.Equal(s_lime.GetProperty("outputs")[0].GetDouble(), explanation.Explanation.Prediction, 1e-12);
    }

    private static double CodeOf(ExplainedModel model, double town) =>
        Enumerable.Range(0, 4).Single(code => model.Display(4, code) == town.ToString("0"));

    [Fact]
    public void Explain_SameRowTwiceWithAnotherBetween_IsTheSame()
    {
        (ExplainedModel model, Matrix training) = Reference();
        var lime = new LimeTabular(model, training, new LimeOptions { Samples = 500 });

        string first = lime.Explain(training.Row(3)).ToString();
        _ = lime.Explain(training.Row(9));

        Assert.Equal(first, lime.Explain(training.Row(3)).ToString());
        Assert.Equal(lime.Explain(training.Take([3]))[0].Contributions, lime.Explain(training.Row(3)).Explanation.Contributions);
    }

    [Fact]
    public void Explain_Text_ConditionsAreValuesAndQuartiles()
    {
        (ExplainedModel model, Matrix training) = Reference();

        LimeExplanation explanation = new LimeTabular(model, training).Explain(training.Row(3));

        Assert.Equal($"town = {model.Display(4, training[3, 4])}", explanation.Conditions[4]);
        Assert.Matches(@"≤|>", explanation.Conditions[0]);
        Assert.InRange(explanation.Weights().Count, 1, 6);
        Assert.InRange(explanation.RSquared!.Value, 0.2, 1);
        Assert.Contains("R²", explanation.Chart().ToString());
    }

    // By hand: f = 2·[a = 1] + 3·[b = 1] is linear in presence, so a light ridge finds 2 and 3 (the row has both), R² = 1.
    [Fact]
    public void Explain_ModelLinearInPresence_FindsItsWeights()
    {
        var model = ExplainedModel.Of(["a", "b", "idle"], x => [.. Enumerable.Range(0, x.RowCount).Select(i => (2 * x[i, 0]) + (3 * x[i, 1]))]);
        var training = Matrix.FromRows([[0, 0, 5], [1, 1, 5], [0, 1, 5], [1, 0, 5], [1, 1, 5]], ["a", "b", "idle"]);

        LimeExplanation explanation = new LimeTabular(model, training, new LimeOptions { Alpha = 1e-6 }).Explain([1, 1, 5]);

        LocalReference.Near([2, 3, 0], [.. explanation.Explanation.Contributions.Select(c => c.Amount)], 1e-6);
        Assert.Equal(1, explanation.RSquared!.Value, 1e-9);
        Assert.Equal(5, explanation.LocalPrediction, 1e-6);
    }

    [Fact]
    public void Explain_ConstantModel_HasNoWeightsAndNoFit()
    {
        var model = ExplainedModel.Of(["a"], x => new double[x.RowCount]);

        LimeExplanation explanation = new LimeTabular(model, Matrix.FromRows([[1], [2], [3], [4]], ["a"])).Explain([2]);

        Assert.Null(explanation.RSquared);
        Assert.Empty(explanation.Weights());
        Assert.Contains("undefined", explanation.ToString());
        Assert.Throws<InvalidOperationException>(explanation.Chart);
    }

    [Fact]
    public void Explain_BadRow_NamesTheFeature()
    {
        (ExplainedModel model, Matrix training) = Reference();
        var lime = new LimeTabular(model, training);

        Assert.Contains("8 features", Assert.Throws<ArgumentException>(() => lime.Explain([1.0])).Message);
        Assert.Contains("'b'", Assert.Throws<ArgumentException>(() => lime.Explain([0, double.PositiveInfinity, 0, 0, 0, 0, 0, 0])).Message);
        Assert.Contains("training rows", Assert.Throws<ArgumentException>(() => new LimeTabular(model, training.Take([0, 1, 2]))).Message);
        Assert.Equal("Samples", Assert.Throws<ArgumentOutOfRangeException>(() => new LimeTabular(model, training, new LimeOptions { Samples = 3 })).ParamName);
    }

    [Fact]
    public void Explain_MissingValues_AreAConditionOfTheirOwn()
    {
        var model = ExplainedModel.Of(["a"], x => [.. x.Column(0).Select(a => double.IsNaN(a) ? 1.0 : 0)]);
        var training = Matrix.FromRows([[1], [2], [3], [double.NaN], [double.NaN], [4]], ["a"]);

        LimeExplanation explanation = new LimeTabular(model, training, new LimeOptions { Alpha = 1e-6 }).Explain([double.NaN]);

        Assert.Equal(1, explanation.Explanation.Contributions[0].Amount, 1e-4); // missing gives 1, everything else 0
    }

    [Fact]
    public void Stability_LinearModel_AgreesAndCountsRuns()
    {
        (ExplainedModel model, Matrix training) = Reference();
        var lime = new LimeTabular(model, training, new LimeOptions { Samples = 1000, Features = 2 });

        LimeStability stability = lime.Stability(training.Row(7), 6);

        Assert.Equal(6, stability.Runs);
        Assert.InRange(stability.Agreement, 0.3, 1);
        Assert.All(stability.Features, feature => Assert.True(feature.ChosenShare > 0 && feature.StandardDeviation >= 0));
        Assert.Equal(stability.ToString(), lime.Stability(training.Row(7), 6).ToString());
        Assert.Contains("seeds agree", stability.Chart().ToString());
    }

    // By hand: both draws choose {a}; Jaccard of equal sets is 1, the deviation that of the two weights.
    [Fact]
    public void Stability_OneFeatureThatDecides_AgreesFully()
    {
        var model = ExplainedModel.Of(["a", "b"], x => x.Column(0));
        var training = Matrix.FromRows([[0, 3], [1, 4], [0, 5], [1, 6]], ["a", "b"]);

        LimeStability stability = new LimeTabular(model, training, new LimeOptions { Samples = 200, Features = 1 }).Stability([1, 4], 4);

        Assert.Equal(1, stability.Agreement);
        Assert.Equal("a", Assert.Single(stability.Features).Feature);
    }

    [Fact]
    public void Explain_Cancelled_Stops()
    {
        (ExplainedModel model, Matrix training) = Reference();

        Assert.Throws<OperationCanceledException>(() => new LimeTabular(model, training).Explain(training.Row(0), new CancellationToken(true)));
    }
}
