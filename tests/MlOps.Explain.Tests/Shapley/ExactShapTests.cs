using MlOps.Explain.Shapley;
using MlOps.Learning;

namespace MlOps.Explain.Tests.Shapley;

public sealed class ExactShapTests
{
    private static double Bent(double[] x) => (x[0] * x[1]) + Math.Sin(3 * x[2]) + (x[3] > 0 ? x[4] : -x[0]) + 0.5;

    private static double Probability(double[] x) => 1 / (1 + Math.Exp(-Bent(x)));

    /// <summary>Oracle: all 120 orders.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void Explain_AnyModel_EqualsAllOrders(int backgroundRows)
    {
        double[][] background = BruteForce.Rows(backgroundRows, 5, 1);
        double[][] rows = BruteForce.Rows(4, 5, 2);

        Explanations found = new ExactShap(BruteForce.Model(5, Bent), Matrix.FromRows(background)).Explain(Matrix.FromRows(rows));

        for (int i = 0; i < rows.Length; i++)
        {
            BruteForce.Equal(BruteForce.Values(Bent, rows[i], background), found.Amounts(i), 1e-12);
            Assert.Equal(0, found[i].Residual, 1e-12);
            Assert.Equal(Bent(rows[i]), found.Predictions[i]);
        }

        Assert.Equal(background.Average(Bent), found.BaseValue, 1e-14);
        Assert.Null(found.StandardErrors);
    }

