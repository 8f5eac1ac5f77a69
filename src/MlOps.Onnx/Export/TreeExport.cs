using MlOps.Learning;
using MlOps.Learning.Anomaly;
using MlOps.Learning.Trees;

namespace MlOps.Onnx.Export;

/// <summary>Export of trees, forests, boosted trees and isolation forests.</summary>
/// <remarks>
/// All become a TreeEnsembleRegressor with a target a class, never a TreeEnsembleClassifier: the layouts of that one which ONNX Runtime reads
/// differently from the standard are too many. Its post_transform is left alone likewise; Sigmoid and Softmax are nodes of their own.
/// </remarks>
internal static class TreeExport
{
    /// <summary>Adds the nodes of a model that reads x, float, N × d; null if the model is of another family.</summary>
    internal static ModelOutput? TryWrite(GraphBuilder graph, string x, IModel model) => model switch
    {
        DecisionTreeClassifierModel tree => new ModelOutput.Classes(Ensemble(graph, x, [tree.Tree], tree.Classes.Count, "SUM"), true),
        RandomForestClassifierModel forest => new ModelOutput.Classes(Ensemble(graph, x, forest.Trees, forest.Classes.Count, "AVERAGE"), true),
        GradientBoostingClassifierModel boosting => new ModelOutput.Classes(Boosted(graph, x, boosting), true),
        DecisionTreeRegressorModel tree => new ModelOutput.Numbers(Ensemble(graph, x, [tree.Tree], 1, "SUM")),
        RandomForestRegressorModel forest => new ModelOutput.Numbers(Ensemble(graph, x, forest.Trees, 1, "AVERAGE")),
        GradientBoostingRegressorModel boosting => new ModelOutput.Numbers(Boosted(graph, x, boosting)),
        IsolationForestModel isolation => new ModelOutput.Anomalies(Isolation(graph, x, isolation)),
        _ => null,
    };

    private static string Boosted(GraphBuilder graph, string x, GradientBoostingClassifierModel model)
    {
        string raw = WithBase(graph, Ensemble(graph, x, model.Trees, model.BaseValues.Count, "SUM"), model.BaseValues);
        if (model.BaseValues.Count > 1)
        {
            return graph.Add("Softmax", [raw], OnnxAttribute.Of("axis", 1));
        }

        string second = graph.Add("Sigmoid", [raw]);
        string first = graph.Add("Sub", [graph.Constant("one", [1f]), second]);
        return graph.Add("Concat", [first, second], OnnxAttribute.Of("axis", 1));
    }

    private static string Boosted(GraphBuilder graph, string x, GradientBoostingRegressorModel model)
    {
        string raw = WithBase(graph, Ensemble(graph, x, model.Trees, 1, "SUM"), [model.BaseValue]);
        return model.Loss == RegressionLoss.Poisson ? graph.Add("Exp", [raw]) : raw;
    }

    private static string Isolation(GraphBuilder graph, string x, IsolationForestModel model)
    {
        string length = Ensemble(graph, x, model.Trees, 1, "AVERAGE");
        float perUnit = (float)(-1 / IsolationForestModel.MeanPathLength(model.SampleSize));
        string exponent = graph.Add("Mul", [length, graph.Constant("per_unit", [perUnit])]);
        return graph.Add("Pow", [graph.Constant("two", [2f]), exponent]);
    }

    private static string WithBase(GraphBuilder graph, string sums, IReadOnlyList<double> values) =>
        graph.Add("Add", [sums, graph.Constant("base_values", [.. values.Select(value => (float)value)])]);

    /// <summary>Adds up or averages trees: N × targets. A tree with one output goes to the target of its number modulo the targets.</summary>
    private static string Ensemble(GraphBuilder graph, string x, IReadOnlyList<Tree> trees, int targets, string aggregate)
    {
        int nodes = trees.Sum(tree => tree.NodeCount);
        var treeIds = new List<long>(nodes);
        var nodeIds = new List<long>(nodes);
        var features = new List<long>(nodes);
        var thresholds = new List<float>(nodes);
        var modes = new List<string>(nodes);
        var left = new List<long>(nodes);
        var right = new List<long>(nodes);
        var missing = new List<long>(nodes);
        var cover = new List<float>(nodes);
        var leafTrees = new List<long>();
        var leafNodes = new List<long>();
        var leafTargets = new List<long>();
        var leafWeights = new List<float>();
        for (int t = 0; t < trees.Count; t++)
        {
            Tree tree = trees[t];
            for (int i = 0; i < tree.NodeCount; i++)
            {
                bool isLeaf = tree.Features[i] == Tree.Leaf; // a leaf has an entry in every list, too
                treeIds.Add(t);
                nodeIds.Add(i);
                features.Add(isLeaf ? 0 : tree.Features[i]);
                thresholds.Add(tree.Thresholds[i]);
                modes.Add(isLeaf ? "LEAF" : "BRANCH_LEQ");
                left.Add(isLeaf ? 0 : tree.Left[i]);
                right.Add(isLeaf ? 0 : tree.Right[i]);
                missing.Add(tree.MissingGoesLeft[i] ? 1 : 0);
                cover.Add((float)tree.Cover[i]);
                for (int k = 0; isLeaf && k < tree.OutputCount; k++)
                {
                    double value = tree.ValueOf(i)[k];
                    if (value != 0 || tree.OutputCount == 1)
                    {
                        leafTrees.Add(t);
                        leafNodes.Add(i);
                        leafTargets.Add(tree.OutputCount == 1 ? t % targets : k);
                        leafWeights.Add((float)value);
                    }
                }
            }
        }

        return graph.Add(
            GraphBuilder.MachineLearning,
            "TreeEnsembleRegressor",
            [x],
            1,
            OnnxAttribute.Of("n_targets", targets),
            OnnxAttribute.Of("aggregate_function", aggregate),
            OnnxAttribute.Of("post_transform", "NONE"),
            OnnxAttribute.Of("nodes_treeids", treeIds),
            OnnxAttribute.Of("nodes_nodeids", nodeIds),
            OnnxAttribute.Of("nodes_featureids", features),
            OnnxAttribute.Of("nodes_values", thresholds),
            OnnxAttribute.Of("nodes_hitrates", cover),
            OnnxAttribute.Of("nodes_modes", modes),
            OnnxAttribute.Of("nodes_truenodeids", left),
            OnnxAttribute.Of("nodes_falsenodeids", right),
            OnnxAttribute.Of("nodes_missing_value_tracks_true", missing),
            OnnxAttribute.Of("target_treeids", leafTrees),
            OnnxAttribute.Of("target_nodeids", leafNodes),
            OnnxAttribute.Of("target_ids", leafTargets),
            OnnxAttribute.Of("target_weights", leafWeights))[0];
    }
}
