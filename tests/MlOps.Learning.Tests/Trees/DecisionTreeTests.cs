using System.Text.Json;
using MlOps.Learning.Trees;

namespace MlOps.Learning.Tests.Trees;

public sealed class DecisionTreeTests
{
    // scikit-learn 1.2.1 with the same settings; References/trees.py made sure that no two splits tie.
    public static TheoryData<string, string> ClassifierCases => new()
    {
        { "cancer", "pruned" }, { "cancer", "gini" }, { "cancer", "entropy" }, { "wine", "gini" }, { "diabetes", "thirds" }, { "diabetes", "thirdsEntropy" },
    };

    [Theory]
    [MemberData(nameof(ClassifierCases))]
    public void FitClassifier_NoTies_EqualsScikitLearn(string data, string setting)
    {
        DecisionTreeClassifier estimator = (data, setting) switch
        {
            ("cancer", "pruned") => new(minSamplesLeaf: 20, ccpAlpha: 0.004),
            ("cancer", "gini") => new(minSamplesLeaf: 20, minImpurityDecrease: 0.005),
            ("cancer", "entropy") => new(SplitCriterion.Entropy, minSamplesLeaf: 5, minImpurityDecrease: 0.02),
            ("wine", _) => new(minSamplesLeaf: 12, minImpurityDecrease: 0.005),
            (_, "thirds") => new(maxDepth: 3, minSamplesLeaf: 5),
            _ => new(SplitCriterion.Entropy, maxDepth: 3, minSamplesLeaf: 20),
        };
        TreeReferences.DataSet set = TreeReferences.Data(data);
        Labels y = data == "diabetes" ? Labels.Of(set.Y.Select(t => t < 100 ? 0L : t < 180 ? 1 : 2)) : set.Labels;

        DecisionTreeClassifierModel model = estimator.Fit(set.X, y);

        JsonElement expected = TreeReferences.Results(data).GetProperty(setting);
        AssertEqual(expected, model.Tree, 1e-12);
        AssertClose(expected.GetProperty("importances").Numbers(), model.FeatureImportances, 1e-9);
    }

    [Theory]
    [InlineData("squared")]
    [InlineData("pruned")]
    public void FitRegressor_NoTies_EqualsScikitLearn(string setting)
    {
        TreeReferences.DataSet set = TreeReferences.Data("diabetes");
        var estimator = setting == "squared" ? new DecisionTreeRegressor(maxDepth: 5, minSamplesLeaf: 8) : new DecisionTreeRegressor(minSamplesLeaf: 5, ccpAlpha: 50);

        DecisionTreeRegressorModel model = estimator.Fit(set.X, set.Y);

        JsonElement expected = TreeReferences.Results("diabetes").GetProperty(setting);
        AssertEqual(expected, model.Tree, 1e-9);
        AssertClose(expected.GetProperty("importances").Numbers(), model.FeatureImportances, 1e-9);
    }

    [Fact]
    public void Fit_FourCases_SplitsByHand()
    {
        // Gini of (2, 2) is 1/2; the split at 2.5 leaves none: gain 4 · 1/2.
        DecisionTreeClassifierModel model = new DecisionTreeClassifier().Fit(Matrix.FromRows([[1], [2], [3], [4]], ["age"]), Labels.Of(["no", "no", "yes", "yes"]));

        Assert.Equal([0, Tree.Leaf, Tree.Leaf], model.Tree.Features.ToArray());
        Assert.Equal(2.5f, model.Tree.Thresholds[0]);
        Assert.Equal([4, 2, 2], model.Tree.Cover.ToArray());
        Assert.Equal([2, 0, 0], model.Tree.Gains.ToArray());
        Assert.Equal([0.5, 0.5, 1, 0, 0, 1], model.Tree.Values.ToArray());
        Assert.Equal("if age ≤ 2.5\n    no 100 % (2 cases)\nelse\n    yes 100 % (2 cases)\n", model.ToText());
    }

