using FsCheck;
using FsCheck.Fluent;
using MlOps.Explain.Shapley;
using MlOps.Learning;
using MlOps.Learning.Trees;

namespace MlOps.Explain.Tests.Shapley;

/// <summary>Random trees with repeated features, covers of 0 and missing values, against the definition; deep ones against the published algorithm.</summary>
public sealed class TreeShapPropertyTests
{
    private const double Exact = 1e-10;

    private static readonly Config s_quick = Config.QuickThrowOnFailure.WithMaxTest(60);

    [Fact]
    public void Explain_RandomTrees_EqualTheDefinition() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            const int D = 4;
            var random = new Random(seed);
            PlainNode[][] trees = [.. Enumerable.Range(0, 3).Select(_ => PlainTree.Random(random, D, 5))];
            double[] row = Row(random, D);

            double Value(int known) => trees.Sum(tree => PlainTree.ExpectedValue(tree, row, known));
            var shap = TreeShap.Of(PlainTree.ToOnnx(trees, D));
            Explanations found = shap.Explain(Matrix.FromRows([row]));
            double[,] pairs = BruteTrees.Interactions(D, Value);
            Matrix foundPairs = shap.Interactions(found.X)[0];

            return Close(BruteTrees.Shapley(D, Value), found.Amounts.Values.ToArray())
                && Math.Abs(Value(0) - found.BaseValue) < Exact
                && Math.Abs(Value((1 << D) - 1) - found.Predictions[0]) < Exact
                && Close([.. pairs.Cast<double>()], foundPairs.Values.ToArray());
        }).Check(s_quick);

    [Fact]
    public void Explain_RandomTreesWithBackground_EqualTheDefinition() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed =>
        {
            const int D = 4;
            var random = new Random(seed);
            PlainNode[][] trees = [.. Enumerable.Range(0, 3).Select(_ => PlainTree.Random(random, D, 5))];
            double[][] background = [.. Enumerable.Range(0, 6).Select(_ => Row(random, D))];
            double[] row = Row(random, D);

            const int All = (1 << D) - 1;
            Explanations found = TreeShap.Of(PlainTree.ToOnnx(trees, D), background: Matrix.FromRows(background)).Explain(Matrix.FromRows([row]));

            return Close(BruteTrees.Shapley(D, known => BruteTrees.Intervened(one => trees.Sum(tree => PlainTree.ExpectedValue(tree, one, All)), row, background, known)), found.Amounts.Values.ToArray());
        }).Check(s_quick);

    [Theory]
    [InlineData(11)] // beyond what rows share
    [InlineData(16)]
    [InlineData(17)] // more points than a vector has lanes
    [InlineData(30)]
    public void Explain_LongWay_EqualsAlgorithmTwo(int features)
    {
        PlainNode[] tree = PlainTree.Chain(features);
        var random = new Random(features);
        Matrix rows = Matrix.FromRows([.. Enumerable.Range(0, 8).Select(i => Enumerable.Range(0, features).Select(_ => random.Next(10) < i ? 2.0 : 0).ToArray())]);

        Explanations found = TreeShap.Of(PlainTree.ToOnnx([tree], features)).Explain(rows);

        for (int i = 0; i < rows.RowCount; i++)
        {
            Assert.True(Close(PlainTree.AlgorithmTwo(tree, rows.Row(i).ToArray()), found.Amounts.Row(i).ToArray(), 1e-7)); // the published recursion divides and takes differences
            Assert.Equal(0, found[i].Residual, 1e-10);
        }
    }

    [Fact]
    public void Explain_LongWay_EqualsTheDefinition()
    {
        PlainNode[] tree = PlainTree.Chain(13);
        double[] row = [2, 2, 2, 0, 2, 2, 0, 2, 2, 2, 2, 2, 2];

        Explanations found = TreeShap.Of(PlainTree.ToOnnx([tree], 13)).Explain(Matrix.FromRows([row]));

        Assert.True(Close(BruteTrees.Shapley(13, known => PlainTree.ExpectedValue(tree, row, known)), found.Amounts.Values.ToArray()));
    }

    [Fact]
    public void Explain_64FeaturesOnOneWay_IsRefused()
    {
        Assert.Equal(63, TreeShap.Of(PlainTree.ToOnnx([PlainTree.Chain(63)], 63)).Explain(Matrix.FromRows([new double[63]])).Amounts.ColumnCount);
        Assert.Contains("Kernel SHAP", Assert.Throws<NotSupportedException>(() => TreeShap.Of(PlainTree.ToOnnx([PlainTree.Chain(64)], 64))).Message);
    }

    [Fact]
    public void Explain_OneRowOrMany_GivesTheSameBits()
    {
        (Matrix x, double[] y, _) = BruteTrees.Data(2500, 6, seed: 21); // more than a block of rows
        RandomForestRegressorModel model = new RandomForestRegressor(trees: 20, maxDepth: 6).Fit(x, y);
        var shap = TreeShap.Of(model);

        Explanations all = shap.Explain(x);

        foreach (int i in (int[])[0, 1023, 1024, 2499])
        {
            Assert.Equal(all.Amounts.Row(i).ToArray(), shap.Explain(x.Take([i])).Amounts.Values.ToArray());
            Assert.Equal(all.Predictions[i], shap.Explain(x.Take([i])).Predictions[0]);
        }
    }

    [Fact]
    public void Explain_FeatureTheModelNeverReads_GetsNothing()
    {
        (Matrix x, double[] y, _) = BruteTrees.Data(300, 4, seed: 22);
        double[] values = [.. Enumerable.Range(0, 300).SelectMany(i => x.Row(i).ToArray().Append(7.0))]; // constant: no split
        var wide = new Matrix(300, 5, values);
        GradientBoostingRegressorModel model = new GradientBoostingRegressor(rounds: 10).Fit(wide, y);

        Assert.All(TreeShap.Of(model).Explain(wide).Amounts.Column(4), amount => Assert.Equal(0, amount));
        Assert.All(TreeShap.Of(model, background: wide.Take([1, 2, 3])).Explain(wide).Amounts.Column(4), amount => Assert.Equal(0, amount));
    }

    private static double[] Row(Random random, int d) => [.. Enumerable.Range(0, d).Select(_ => random.Next(6) is var value && value < 5 ? value - 0.5 * (value % 2) : double.NaN)];

    private static bool Close(double[] expected, double[] actual, double tolerance = Exact) =>
        expected.Length == actual.Length && expected.Zip(actual, (a, b) => Math.Abs(a - b)).All(difference => difference <= tolerance);
}
