using MlOps.Explain.Shapley;
using MlOps.Learning;
using MlOps.Learning.Trees;

namespace MlOps.Explain.Tests.Shapley;

public sealed class TreeShapGuardTests
{
    private static readonly Matrix s_x = BruteTrees.Data(60, 3, seed: 31).X;
    private static readonly DecisionTreeRegressorModel s_tree = new DecisionTreeRegressor(maxDepth: 3).Fit(s_x, BruteTrees.Data(60, 3, seed: 31).Y);

    [Fact]
    public void Of_OtherModel_NamesTheAlternative()
    {
        var linear = new Learning.Linear.LinearRegression().Fit(s_x, [.. s_x.Column(0)]);

        Assert.Contains("Kernel SHAP", Assert.Throws<ArgumentException>("model", () => TreeShap.Of(linear)).Message);
    }

    [Fact]
    public void Of_UnknownClass_ListsThem()
    {
        DecisionTreeClassifierModel model = new DecisionTreeClassifier(maxDepth: 2).Fit(s_x, BruteTrees.Data(60, 3, seed: 31).Classes);

        Assert.Contains("c0, c1", Assert.Throws<ArgumentException>("class", () => TreeShap.Of(model, "c7")).Message);
        Assert.Throws<ArgumentException>("class", () => TreeShap.Of(s_tree, "c0"));
    }

    [Fact]
    public void Of_EmptyOrNarrowBackground_IsRefused()
    {
        Assert.Contains("no rows", Assert.Throws<ArgumentException>("background", () => TreeShap.Of(s_tree, background: s_x.Take([]))).Message);
        Assert.Throws<ArgumentException>("background", () => TreeShap.Of(s_tree, background: Matrix.FromRows([[1, 2]])));
        Assert.Throws<ArgumentException>("background", () => TreeShap.Of(s_tree, background: Matrix.FromRows([[1, double.NaN, 2]])));
    }

    [Fact]
    public void Explain_WrongWidthMissingOrInfinite_NamesTheValue()
    {
        var shap = TreeShap.Of(s_tree);

        Assert.Throws<ArgumentException>("x", () => shap.Explain(Matrix.FromRows([[1, 2]])));
        Assert.Contains("NaN in column 'x1'", Assert.Throws<ArgumentException>("x", () => shap.Explain(Matrix.FromRows([[1, double.NaN, 2]]))).Message);
        Assert.Throws<ArgumentException>("x", () => shap.Explain(Matrix.FromRows([[1, 1e300, 2]])));
    }

    [Fact]
    public void Explain_NoRows_GivesNone() => Assert.Equal(0, TreeShap.Of(s_tree).Explain(s_x.Take([])).Count);

    [Fact]
    public void Explain_TreeThatDoesNotSplit_HasABaseAndNothingElse() // a constant feature, one feature
    {
        var x = new Matrix(20, 1, [.. Enumerable.Repeat(1.0, 20)]);
        DecisionTreeRegressorModel model = new DecisionTreeRegressor().Fit(x, [.. Enumerable.Range(0, 20).Select(i => (double)i)]);

        Explanations found = TreeShap.Of(model).Explain(x.Take([0]));

        Assert.Equal(9.5, found.BaseValue, 1e-12);
        Assert.Equal(9.5, found.Predictions[0], 1e-12);
        Assert.Equal(0, found.Amounts[0, 0]);
    }

    [Fact]
    public void Explain_Cancelled_Stops() =>
        Assert.ThrowsAny<OperationCanceledException>(() => TreeShap.Of(s_tree).Explain(s_x, cancellationToken: new CancellationToken(true)));

    [Fact]
    public void Interactions_WithBackground_AreRefused() =>
        Assert.Throws<InvalidOperationException>(() => TreeShap.Of(s_tree, background: s_x).Interactions(s_x));

    [Fact]
    public void Strongest_ProductOfTwoFeatures_NamesThem()
    {
        Matrix x = BruteTrees.Data(400, 4, seed: 32).X;
        double[] y = [.. Enumerable.Range(0, 400).Select(i => (x[i, 0] - 0.5) * (x[i, 3] - 0.5))];
        GradientBoostingRegressorModel model = new GradientBoostingRegressor(rounds: 20).Fit(x, y);

        Assert.Equal(("x0", "x3"), (TreeShap.Of(model).Interactions(x.Take([0, 1, 2, 3, 4])).Strongest()[0] is var (first, second, _)) ? (first, second) : default);
    }
}
