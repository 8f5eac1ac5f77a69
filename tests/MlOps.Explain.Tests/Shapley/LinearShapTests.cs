using MlOps.Explain.Shapley;
using MlOps.Learning;
using MlOps.Learning.Linear;
using MlOps.Learning.SupportVectors;

namespace MlOps.Explain.Tests.Shapley;

public sealed class LinearShapTests
{
    private static readonly Matrix s_background = Matrix.FromRows(BruteForce.Rows(9, 4, 1));
    private static readonly Matrix s_rows = Matrix.FromRows(BruteForce.Rows(3, 4, 2));
    private static readonly Matrix s_training = Matrix.FromRows(BruteForce.Rows(60, 4, 3));

    /// <summary>By hand: 2 · (3 − 2) and −1 · (5 − 4); base 2 · 2 − 4 + 7.</summary>
    [Fact]
    public void Explain_TwoFeatures_EqualsTheHandCalculation()
    {
        Explanation found = new LinearShap(["a", "b"], [2, -1], 7, Matrix.FromRows([[1, 3], [3, 5]])).Explain(Matrix.FromRows([[3, 5]]))[0];

        Assert.Equal((7, 8), (found.BaseValue, found.Prediction));
        Assert.Equal([2, -1], found.Contributions.Select(contribution => contribution.Amount));
        Assert.Equal(["a", "b"], found.Contributions.Select(contribution => contribution.Feature));
    }

    /// <summary>Oracle: exact enumeration of the model itself, all its columns hanging together or not.</summary>
    [Fact]
    public void Of_OurModels_EqualExactEnumeration()
    {
        string[] two = ["no", "yes"];
        string[] three = ["a", "b", "c"];
        double[] y = [.. Enumerable.Range(0, 60).Select(i => s_training[i, 0] - (2 * s_training[i, 1]) + (0.3 * s_training[i, 3]))];
        Labels Cut(string[] classes) => Labels.Of([.. y.Select(value => classes[Math.Clamp((int)Math.Floor(value + (classes.Length / 2.0)), 0, classes.Length - 1)])]);

        LinearRegressionModel regression = (LinearRegressionModel)new LinearRegression().Fit(s_training, y);
        Same(LinearShap.Of(regression, s_background), ExplainedModel.Of(regression));
        LogisticRegressionModel logistic = (LogisticRegressionModel)new LogisticRegression().Fit(s_training, Cut(two));
        Same(LinearShap.Of(logistic, s_background), ExplainedModel.Of(logistic, logOdds: true));
        Same(LinearShap.Of(logistic, s_background, "no"), ExplainedModel.Of(logistic, "no", logOdds: true));
        LinearSvmModel machine = (LinearSvmModel)new LinearSvm().Fit(s_training, Cut(three));
        Same(LinearShap.Of(machine, s_background, "b"), ExplainedModel.Of(machine, "b"), 1e-6); // the machine reads floats
        Assert.Throws<ArgumentException>(() => LinearShap.Of(machine, s_background, "d"));
    }

    [Fact]
    public void New_BadInput_SaysWhat()
    {
        Assert.Equal("coefficients", Assert.Throws<ArgumentException>(() => new LinearShap(["a", "b"], [1], 0, Matrix.FromRows([[1, 2]]))).ParamName);
        Assert.Equal("background", Assert.Throws<ArgumentException>(() => new LinearShap(["a"], [1], 0, Matrix.FromRows([[1]]).Take([]))).ParamName);
        Assert.Contains("row 0 has NaN in 'a'", Assert.Throws<ArgumentException>(() => new LinearShap(["a"], [1], 0, Matrix.FromRows([[double.NaN]]))).Message);
        Assert.Equal("x", Assert.Throws<ArgumentException>(() => new LinearShap(["a"], [1], 0, Matrix.FromRows([[1]])).Explain(Matrix.FromRows([[double.NaN]]))).ParamName);
    }

    private static void Same(LinearShap linear, ExplainedModel model, double tolerance = 1e-9)
    {
        Explanations found = linear.Explain(s_rows).Check();
        Explanations exact = new ExactShap(model, s_background).Explain(s_rows);
        for (int i = 0; i < s_rows.RowCount; i++)
        {
            BruteForce.Equal(exact.Amounts(i), found.Amounts(i), tolerance);
        }

        Assert.Equal(exact.BaseValue, found.BaseValue, tolerance);
    }
}
