using MlOps.Explain.Shapley;
using MlOps.Learning;
using MlOps.Learning.Anomaly;
using MlOps.Learning.Trees;
using MlOps.Onnx;

namespace MlOps.Explain.Tests.Shapley;

/// <summary>Against our own models, and against what ONNX Runtime says of the same file: base and contributions add up to it.</summary>
public sealed class OnnxTreesTests
{
    private const double Single = 2e-5; // leaves, and the runtime's sums, are in single precision

    private static readonly Matrix s_rows = Matrix.FromRows([[0.2, 1], [0.5, 1], [0.6, 2], [0.9, 3], [double.NaN, 2], [0.1, double.NaN], [0.1, 3]]);

    [Fact]
    public void Of_OurModels_GivesWhatTheModelsGive()
    {
        (Matrix x, double[] y, Labels two) = BruteTrees.Data(300, 5, seed: 11);
        (_, _, Labels three) = BruteTrees.Data(300, 5, seed: 11, classes: 3);
        AssertSame(new DecisionTreeClassifier(maxDepth: 4).Fit(x, two), x, "c0", "c1", null);
        AssertSame(new RandomForestClassifier(trees: 5).Fit(x, three), x, "c0", "c2");
        AssertSame(new GradientBoostingClassifier(rounds: 6).Fit(x, two), x, "c0", "c1", null);
        AssertSame(new GradientBoostingClassifier(rounds: 6).Fit(x, three), x, "c0", "c1", null);
        AssertSame(new RandomForestRegressor(trees: 5).Fit(x, y), x, (string?)null);
        AssertSame(new GradientBoostingRegressor(rounds: 6).Fit(x, y), x, (string?)null);
        AssertSame(new DecisionTreeRegressor(maxDepth: 4).Fit(x, y), x, (string?)null);
    }

    [Fact]
    public void Of_PoissonAndIsolation_SaysWhatComesBehind()
    {
        (Matrix x, double[] y, _) = BruteTrees.Data(200, 4, seed: 12);
        GradientBoostingRegressorModel poisson = new GradientBoostingRegressor(loss: RegressionLoss.Poisson, rounds: 3).Fit(x, [.. y.Select(Math.Floor)]);

        Assert.Equal("sum of the trees for the prediction, before Exp", TreeShap.Of(OnnxExport.Export(poisson)).Output);
        Assert.Equal("sum of the trees for the prediction, before Mul", TreeShap.Of(OnnxExport.Export(new IsolationForest(trees: 3).Fit(x))).Output);
    }

    [Theory]
    [InlineData("BRANCH_LEQ")]
    [InlineData("BRANCH_LT")]
    [InlineData("BRANCH_GTE")]
    [InlineData("BRANCH_GT")]
    [InlineData("BRANCH_EQ")]
    [InlineData("BRANCH_NEQ")]
    public void Explain_AnyMode_AddsUpToTheRuntime(string mode)
    {
        foreach (long missing in (long[])[0, 1])
        {
            OnnxFile file = Regressor(mode, missing);
            Explanations found = TreeShap.Of(file).Explain(s_rows);

            AssertClose(Runtime(file, "y", 0), found.Predictions, Single);
            AssertAddsUp(found);
            AssertAddsUp(TreeShap.Of(file, background: s_rows).Explain(s_rows));
        }
    }

    [Fact]
    public void Explain_AveragedTargetsWithBase_AddUpToTheRuntime()
    {
        OnnxFile file = Regressor("BRANCH_LEQ", 0, node =>
        {
            node.Set(OnnxAttribute.Of("aggregate_function", "AVERAGE"));
            node.Set(OnnxAttribute.Of("base_values", new[] { 0.25f }));
        });

        AssertClose(Runtime(file, "y", 0), TreeShap.Of(file).Explain(s_rows).Predictions, Single);
    }