    [Fact]
    public void Fit_NoLimits_SeparatesDifferentRows()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            (Matrix x, double[] y) = Measures.Made(200, 3, seed);
            Assert.Equal(0, Measures.LargestGap(new DecisionTreeRegressor().Fit(x, y).Predict(x), y), 1e-12);
            Labels labels = Measures.Halves(y);
            Assert.Equal(labels.Codes.ToArray(), new DecisionTreeClassifier(SplitCriterion.Entropy).Fit(x, labels).Predict(x));
        }
    }

    [Fact]
    public void Fit_WholeWeights_EqualsRepeatedRows()
    {
        TreeReferences.DataSet set = TreeReferences.Data("diabetes");
        double[] weights = [.. Enumerable.Range(0, set.Y.Length).Select(i => (double)(i * 7 % 4))];
        int[] repeated = Measures.Repeated(weights);

        DecisionTreeRegressorModel weighted = new DecisionTreeRegressor(maxDepth: 4).Fit(set.X, set.Y, weights);
        DecisionTreeRegressorModel copied = new DecisionTreeRegressor(maxDepth: 4).Fit(set.X.Take(repeated), [.. repeated.Select(i => set.Y[i])]);

        Assert.Equal(copied.Tree.Thresholds.ToArray(), weighted.Tree.Thresholds.ToArray());
        Assert.Equal(copied.Tree.Cover.ToArray(), weighted.Tree.Cover.ToArray());
        Assert.Equal(0, Measures.LargestGap(copied.Predict(set.X), weighted.Predict(set.X)), 1e-9);
    }

    [Fact]
    public void Fit_Limits_AreKept()
    {
        TreeReferences.DataSet set = TreeReferences.Data("diabetes");
        for (int depth = 1; depth < 6; depth++)
        {
            Tree tree = new DecisionTreeRegressor(maxDepth: depth, minSamplesLeaf: 3 * depth, minSamplesSplit: 20).Fit(set.X, set.Y).Tree;
            Assert.InRange(tree.Depth, 1, depth);
            for (int i = 0; i < tree.NodeCount; i++)
            {
                Assert.True(tree.Cover[i] >= 3 * depth);
                Assert.True(tree.Features[i] == Tree.Leaf || tree.Cover[i] >= 20);
            }
        }
    }

    [Fact]
    public void Fit_ValuesNextToEachOther_StayOnTheirSide()
    {
        // One float apart, around 1 and around the largest; and the middle must not overflow.
        float[] values = [1f, MathF.BitIncrement(1f), MathF.BitDecrement(float.MaxValue), float.MaxValue, -float.MaxValue, 1e-45f, 0f];
        double[] y = [.. Enumerable.Range(0, values.Length).Select(i => (double)i)];
        Matrix x = new(values.Length, 1, Array.ConvertAll(values, value => (double)value));

        Assert.Equal(0, Measures.LargestGap(new DecisionTreeRegressor().Fit(x, y).Predict(x), y), 1e-12);
        Assert.Equal(0, Measures.LargestGap(new RandomForestRegressor(trees: 3, bootstrap: false).Fit(x, y).Predict(x), y), 1e-12);
    }

    [Fact]
    public void Fit_ConstantColumn_IsNeverAsked()
    {
        DecisionTreeRegressorModel model = new DecisionTreeRegressor().Fit(Matrix.FromRows([[5, 1], [5, 2], [5, 3]]), [1, 2, 3]);
        Assert.Equal([0.0, 1], model.FeatureImportances);

        DecisionTreeRegressorModel root = new DecisionTreeRegressor().Fit(Matrix.FromRows([[5], [5]]), [1, 2]);
        Assert.Equal(1, root.Tree.NodeCount);
        Assert.Equal([1.5], root.Predict(Matrix.FromRows([[7]])));
        Assert.Equal([0.0], root.FeatureImportances);
    }

    [Fact]
    public void Fit_PruningGrows_TreesShrinkInside()
    {
        TreeReferences.DataSet set = TreeReferences.Data("diabetes");
        int before = int.MaxValue;
        foreach (double alpha in (double[])[0, 1, 5, 20, 50, 100, 1000, 1e6])
        {
            int leaves = new DecisionTreeRegressor(ccpAlpha: alpha).Fit(set.X, set.Y).Tree.LeafCount;
            Assert.True(leaves <= before);
            before = leaves;
        }

        Assert.Equal(1, before);
    }

    [Fact]
    public void Fit_MaxFeatures_DependsOnTheSeedAlone()
    {
        TreeReferences.DataSet set = TreeReferences.Data("cancer");
        float[] Thresholds(int seed) => new DecisionTreeClassifier(maxFeatures: 3, seed: seed).Fit(set.X, set.Labels).Tree.Thresholds.ToArray();
        Assert.Equal(Thresholds(1), Thresholds(1));
        Assert.NotEqual(Thresholds(1), Thresholds(2));
    }

    [Fact]
    public void Fit_BadInput_NamesIt()
    {
        Matrix x = Matrix.FromRows([[1, 2], [3, 4]], ["a", "b"]);
        var tree = new DecisionTreeClassifier();
        Assert.Contains("two classes", Message(() => tree.Fit(x, Labels.Of(["u", "u"]))), StringComparison.Ordinal);
        Assert.Contains("column 'b'", Message(() => tree.Fit(Matrix.FromRows([[1, 2], [3, double.NaN]], ["a", "b"]), Labels.Of(["u", "v"]))), StringComparison.Ordinal);
        Assert.Contains("single precision", Message(() => tree.Fit(Matrix.FromRows([[1, 2], [3, 1e39]]), Labels.Of(["u", "v"]))), StringComparison.Ordinal);
        Assert.Contains("no rows", Message(() => tree.Fit(new Matrix(0, 2, []), Labels.Of(Array.Empty<string>()))), StringComparison.Ordinal);
        DecisionTreeClassifierModel model = tree.Fit(x, Labels.Of(["u", "v"]));
        Assert.Contains("2 features", Message(() => model.Predict(new Matrix(1, 3, [1, 2, 3]))), StringComparison.Ordinal);
        Assert.Contains("column 'x0'", Message(() => model.Predict(new Matrix(1, 2, [double.PositiveInfinity, 2]))), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DecisionTreeRegressor().Fit(x, [1, double.NaN]));
    }

    [Fact]
    public void Constructor_OutsideTheRange_NamesTheParameter()
    {
        Assert.Equal("maxDepth", Assert.Throws<ArgumentOutOfRangeException>(() => new DecisionTreeClassifier(maxDepth: 0)).ParamName);
        Assert.Equal("minSamplesSplit", Assert.Throws<ArgumentOutOfRangeException>(() => new DecisionTreeClassifier(minSamplesSplit: 1)).ParamName);
        Assert.Equal("minSamplesLeaf", Assert.Throws<ArgumentOutOfRangeException>(() => new DecisionTreeRegressor(minSamplesLeaf: 0)).ParamName);
        Assert.Equal("minImpurityDecrease", Assert.Throws<ArgumentOutOfRangeException>(() => new DecisionTreeRegressor(minImpurityDecrease: -1)).ParamName);
        Assert.Equal("maxFeatures", Assert.Throws<ArgumentOutOfRangeException>(() => new DecisionTreeClassifier(maxFeatures: 0)).ParamName);
        Assert.Equal("ccpAlpha", Assert.Throws<ArgumentOutOfRangeException>(() => new DecisionTreeClassifier(ccpAlpha: double.NaN)).ParamName);
    }

    [Fact]
    public void Fit_Cancelled_Stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() => new DecisionTreeRegressor().Fit(Matrix.FromRows([[1], [2]]), [1, 2], cancellationToken: new CancellationToken(true)));

    private static string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private static void AssertEqual(JsonElement expected, Tree tree, double tolerance)
    {
        Assert.Equal(expected.GetProperty("features").Numbers(), Array.ConvertAll(tree.Features.ToArray(), value => (double)value));
        Assert.Equal(expected.GetProperty("left").Numbers(), Array.ConvertAll(tree.Left.ToArray(), value => (double)value));
        Assert.Equal(expected.GetProperty("right").Numbers(), Array.ConvertAll(tree.Right.ToArray(), value => (double)value));
        Assert.Equal(expected.GetProperty("cover").Numbers(), tree.Cover.ToArray());
        AssertClose(expected.GetProperty("thresholds").Numbers(), Array.ConvertAll(tree.Thresholds.ToArray(), value => (double)value), 1e-7); // ours are floats
        AssertClose(expected.GetProperty("gains").Numbers(), tree.Gains.ToArray(), 1e-9);
        AssertClose([.. expected.GetProperty("values").EnumerateArray().SelectMany(value => value.Numbers())], tree.Values.ToArray(), tolerance);
    }

    private static void AssertClose(double[] expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange(actual[i] - expected[i], -tolerance * Math.Max(1, Math.Abs(expected[i])), tolerance * Math.Max(1, Math.Abs(expected[i])));
        }
    }
}