    /// <summary>Oracle: all orders. Values that repeat are where rows are shared.</summary>
    [Fact]
    public void Explain_ValuesThatRepeat_EqualAllOrdersAndAskNoRowTwice()
    {
        var random = new Random(5);
        double[][] background = [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, 5).Select(j => (double)random.Next(2 + (j % 2))).ToArray())];
        var asked = new List<string>();
        ExplainedModel model = BruteForce.Model(5, row =>
        {
            asked.Add(string.Join(' ', row));
            return Bent(row);
        });
        var explainer = new ExactShap(model, Matrix.FromRows(background));
        double[] x = [1, 0, 2, 1, 1];
        Explanations found = explainer.Explain(Matrix.FromRows([x]));

        BruteForce.Equal(BruteForce.Values(Bent, x, background), found.Amounts(), 1e-12);
        Assert.Equal(asked.Count, asked.Distinct().Count() + (background.Any(row => row.SequenceEqual(x)) ? 1 : 0));
    }

    [Fact]
    public void Explain_FeatureLikeAllOfTheBackground_GetsNothing()
    {
        double[][] background = [[1, 2, 3], [1, 5, 3]];
        double[] amounts = new ExactShap(BruteForce.Model(3, x => x[0] * x[1] * x[2]), Matrix.FromRows(background)).Explain(Matrix.FromRows([[1, 7, 3]])).Amounts();

        Assert.Equal([0, (7 - 3.5) * 3, 0], amounts);
    }

    [Fact]
    public void Explain_RowOfTheBackgroundAlone_GetsNothingAtAll()
    {
        Explanation found = new ExactShap(BruteForce.Model(2, x => x[0] + x[1]), Matrix.FromRows([[1, 2]])).Explain(Matrix.FromRows([[1, 2]]))[0];

        Assert.All(found.Contributions, contribution => Assert.Equal(0, contribution.Amount));
        Assert.Equal((3, 3), (found.BaseValue, found.Prediction));
    }

    /// <summary>Oracle: all orders over a game whose worth is the logit of the mean probability.</summary>
    [Fact]
    public void Explain_Logit_AddsUpInLogOdds()
    {
        double[][] background = BruteForce.Rows(6, 5, 3);
        double[] x = BruteForce.Rows(1, 5, 4)[0];
        Explanations found = new ExactShap(BruteForce.Model(5, Probability, "probability of yes"), Matrix.FromRows(background), link: OutputLink.Logit).Explain(Matrix.FromRows([x]));

        double[] expected = BruteForce.Values(5, known =>
        {
            double mean = background.Average(row => Probability([.. x.Select((value, j) => known[j] ? value : row[j])]));
            return Math.Log(mean / (1 - mean));
        });
        BruteForce.Equal(expected, found.Amounts(), 1e-12);
        Assert.Equal("log-odds of yes", found.Output);
        Assert.Equal(0, found[0].Residual, 1e-12);
        Assert.Contains("log-odds", Assert.Throws<InvalidOperationException>(() => new ExactShap(BruteForce.Model(1, row => row[0]), Matrix.FromRows([[1]]), link: OutputLink.Logit)).Message);
    }

    /// <summary>Oracle: all orders of the two players (f0, f2) and f1.</summary>
    [Fact]
    public void Explain_Groups_PlayTogether()
    {
        double[][] background = [[1, 0.3, 0], [0, -0.2, 1], [0, 0.9, 1]];
        static double F(double[] x) => (2 * x[0] * x[1]) + (x[2] * (1 - x[1]));
        Explanations found = new ExactShap(BruteForce.Model(3, F), Matrix.FromRows(background), [new FeatureGroup("colour", ["f0", "f2"])]).Explain(Matrix.FromRows([[1, 2, 0]]));

        double[] expected = BruteForce.Values(2, known => background.Average(row => F([known[0] ? 1 : row[0], known[1] ? 2 : row[1], known[0] ? 0 : row[2]])));
        BruteForce.Equal(expected, found.Amounts(), 1e-12);
        Assert.Equal("colour", found[0].Contributions[0].Feature);
        Assert.Equal("f0", found[0].Contributions[0].ValueText);
        Assert.Equal(0, found[0].Residual, 1e-12);
    }

    [Fact]
    public void New_BadInput_SaysWhat()
    {
        ExplainedModel model = BruteForce.Model(3, x => x[0]);
        Matrix rows = Matrix.FromRows([[1, 2, 3]]);

        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => new ExactShap(model, rows.Take([]))).Message);
        Assert.Equal("background", Assert.Throws<ArgumentException>(() => new ExactShap(model, Matrix.FromRows([[1, 2]]))).ParamName);
        Assert.Contains("no feature", Assert.Throws<ArgumentException>(() => new ExactShap(model, rows, [new("g", ["f0", "age"])])).Message);
        Assert.Contains("two groups", Assert.Throws<ArgumentException>(() => new ExactShap(model, rows, [new("g", ["f0"]), new("h", ["f0"])])).Message);
        Assert.Contains("name", Assert.Throws<ArgumentException>(() => new ExactShap(model, rows, [new("f2", ["f0", "f1"])])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExactShap(model, rows, maxFeatures: 21));
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => new ExactShap(model, rows).Explain(Matrix.FromRows([[1, 2]]))).ParamName);
        Assert.Contains("f1 = 2", Assert.Throws<InvalidOperationException>(() => new ExactShap(BruteForce.Model(3, _ => double.NaN), rows)).Message);
    }

    [Fact]
    public void Explain_TooManyFeatures_IsRefusedWithTheCost()
    {
        var explainer = new ExactShap(BruteForce.Model(16, x => x[0]), Matrix.FromRows(BruteForce.Rows(10, 16, 1)));

        string message = Assert.Throws<ArgumentException>(() => explainer.Explain(Matrix.FromRows(BruteForce.Rows(1, 16, 2)))).Message;

        Assert.Contains("2^16 × 10 = 6.55e+5 rows", message);
        Assert.Contains("KernelShap asks for 20,800 rows", message);
    }

    [Fact]
    public void Explain_NoRow_GivesNoExplanation() =>
        Assert.Equal(0, new ExactShap(BruteForce.Model(2, x => x[0]), Matrix.FromRows([[1, 2]])).Explain(Matrix.FromRows([[1, 2]]).Take([])).Count);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Explain_OneThreadOrSeveral_SameBytes(int rows)
    {
        ExplainedModel model = ExplainedModel.Of(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"], x => [.. Enumerable.Range(0, x.RowCount).Select(i => Math.Sin(x[i, 0] * x[i, 1]) + (x[i, 2] * x[i, 9]))], threadSafe: true);
        Matrix background = Matrix.FromRows(BruteForce.Rows(50, 10, 1));
        Matrix explained = Matrix.FromRows(BruteForce.Rows(rows, 10, 2));
        double[] With(int threads) => new ExactShap(model, background) { MaxDegreeOfParallelism = threads }.Explain(explained).Amounts.Values.ToArray();

        Assert.Equal(With(1), With(3));
    }
}
