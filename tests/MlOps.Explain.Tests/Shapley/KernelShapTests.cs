using FsCheck;
using FsCheck.Fluent;
using MlOps.Explain.Shapley;
using MlOps.Learning;

namespace MlOps.Explain.Tests.Shapley;

public sealed class KernelShapTests
{
    /// <summary>Pairs and triples of neighbours interact, so that sampling has something to miss.</summary>
    private static double Bent(double[] x)
    {
        double sum = 0.25;
        for (int j = 0; j < x.Length; j++)
        {
            sum += ((j % 3) - 1) * x[j];
            sum += j > 0 ? x[j] * x[j - 1] : 0;
            sum += j > 1 ? Math.Tanh(x[j] - x[j - 1] + x[j - 2]) : 0;
        }

        return sum;
    }

    private static Matrix Rows(int rows, int columns, int seed) => Matrix.FromRows(BruteForce.Rows(rows, columns, seed));

    /// <summary>Oracle: exact enumeration, itself tested against all orders. All coalitions are asked up to 11 features.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(11)]
    public void Explain_AllCoalitions_IsExact(int features)
    {
        ExplainedModel model = BruteForce.Model(features, Bent);
        Matrix background = Rows(5, features, 1);
        Matrix x = Rows(3, features, 2);

        Explanations found = new KernelShap(model, background).Explain(x);
        Explanations exact = new ExactShap(model, background).Explain(x);

        for (int i = 0; i < x.RowCount; i++)
        {
            BruteForce.Equal(exact.Amounts(i), found.Amounts(i), 1e-11);
        }

        Assert.All(found.StandardErrors!.Values.ToArray(), error => Assert.Equal(0, error));
    }