    [Theory]
    [InlineData("NONE", false, false)]
    [InlineData("NONE", false, true)]
    [InlineData("LOGISTIC", false, true)]
    [InlineData("LOGISTIC", false, false)]
    [InlineData("NONE", true, false)]
    [InlineData("LOGISTIC", true, false)]
    public void Explain_TwoClasses_AddUpToTheRuntime(string transform, bool votesForBoth, bool withBase)
    {
        OnnxFile file = Classifier(transform, votesForBoth, withBase);

        for (int c = 0; c < 2; c++)
        {
            double[] expected = Runtime(file, "p", c);
            Explanations found = TreeShap.Of(file, c == 0 ? "no" : "yes").Explain(s_rows);

            Assert.Equal((transform == "NONE" ? "score of " : "log-odds of ") + (c == 0 ? "no" : "yes"), found.Output);
            AssertClose(expected, [.. found.Predictions.Select(raw => transform == "NONE" ? raw : 1 / (1 + Math.Exp(-raw)))], Single);
            AssertAddsUp(found);
        }
    }

    [Fact]
    public void Of_LayoutTheRuntimeMisreads_IsRefused()
    {
        Assert.Contains("reads otherwise", Assert.Throws<ArgumentException>(() => TreeShap.Of(Classifier("LOGISTIC", true, true))).Message);
        OnnxFile twoBases = Classifier("LOGISTIC", false, false);
        twoBases.Graph.Node[0].Set(OnnxAttribute.Of("base_values", 0.1f, 0.2f));
        Assert.Contains("Kernel SHAP", Assert.Throws<ArgumentException>(() => TreeShap.Of(twoBases)).Message);
    }

    [Fact]
    public void Explain_TreeEnsembleOfOpset5_AddsUpToTheRuntime()
    {
        OnnxFile file = SplitEnsemble();

        Assert.Contains("nodes_hitrates", Assert.Throws<ArgumentException>(() => TreeShap.Of(file)).Message);
        Explanations found = TreeShap.Of(file, background: s_rows).Explain(s_rows);

        AssertClose(Runtime(file, "y", 0), found.Predictions, Single);
        AssertAddsUp(found);
    }

