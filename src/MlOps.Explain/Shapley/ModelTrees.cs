using MlOps.Learning;
using MlOps.Learning.Anomaly;
using MlOps.Learning.Trees;

namespace MlOps.Explain.Shapley;

/// <summary>Fitted models of the course as sums of trees.</summary>
internal static class ModelTrees
{
    internal static TreeSum Of(IModel model, string? @class) => model switch
    {
        DecisionTreeClassifierModel tree => Shares(tree, [tree.Tree], @class),
        RandomForestClassifierModel forest => Shares(forest, forest.Trees, @class),
        GradientBoostingClassifierModel boosting => Boosted(boosting, @class),
        _ when @class is not null => throw new ArgumentException($"{model.GetType().Name} has no classes, so there is no '{@class}'.", nameof(@class)),
        DecisionTreeRegressorModel tree => Sum(tree, TreeSum.Nodes([tree.Tree], 1, 0, 1), 0, "prediction", false),
        RandomForestRegressorModel forest => Sum(forest, TreeSum.Nodes(forest.Trees, 1, 0, 1.0 / forest.Trees.Count), 0, "prediction", false),
        GradientBoostingRegressorModel boosting => Sum(
            boosting, TreeSum.Nodes(boosting.Trees, 1, 0, 1), boosting.BaseValue, boosting.Loss == RegressionLoss.Poisson ? "logarithm of the prediction" : "prediction", true),
        IsolationForestModel isolation => Sum(
            isolation, TreeSum.Nodes(isolation.Trees, 1, 0, 1.0 / isolation.Trees.Count), 0, "mean way to a leaf (short is strange)", false),
        _ => throw new ArgumentException(
            $"{model.GetType().Name} is no model of trees: those are decision trees, random forests, gradient boosting and isolation forests. Kernel SHAP explains any model.", nameof(model)),
    };

    private static TreeSum Shares(IClassifier model, IReadOnlyList<Tree> trees, string? @class)
    {
        int output = Place(model.Classes, @class);
        return Sum(model, TreeSum.Nodes(trees, model.Classes.Count, output, 1.0 / trees.Count), 0, $"probability of {model.Classes[output]}", false);
    }

    private static TreeSum Boosted(GradientBoostingClassifierModel model, string? @class)
    {
        int output = Place(model.Classes, @class);
        string name = model.Classes[output];
        if (model.BaseValues.Count > 1)
        {
            return Sum(model, TreeSum.Nodes(model.Trees, model.BaseValues.Count, output, 1), model.BaseValues[output], $"raw score of {name}", true);
        }

        double sign = output == 1 ? 1 : -1; // the trees give the log-odds of the second class
        return Sum(model, TreeSum.Nodes(model.Trees, 1, 0, sign), sign * model.BaseValues[0], $"log-odds of {name}", true);
    }

    private static TreeSum Sum(IModel model, Branch[][] trees, double baseValue, string output, bool takesMissing) =>
        new(trees, baseValue, model.FeatureNames, model.FeatureNames.Count, output, true, true, takesMissing);

    internal static int Place(IReadOnlyList<string> classes, string? @class)
    {
        int place = @class is null ? classes.Count - 1 : classes.ToList().IndexOf(@class);
        return place >= 0 ? place : throw new ArgumentException($"The model has no class '{@class}'. There are: {string.Join(", ", classes)}.", nameof(@class));
    }
}