    [Fact]
    public void Explain_CorrelatedBackground_AddsUpAndEqualsAllOrders() => Prop.ForAll(Gen.Choose(0, 100_000).ToArbitrary(), seed =>
    {
        double[][] background = [.. BruteForce.Rows(4, 4, seed).Select(row => new[] { row[0], row[0] + (0.01 * row[1]), -row[0], Math.Round(row[3]) })];
        double[] x = BruteForce.Rows(1, 4, seed + 1)[0];
        Explanations found = new KernelShap(BruteForce.Model(4, Bent), Matrix.FromRows(background)).Explain(Matrix.FromRows([x]));
        BruteForce.Equal(BruteForce.Values(Bent, x, background), found.Amounts(), 1e-10);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Explain_Sampled_AddsUp()
    {
        Explanations found = new KernelShap(BruteForce.Model(24, Bent), Rows(6, 24, 1), new() { Samples = 300 }).Explain(Rows(5, 24, 2));

        Assert.All(Enumerable.Range(0, 5), i => Assert.Equal(0, found[i].Residual, 1e-10));
    }

    /// <summary>Over 60 seeds: the mean lies within 4 standard errors of the exact value, and the reported standard error is the spread that is seen (±35 %: 60 seeds alone give ±18 % at two sigma).</summary>
    [Fact]
    public void Explain_Sampled_IsUnbiasedAndKnowsItsError()
    {
        const int Features = 13;
        const int Seeds = 60;
        ExplainedModel model = BruteForce.Model(Features, Bent);
        Matrix background = Rows(3, Features, 1);
        Matrix x = Rows(1, Features, 2);
        double[] exact = new ExactShap(model, background).Explain(x).Amounts();
        Explanations[] found = [.. Enumerable.Range(0, Seeds).Select(seed => new KernelShap(model, background, new() { Samples = 250, Seed = seed }).Explain(x))];

        double ratios = 0;
        for (int j = 0; j < Features; j++)
        {
            double mean = found.Average(one => one.Amounts[0, j]);
            double spread = Math.Sqrt(found.Sum(one => Math.Pow(one.Amounts[0, j] - mean, 2)) / (Seeds - 1));
            double reported = Math.Sqrt(found.Average(one => Math.Pow(one.StandardErrors![0, j], 2)));
            Assert.True(Math.Abs(mean - exact[j]) < 4 * spread / Math.Sqrt(Seeds), $"feature {j}: mean {mean}, exact {exact[j]}, spread {spread}");
            Assert.InRange(reported / spread, 0.65, 1.35);
            ratios += reported / spread / Features;
        }

        Assert.InRange(ratios, 0.85, 1.15);
    }

    /// <summary>Without interactions any sample gives the exact values: a linear model's are w · (x − mean).</summary>
    [Fact]
    public void Explain_LinearModelOfManyFeatures_IsExactFromAnySample()
    {
        const int Features = 100;
        double[][] background = BruteForce.Rows(4, Features, 1);
        double[] x = BruteForce.Rows(1, Features, 2)[0];
        Explanations found = new KernelShap(BruteForce.Model(Features, row => row.Select((value, j) => j * value).Sum()), Matrix.FromRows(background)).Explain(Matrix.FromRows([x]));

        BruteForce.Equal(x.Select((value, j) => j * (value - background.Average(row => row[j]))), found.Amounts(), 1e-9);
        Assert.All(found.StandardErrors!.Values.ToArray(), error => Assert.Equal(0, error, 1e-9));
    }

    /// <summary>The fault of another implementation: of 30 features at least 20 became 0.</summary>
    [Fact]
    public void Explain_ThirtyFeatures_LeavesNoneOut()
    {
        double[] amounts = new KernelShap(BruteForce.Model(30, x => x.Sum()), Rows(3, 30, 1)).Explain(Rows(1, 30, 2)).Amounts();

        Assert.All(amounts, amount => Assert.True(Math.Abs(amount) > 1e-6));
    }

    [Fact]
    public void Explain_FeatureTheModelDoesNotRead_GetsNothing()
    {
        double[] amounts = new KernelShap(BruteForce.Model(8, x => x[0] * x[1] * x[2]), Rows(3, 8, 1)).Explain(Rows(1, 8, 2)).Amounts();

        Assert.All(amounts[3..], amount => Assert.Equal(0, amount, 1e-12));
    }

    [Fact]
    public void Explain_OneRowOrMany_GivesTheSameBytes()
    {
        ExplainedModel model = BruteForce.Model(20, Bent);
        Matrix x = Rows(4, 20, 2);
        var options = new KernelShapOptions { Samples = 200, Seed = 3 };

        Explanations all = new KernelShap(model, Rows(3, 20, 1), options).Explain(x);
        Explanations one = new KernelShap(model, Rows(3, 20, 1), options).Explain(x.Take([2]));

        Assert.Equal(all.Amounts.Row(2).ToArray(), one.Amounts.Row(0).ToArray());
        Assert.NotEqual(all.Amounts.Row(2).ToArray(), new KernelShap(model, Rows(3, 20, 1), options with { Seed = 4 }).Explain(x).Amounts.Row(2).ToArray());
    }

    [Fact]
    public void Explain_NoOrOneFeatureDiffers_NeedsNoCoalition()
    {
        var explainer = new KernelShap(BruteForce.Model(3, x => x[0] + (x[1] * x[2])), Matrix.FromRows([[1, 2, 3]]));

        Explanations found = explainer.Explain(Matrix.FromRows([[1, 2, 3], [1, 5, 3]]));

        Assert.Equal([0, 0, 0], found.Amounts(0));
        Assert.Equal([0, 9, 0], found.Amounts(1));
    }

    /// <summary>Fewer coalitions than features: the shortest of all solutions that fit. It still adds up.</summary>
    [Fact]
    public void Explain_FewerSamplesThanFeatures_AddsUp()
    {
        Explanation found = new KernelShap(BruteForce.Model(30, Bent), Rows(3, 30, 1), new() { Samples = 10 }).Explain(Rows(1, 30, 2))[0];

        Assert.Equal(0, found.Residual, 1e-9);
        Assert.All(found.Contributions, contribution => Assert.True(double.IsFinite(contribution.Amount)));
    }

    /// <summary>More players than a word has bits.</summary>
    [Fact]
    public void Explain_SeventyFeaturesOfWhichValuesRepeat_AddsUp()
    {
        const int Features = 70;
        var random = new Random(1);
        Matrix background = Matrix.FromRows([.. Enumerable.Range(0, 8).Select(_ => Enumerable.Range(0, Features).Select(j => (double)random.Next(2)).ToArray())]);
        int asked = 0;
        ExplainedModel model = ExplainedModel.Of([.. Enumerable.Range(0, Features).Select(j => $"f{j}")], x =>
        {
            asked += x.RowCount;
            return [.. Enumerable.Range(0, x.RowCount).Select(i => Bent(x.Row(i).ToArray()))];
        });
        Explanation found = new KernelShap(model, background, new() { Samples = 400 }).Explain(background.Take([3]))[0];

        Assert.Equal(0, found.Residual, 1e-9);
        Assert.True(asked < 8 * 400, "rows that are the same are asked once");
    }

    [Fact]
    public void Explain_TenThousandFeatures_IsRefusedWithTheCostAndTheAlternative()
    {
        var explainer = new KernelShap(BruteForce.Model(10_000, x => x[0]), Rows(2, 10_000, 1));

        ArgumentException refused = Assert.Throws<ArgumentException>(() => explainer.Explain(Rows(1, 10_000, 2)));

        Assert.Equal("x", refused.ParamName);
        Assert.Contains("22,048 coalitions × 2 background rows = 44,096 rows", refused.Message);
        Assert.Contains("TreeShap", refused.Message);
        Assert.Contains("groups", refused.Message);
    }

    [Fact]
    public void Explain_ModelThatGivesNaNForAMixedRow_NamesTheRow()
    {
        var explainer = new KernelShap(BruteForce.Model(2, x => x[0] == 1 && x[1] == 4 ? double.NaN : 0), Matrix.FromRows([[1, 2]]));

        Assert.Contains("f0 = 1, f1 = 4", Assert.Throws<InvalidOperationException>(() => explainer.Explain(Matrix.FromRows([[3, 4]]))).Message);
    }

    [Fact]
    public void Explain_MissingValues_AreValuesLikeOthers()
    {
        var explainer = new KernelShap(BruteForce.Model(2, x => (double.IsNaN(x[0]) ? 5 : x[0]) + x[1]), Matrix.FromRows([[double.NaN, 1], [double.NaN, 3]]));

        Assert.Equal([0, 2], explainer.Explain(Matrix.FromRows([[double.NaN, 4]])).Amounts());
    }

    /// <summary>Several rows at a time, and several threads on one row; some values repeat, so that rows are shared.</summary>
    [Theory]
    [InlineData(1, 13, true)]
    [InlineData(7, 13, true)]
    [InlineData(7, 13, false)]
    [InlineData(5, 6, true)]
    public void Explain_OneThreadOrSeveral_SameBytes(int rows, int features, bool threadSafe)
    {
        Matrix background = Rows(60, features, 1);
        double[] values = background.Values.ToArray();
        for (int i = 0; i < values.Length; i += features)
        {
            values[i] = Math.Round(values[i]);
        }

        background = new Matrix(60, features, values);
        ExplainedModel model = ExplainedModel.Of(background.ColumnNames, x => [.. Enumerable.Range(0, x.RowCount).Select(i => Bent(x.Row(i).ToArray()))], threadSafe: threadSafe);
        Matrix explained = Rows(rows, features, 2);
        Explanations With(int threads) => new KernelShap(model, background, new() { Samples = 300, MaxDegreeOfParallelism = threads }).Explain(explained);

        Explanations one = With(1);
        foreach (int threads in new[] { 2, 3, 5 })
        {
            Explanations several = With(threads);
            Assert.Equal(one.Amounts.Values.ToArray(), several.Amounts.Values.ToArray());
            Assert.Equal(one.StandardErrors!.Values.ToArray(), several.StandardErrors!.Values.ToArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Explain_FunctionThatIsNotThreadSafe_IsCalledByOneThreadAtATime(int rows)
    {
        int inside = 0;
        int most = 0;
        ExplainedModel model = ExplainedModel.Of(["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"], x =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            double[] predicted = [.. Enumerable.Range(0, x.RowCount).Select(i => Bent(x.Row(i).ToArray()))];
            Interlocked.Decrement(ref inside);
            return predicted;
        });

        new KernelShap(model, Rows(20, 11, 1), new() { MaxDegreeOfParallelism = 4 }).Explain(Rows(rows, 11, 2));

        Assert.Equal(1, most);
    }

    /// <summary>Rows 3 and 5 of 6 fail; the message is that of row 3 on any number of threads.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Explain_SeveralRowsFail_ThrowsForTheFirst(int threads)
    {
        ExplainedModel model = ExplainedModel.Of(["a", "b"], x => [.. Enumerable.Range(0, x.RowCount).Select(i => (x[i, 0] is 3 or 5) && x[i, 1] < 0 ? double.NaN : 1)], threadSafe: true);
        Matrix explained = Matrix.FromRows([.. Enumerable.Range(0, 6).Select(i => new double[] { i, 8 })]);
        var explainer = new KernelShap(model, Matrix.FromRows([[-1, -1]]), new() { MaxDegreeOfParallelism = threads });

        Assert.Contains("a = 3", Assert.Throws<InvalidOperationException>(() => explainer.Explain(explained)).Message);
    }

    [Fact]
    public void Explain_SeveralThreads_ReportProgressThatOnlyRises()
    {
        var told = new List<double>();
        var progress = new Told(told);

        new KernelShap(BruteForce.Model(3, x => x[0] * x[1]), Rows(4, 3, 1), new() { MaxDegreeOfParallelism = 3 }).Explain(Rows(5, 3, 2), progress);

        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1], told);
    }

    private sealed class Told(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }

    [Fact]
    public void New_BadOptions_AreRefused()
    {
        ExplainedModel model = BruteForce.Model(2, x => x[0]);
        Matrix background = Rows(2, 2, 1);

        Assert.Throws<ArgumentOutOfRangeException>(() => new KernelShap(model, background, new() { Samples = 1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KernelShap(model, background, new() { MaxFeatures = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KernelShap(model, background, new() { MaxDegreeOfParallelism = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ExactShap(model, background) { MaxDegreeOfParallelism = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new KernelShap(model, background, new() { Link = (OutputLink)7 }));
        Assert.Contains("no rows", Assert.Throws<ArgumentException>(() => new KernelShap(model, background.Take([]))).Message);
    }

    [Fact]
    public void Explain_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(() =>
        new KernelShap(BruteForce.Model(2, x => x[0]), Rows(2, 2, 1)).Explain(Rows(1, 2, 2), null, new CancellationToken(true)));

    [Fact]
    public void Sample_Background_DrawsDifferentRowsInOrder()
    {
        Matrix x = Matrix.FromRows([.. Enumerable.Range(0, 50).Select(i => new double[] { i })]);

        double[] drawn = Background.Sample(x, 20, 1).Column(0);

        Assert.Equal(20, drawn.Distinct().Count());
        Assert.Equal(drawn.Order(), drawn);
        Assert.Equal(drawn, Background.Sample(x, 20, 1).Column(0));
        Assert.Equal(50, Background.Sample(x, 80).RowCount);
        Assert.Throws<ArgumentException>(() => Background.Sample(x.Take([]), 3));
    }
}
