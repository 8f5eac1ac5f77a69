using MlOps.Explain.Shapley;
using MlOps.Learning;
using MlOps.Learning.Anomaly;
using MlOps.Learning.Trees;

namespace MlOps.Explain.Tests.Shapley;

/// <summary>Against the definition over all coalitions (<see cref="BruteTrees"/>).</summary>
public sealed class TreeShapTests
{
    private const double Exact = 1e-11; // rounding of 2ᵈ terms of size 1

    [Fact]
    public void Explain_RegressionTree_EqualsDefinition()
    {
        (Matrix x, double[] y, _) = BruteTrees.Data(200, 6, seed: 1);
        DecisionTreeRegressorModel model = new DecisionTreeRegressor(maxDepth: 7).Fit(x, y);

        Explanations found = TreeShap.Of(model).Explain(x);

        AssertPathDependent(found, x, known => row => BruteTrees.ExpectedValue(model.Tree, 0, row, known));
        Assert.Equal(y.Average(), found.BaseValue, Exact); // a leaf holds the mean of its cases, so the cover-weighted mean is that of all
        AssertClose(model.Predict(x), found.Predictions);
    }

    [Fact]
    public void Explain_Forest_EqualsDefinitionForEveryClass()
    {
        (Matrix x, _, Labels y) = BruteTrees.Data(300, 5, seed: 2, classes: 3);
        RandomForestClassifierModel model = new RandomForestClassifier(trees: 7, maxDepth: 5).Fit(x, y);

        for (int c = 0; c < 3; c++)
        {
            Explanations found = TreeShap.Of(model, $"c{c}").Explain(x.Take([0, 1, 2, 3, 4]));

            Assert.Equal($"probability of c{c}", found.Output);
            AssertPathDependent(found, found.X, known => row => model.Trees.Average(tree => BruteTrees.ExpectedValue(tree, c, row, known)));
            AssertClose(model.PredictProbabilities(found.X).Column(c), found.Predictions);
        }
    }

    [Fact]
    public void Explain_BoostingWithMissingValues_EqualsDefinition()
    {
        (Matrix x, _, Labels y) = BruteTrees.Data(400, 6, seed: 3, missing: 0.1);
        GradientBoostingClassifierModel model = new GradientBoostingClassifier(rounds: 10).Fit(x, y);

        Explanations found = TreeShap.Of(model).Explain(x.Take([.. Enumerable.Range(0, 20)]));

        Assert.Equal("log-odds of c1", found.Output);
        AssertPathDependent(found, found.X, known => row => model.BaseValues[0] + model.Trees.Sum(tree => BruteTrees.ExpectedValue(tree, 0, row, known)));
        AssertClose(model.RawScores(found.X).Column(0), found.Predictions);
    }

    [Fact]
    public void Explain_BoostingOfThreeClasses_TakesTheTreesOfTheClass()
    {
        (Matrix x, _, Labels y) = BruteTrees.Data(300, 4, seed: 4, classes: 3);
        GradientBoostingClassifierModel model = new GradientBoostingClassifier(rounds: 5).Fit(x, y);

        Explanations found = TreeShap.Of(model, "c1").Explain(x.Take([0, 1, 2]));

        AssertPathDependent(found, found.X, known => row => model.BaseValues[1] + model.Trees.Where((_, t) => t % 3 == 1).Sum(tree => BruteTrees.ExpectedValue(tree, 0, row, known)));
        AssertClose(model.RawScores(found.X).Column(1), found.Predictions);
    }

    [Fact]
    public void Explain_FirstOfTwoBoostedClasses_IsTheNegative()
    {
        (Matrix x, _, Labels y) = BruteTrees.Data(200, 4, seed: 5);
        GradientBoostingClassifierModel model = new GradientBoostingClassifier(rounds: 5).Fit(x, y);

        Explanations first = TreeShap.Of(model, "c0").Explain(x);
        Explanations second = TreeShap.Of(model, "c1").Explain(x);

        Assert.Equal(-second.BaseValue, first.BaseValue, Exact);
        AssertClose([.. second.Amounts.Values.ToArray().Select(amount => -amount)], first.Amounts.Values.ToArray());
    }

    [Fact]
    public void Explain_Background_EqualsDefinition()
    {
        (Matrix x, double[] y, _) = BruteTrees.Data(300, 6, seed: 6, missing: 0.05);
        GradientBoostingRegressorModel model = new GradientBoostingRegressor(rounds: 8).Fit(x, y);
        Matrix background = x.Take([.. Enumerable.Range(100, 23)]);
        double[][] rows = [.. Enumerable.Range(0, 23).Select(i => background.Row(i).ToArray())];

        Explanations found = TreeShap.Of(model, background: background).Explain(x.Take([.. Enumerable.Range(0, 10)]));

        AssertPathDependent(found, found.X, known => row => BruteTrees.Intervened(one => model.Predict(Matrix.FromRows([one]))[0], row, rows, known));
        Assert.Equal(model.Predict(background).Average(), found.BaseValue, Exact);
        Assert.Equal("tree SHAP, interventional, 23 background rows", found.Method);
    }

    [Fact]
    public void Explain_FeaturesThatGoTogether_AnswersTwoQuestions() // docs/tree-shap.md, by hand
    {
        Matrix x = Matrix.FromRows([.. Enumerable.Range(0, 100).Select(i => new double[] { i < 50 ? 0 : 1, i is < 45 or (>= 50 and < 55) ? 0 : 1 })], ["salaried", "payslip"]);
        DecisionTreeRegressorModel model = new DecisionTreeRegressor(maxDepth: 2).Fit(x, [.. x.Column(0).Zip(x.Column(1), (a, b) => a * b)]);
        Matrix row = Matrix.FromRows([[1, 1]], x.ColumnNames);

        Assert.Equal(0, model.Tree.Features[0]); // both would do; the first is taken
        AssertClose([0.475, 0.075], TreeShap.Of(model).Explain(row).Amounts.Values.ToArray());
        AssertClose([0.275, 0.275], TreeShap.Of(model, background: x).Explain(row).Amounts.Values.ToArray());
    }

    [Fact]
    public void Explain_IsolationForest_SplitsTheMeanWay()
    {
        (Matrix x, _, _) = BruteTrees.Data(200, 4, seed: 7);
        IsolationForestModel model = new IsolationForest(trees: 10).Fit(x);

        Explanations found = TreeShap.Of(model).Explain(x);

        double usual = IsolationForestModel.MeanPathLength(model.SampleSize);
        AssertClose(model.Score(x), [.. found.Predictions.Select(way => Math.Pow(2, -way / usual))]);
        AssertPathDependent(found, x, known => row => model.Trees.Average(tree => BruteTrees.ExpectedValue(tree, 0, row, known)), rows: 3);
    }

    private static void AssertPathDependent(Explanations found, Matrix x, Func<int, Func<double[], double>> value, int rows = 10)
    {
        for (int i = 0; i < Math.Min(rows, x.RowCount); i++)
        {
            double[] row = x.Row(i).ToArray();
            double[] expected = BruteTrees.Shapley(x.ColumnCount, known => value(known)(row));
            AssertClose(expected, found.Amounts.Row(i).ToArray());
            Assert.Equal(value(0)(row), found.BaseValue, Exact);
            Assert.Equal(0, found[i].Residual, Exact);
        }
    }

    private static void AssertClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i], actual[i], Exact);
        }
    }
}