    [Fact]
    public void Explain_TreeOfOneLeafOfOpset5_CountsItOnce()
    {
        OnnxFile file = SplitEnsemble();
        OnnxNode node = file.Graph.Node[0]; // one node whose children are one leaf: the standard's way to write it; ONNX Runtime 1.29 adds it twice
        node.Set(OnnxAttribute.Of("nodes_truenodeids", 0L, 0));
        node.Set(OnnxAttribute.Of("nodes_falsenodeids", 0L, 1));
        node.Set(OnnxAttribute.Of("nodes_trueleafs", 1L, 1));

        Explanations found = TreeShap.Of(file, background: s_rows).Explain(s_rows);

        Assert.All(found.Predictions, value => Assert.Equal(1, value));
        Assert.All(found.Amounts.Values.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void Of_HitratesThatDoNotAddUp_NeedABackground()
    {
        OnnxFile file = Regressor("BRANCH_LEQ", 0, node => node.Set(OnnxAttribute.Of("nodes_hitrates", Enumerable.Repeat(1f, 8)))); // as skl2onnx writes them

        Assert.Contains("background", Assert.Throws<ArgumentException>(() => TreeShap.Of(file)).Message);
        AssertAddsUp(TreeShap.Of(file, background: s_rows).Explain(s_rows));
    }

    [Fact]
    public void Of_ScalerInFront_IsRefusedWithTheAlternative()
    {
        OnnxFile file = Regressor("BRANCH_LEQ", 0);
        var scaler = new OnnxNode { OpType = "Scaler", Domain = GraphBuilder.MachineLearning };
        scaler.Input.Add("x");
        scaler.Output.Add("scaled");
        file.Graph.Node[0].Input[0] = "scaled";
        file.Graph.Node.Insert(0, scaler);

        string message = Assert.Throws<ArgumentException>(() => TreeShap.Of(file)).Message;
        Assert.Contains("Scaler", message);
        Assert.Contains("Kernel SHAP", message);
    }

    [Fact]
    public void Of_NoTreesMinimumUnknownClassOrBrokenLists_IsRefused()
    {
        (Matrix x, double[] y, _) = BruteTrees.Data(50, 3, seed: 13);
        Assert.Contains("there are 0", Assert.Throws<ArgumentException>(() => TreeShap.Of(OnnxExport.Export(new Learning.Linear.LinearRegression().Fit(x, y)))).Message);
        Assert.Contains("MIN", Assert.Throws<ArgumentException>(() => TreeShap.Of(Regressor("BRANCH_LEQ", 0, node => node.Set(OnnxAttribute.Of("aggregate_function", "MIN"))))).Message);
        Assert.Contains("no, yes", Assert.Throws<ArgumentException>(() => TreeShap.Of(Classifier("NONE", false, false), "maybe")).Message);
        Assert.Throws<OnnxException>(() => TreeShap.Of(Regressor("BRANCH_LEQ", 0, node => node.Set(OnnxAttribute.Of("nodes_treeids", 0L, 0, 0)))));
        Assert.Contains("one root", Assert.Throws<OnnxException>(() => TreeShap.Of(Regressor("BRANCH_LEQ", 0, node => node.Set(OnnxAttribute.Of("nodes_falsenodeids", 1L, 0, 3, 0, 0, 2, 0, 0))))).Message);
    }

    /// <summary>Two trees over two features; the first asks for feature 0 twice.</summary>
    private static OnnxFile Regressor(string mode, long missing, Action<OnnxNode>? change = null)
    {
        var graph = new GraphBuilder("trees");
        string x = graph.Input("x", OnnxElementType.Float, 2);
        OnnxAttribute[] all =
        [
            OnnxAttribute.Of("n_targets", 1), .. Nodes(mode, missing),
            OnnxAttribute.Of("target_treeids", 0L, 0, 0, 1, 1), OnnxAttribute.Of("target_nodeids", 1L, 3, 4, 1, 2),
            OnnxAttribute.Of("target_ids", 0L, 0, 0, 0, 0), OnnxAttribute.Of("target_weights", 1f, -2, 0.5f, 0.1f, -0.7f),
        ];
        string y = graph.Add(GraphBuilder.MachineLearning, "TreeEnsembleRegressor", [x], 1, all)[0];
        OnnxFile file = graph.Output("y", y, OnnxElementType.Float, 1).Build();
        change?.Invoke(file.Graph.Node[0]);
        return file;
    }

    private static IEnumerable<OnnxAttribute> Nodes(string mode, long missing) =>
    [
        OnnxAttribute.Of("nodes_treeids", 0L, 0, 0, 0, 0, 1, 1, 1), OnnxAttribute.Of("nodes_nodeids", 0L, 1, 2, 3, 4, 0, 1, 2),
        OnnxAttribute.Of("nodes_featureids", 0L, 0, 0, 0, 0, 1, 0, 0), OnnxAttribute.Of("nodes_values", 0.5f, 0, 0.6f, 0, 0, 2, 0, 0),
        OnnxAttribute.Of("nodes_modes", mode, "LEAF", mode, "LEAF", "LEAF", mode, "LEAF", "LEAF"),
        OnnxAttribute.Of("nodes_truenodeids", 1L, 0, 3, 0, 0, 1, 0, 0), OnnxAttribute.Of("nodes_falsenodeids", 2L, 0, 4, 0, 0, 2, 0, 0),
        OnnxAttribute.Of("nodes_missing_value_tracks_true", missing, 0, missing, 0, 0, missing, 0, 0), OnnxAttribute.Of("nodes_hitrates", 10f, 4, 6, 1, 5, 10, 3, 7),
    ];

    private static OnnxFile Classifier(string transform, bool votesForBoth, bool withBase)
    {
        var graph = new GraphBuilder("trees");
        string x = graph.Input("x", OnnxElementType.Float, 2);
        float[] yes = transform == "NONE" ? [0.3f, 0.1f, 0.4f, 0.2f, 0.35f] : [1, -2, 0.5f, 0.1f, -0.7f];
        float[] no = transform == "NONE" ? [.. yes.Select(p => 0.5f - p)] : [-1, 0.5f, 0.25f, 0.2f, 0];
        List<OnnxAttribute> all =
        [
            .. Nodes("BRANCH_LEQ", 0), OnnxAttribute.Of("post_transform", transform), OnnxAttribute.Of("classlabels_strings", "no", "yes"),
            OnnxAttribute.Of("class_treeids", votesForBoth ? new long[] { 0, 0, 0, 0, 0, 0, 1, 1, 1, 1 } : new long[] { 0, 0, 0, 1, 1 }),
            OnnxAttribute.Of("class_nodeids", votesForBoth ? new long[] { 1, 1, 3, 3, 4, 4, 1, 1, 2, 2 } : new long[] { 1, 3, 4, 1, 2 }),
            OnnxAttribute.Of("class_ids", votesForBoth ? new long[] { 0, 1, 0, 1, 0, 1, 0, 1, 0, 1 } : new long[] { 0, 0, 0, 0, 0 }),
            OnnxAttribute.Of("class_weights", votesForBoth ? [.. no.Zip(yes, (n, p) => new[] { n, p }).SelectMany(pair => pair)] : yes),
        ];
        if (withBase)
        {
            all.Add(OnnxAttribute.Of("base_values", new[] { 0.125f }));
        }

        IReadOnlyList<string> outputs = graph.Add(GraphBuilder.MachineLearning, "TreeEnsembleClassifier", [x], 2, [.. all]);
        return graph.Output("label", outputs[0], OnnxElementType.String).Output("p", outputs[1], OnnxElementType.Float, 2).Build();
    }

    /// <summary>x0 ≤ 0.5 ? (x1 in {1, 3} ? 1 : −2) : 0.5.</summary>
    private static OnnxFile SplitEnsemble()
    {
        var graph = new GraphBuilder("trees");
        string x = graph.Input("x", OnnxElementType.Float, 2);
        string y = graph.Add(
            GraphBuilder.MachineLearning,
            "TreeEnsemble",
            [x],
            1,
            OnnxAttribute.Of("n_targets", 1),
            OnnxAttribute.Of("aggregate_function", 1),
            OnnxAttribute.Of("tree_roots", new[] { 0L }),
            OnnxAttribute.Of("nodes_featureids", 0L, 1),
            OnnxAttribute.Of("nodes_modes", new OnnxTensor { Name = "modes", DataType = OnnxElementType.Uint8, Dims = { 2 }, Int32Data = { 0, 6 } }),
            OnnxAttribute.Of("nodes_splits", OnnxTensor.Of("splits", [0.5f, 0], 2)),
            OnnxAttribute.Of("membership_values", OnnxTensor.Of("members", [1f, 3, float.NaN], 3)),
            OnnxAttribute.Of("nodes_truenodeids", 1L, 0),
            OnnxAttribute.Of("nodes_trueleafs", 0L, 1),
            OnnxAttribute.Of("nodes_falsenodeids", 2L, 1),
            OnnxAttribute.Of("nodes_falseleafs", 1L, 1),
            OnnxAttribute.Of("leaf_targetids", 0L, 0, 0),
            OnnxAttribute.Of("leaf_weights", OnnxTensor.Of("weights", [1f, -2, 0.5f], 3)))[0];
        OnnxFile file = graph.Output("y", y, OnnxElementType.Float, 1).Build();
        file.IrVersion = 10;
        foreach (var set in file.OpsetImport)
        {
            set.Version = set.Domain == GraphBuilder.MachineLearning ? 5 : 21;
        }

        return file;
    }

    private static double[] Runtime(OnnxFile file, string output, int column)
    {
        using OnnxModel model = OnnxModel.Open(file);
        return model.Run(s_rows, output).Column(column);
    }

    private static void AssertSame(IModel model, Matrix x, params string?[] classes)
    {
        OnnxFile file = OnnxExport.Export(model);
        Matrix few = x.Take([.. Enumerable.Range(0, 40)]);
        foreach (string? @class in classes)
        {
            foreach (Matrix? background in (Matrix?[])[null, x.Take([50, 60, 70])])
            {
                Explanations ours = TreeShap.Of(model, @class, background).Explain(few);
                Explanations theirs = TreeShap.Of(file, @class, background).Explain(few);

                Assert.Equal(ours.Output, theirs.Output);
                Assert.Equal(ours.BaseValue, theirs.BaseValue, Single);
                AssertClose(ours.Amounts.Values.ToArray(), theirs.Amounts.Values.ToArray(), Single);
            }
        }

        Assert.Equal(model.FeatureNames, TreeShap.Of(file, classes[0]).FeatureNames);
    }

    private static void AssertAddsUp(Explanations found)
    {
        for (int i = 0; i < found.Count; i++)
        {
            Assert.Equal(0, found[i].Residual, 1e-12);
        }
    }

    private static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }
}
