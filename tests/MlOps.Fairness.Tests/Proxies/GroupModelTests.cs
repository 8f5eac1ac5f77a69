using System.Text.Json;
using MlOps.Fairness.Internals;
using MlOps.Fairness.Proxies;
using MlOps.Fairness.Tests.Internals;

namespace MlOps.Fairness.Tests.Proxies;

/// <summary>Oracle: scikit-learn 1.2, LogisticRegression with C = 1 / penalty and roc_auc_score (References/broaden/make_proxies.py).</summary>
public sealed class GroupModelTests
{
    private static readonly JsonElement s_logistic = Reference.Read("broaden/proxies.json").GetProperty("logistic");

    [Theory]
    [InlineData("intercept", "coefficients", 1, false)]
    [InlineData("weightedIntercept", "weightedCoefficients", 5, true)]
    public void RidgeLogistic_Fit_EqualsScikitLearn(string intercept, string coefficients, double l2, bool weighted)
    {
        var model = RidgeLogistic.Fit(s_logistic.GetProperty("x").Doubles(), 3, s_logistic.GetProperty("y").Bools(), weighted ? s_logistic.GetProperty("w").Doubles() : null, l2);

        Assert.Equal(s_logistic.GetProperty(intercept).GetDouble(), model.Intercept, 1e-7); // the peer stops at a gradient of 1e-9
        double[] expected = s_logistic.GetProperty(coefficients).Doubles();
        for (int j = 0; j < 3; j++)
        {
            Assert.Equal(expected[j], model.Coefficients[j], 1e-7);
        }
    }

    [Fact]
    public void CrossValidated_GivenFolds_EqualsScikitLearn()
    {
        double auc = GroupModel.CrossValidated(s_logistic.GetProperty("x").Doubles(), 3, s_logistic.GetProperty("y").Bools(), s_logistic.GetProperty("folds").Ints(), 4, 1, default);

        Assert.Equal(s_logistic.GetProperty("cvAuc").GetDouble(), auc, 1e-12);
    }

    [Fact]
    public void AreaUnderCurve_TiedScores_EqualsScikitLearn()
    {
        JsonElement reference = Reference.Read("broaden/proxies.json").GetProperty("auc");

        Assert.Equal(reference.GetProperty("value").GetDouble(), AreaUnderCurve.Of(reference.GetProperty("scores").Doubles(), reference.GetProperty("labels").Bools()), 1e-12);
    }
}
