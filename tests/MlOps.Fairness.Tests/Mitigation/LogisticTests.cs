using System.Text.Json;
using MlOps.Fairness.Mitigation;

namespace MlOps.Fairness.Tests.Mitigation;

/// <summary>Oracle: make_mitigation.py: scipy's BFGS and scikit-learn 1.2 for the fair model, the plain recurrence in numpy for the adversarial one.</summary>
public sealed class LogisticTests
{
    private static readonly JsonElement s_root = MitigationReferences.Read("mitigation/mitigation.json");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void FairLogistic_Penalty_ReachesScipysMinimum(int index)
    {
        (double[] x, bool[] y, Groups groups) = Rows(s_root.GetProperty("fair"));
        JsonElement expected = s_root.GetProperty("fair").GetProperty("cases")[index];
        double[] parameters = MitigationReferences.Numbers(expected.GetProperty("parameters"));

        var model = FairLogistic.Fit(x, 3, y, groups, expected.GetProperty("penalty").GetDouble(), 1.7);

        for (int j = 0; j < 3; j++)
        {
            Assert.Equal(parameters[j], model.Coefficients[j], 1e-7); // BFGS stops at a slope of about 1e-9
        }

        Assert.Equal(parameters[3], model.Intercept, 1e-7);
    }

    [Fact]
    public void FairLogistic_NoPenalty_IsScikitLearnsModel()
    {
        (double[] x, bool[] y, Groups groups) = Rows(s_root.GetProperty("fair"));
        double[] expected = MitigationReferences.Numbers(s_root.GetProperty("fair").GetProperty("sklearn"));

        var model = FairLogistic.Fit(x, 3, y, groups, 0, 1.7);

        Assert.All(Enumerable.Range(0, 3), j => Assert.Equal(expected[j], model.Coefficients[j], 1e-9));
        Assert.Equal(expected[3], model.Intercept, 1e-9);
    }

    [Fact]
    public void FairObjective_Derivatives_EqualDifferences()
    {
        (double[] x, bool[] y, Groups groups) = Rows(s_root.GetProperty("fair"));
        var objective = new FairObjective(x, 3, y, groups, 7, 1.7);
        double[] at = [0.3, -0.8, 0.1, 0.4];
        const double H = 1e-5;

        double[] gradient = objective.Gradient(at);

        var hessian = objective.Hessian(at);
        for (int j = 0; j < 4; j++)
        {
            double[] up = [.. at];
            double[] down = [.. at];
            up[j] += H;
            down[j] -= H;
            Assert.Equal((objective.Value(up) - objective.Value(down)) / (2 * H), gradient[j], 1e-8);
            double[] above = objective.Gradient(up);
            double[] below = objective.Gradient(down);
            Assert.All(Enumerable.Range(0, 4), k => Assert.Equal((above[k] - below[k]) / (2 * H), hessian[j, k], 1e-8));
        }
    }

    [Fact]
    public void FairLogistic_Covariance_IsThatOfScoreAndIndicator()
    {
        (double[] x, bool[] y, Groups groups) = Rows(s_root.GetProperty("fair"));

        var model = FairLogistic.Fit(x, 3, y, groups, 3);

        double[] scores = model.Scores(x);
        for (int g = 0; g < groups.Count; g++)
        {
            double[] indicator = [.. groups.Codes.ToArray().Select(code => code == g ? 1.0 : 0)];
            double mean = indicator.Average();
            Assert.Equal(scores.Zip(indicator, (s, a) => s * (a - mean)).Average(), model.Covariances[g].Covariance, 1e-12);
            Assert.Equal(scores.Where((_, i) => groups.Codes[i] == g).Average(), model.Covariances[g].MeanScore, 1e-12);
        }
    }

    [Fact]
    public void FairLogistic_LargerPenalty_HasLessCovarianceAndMoreLoss()
    {
        (double[] x, bool[] y, Groups groups) = Rows(s_root.GetProperty("fair"));
        FairLogistic[] models = [.. new[] { 0.0, 1, 10, 1e4 }.Select(penalty => FairLogistic.Fit(x, 3, y, groups, penalty))];

        for (int i = 1; i < models.Length; i++)
        {
            Assert.True(models[i].Covariances.Sum(c => c.Covariance * c.Covariance) < models[i - 1].Covariances.Sum(c => c.Covariance * c.Covariance));
            Assert.True(models[i].LogLoss > models[i - 1].LogLoss);
        }

        Assert.All(models[^1].Covariances, c => Assert.True(Math.Abs(c.Covariance) < 1e-4));
    }

    [Fact]
    public void FairLogistic_BadInput_IsTold()
    {
        var groups = Groups.Of("g", ["a", "b"]);

        Assert.Contains("negative", Assert.Throws<ArgumentException>("labels", () => FairLogistic.Fit([1, 2], 1, [false, false], groups, 1)).Message);
        Assert.Contains("row 1", Assert.Throws<ArgumentException>("features", () => FairLogistic.Fit([1, double.NaN], 1, [false, true], groups, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("penalty", () => FairLogistic.Fit([1, 2], 1, [false, true], groups, -1));
        Assert.Throws<ArgumentOutOfRangeException>("l2", () => FairLogistic.Fit([1, 2], 1, [false, true], groups, 1, 0));
        Assert.Throws<ArgumentException>("features", () => FairLogistic.Fit([1, 2], 1, [false, true], groups, 1).Scores([double.NaN]));
    }

    [Theory]
    [InlineData(0, ParityConstraint.DemographicParity)]
    [InlineData(1, ParityConstraint.EqualizedOdds)]
    public void AdversarialLogistic_SixtySteps_EqualsTheRecurrence(int index, ParityConstraint constraint)
    {
        JsonElement expected = s_root.GetProperty("adversarial")[index];
        (double[] x, bool[] y, Groups groups) = Rows(expected);
        var options = new AdversarialOptions { AdversaryWeight = 0.7, Steps = 60, LearningRate = 0.4, AdversaryLearningRate = 0.9 };

        var model = AdversarialLogistic.Fit(x, 3, y, groups, constraint, options);

        double[] w = MitigationReferences.Numbers(expected.GetProperty("w"));
        Assert.All(Enumerable.Range(0, 3), j => Assert.Equal(w[j], model.Coefficients[j], 1e-9));
        Assert.Equal(w[3], model.Intercept, 1e-9);
        foreach ((JsonElement losses, AdversarialLoss mine) in expected.GetProperty("losses").EnumerateArray().Zip(model.Losses))
        {
            Assert.Equal(losses[0].GetDouble(), mine.Predictor, 1e-9);
            Assert.Equal(losses[1].GetDouble(), mine.Adversary, 1e-9);
        }
    }

    [Fact]
    public void AdversarialLogistic_AgainstNoAdversary_BringsTheGroupsScoresTogether()
    {
        (double[] x, bool[] y, Groups groups) = Rows(s_root.GetProperty("adversarial")[0]);
        var alone = AdversarialLogistic.Fit(x, 3, y, groups, options: new AdversarialOptions { AdversaryWeight = 0, AdversaryLearningRate = 1e-12 });

        var fair = AdversarialLogistic.Fit(x, 3, y, groups, options: new AdversarialOptions { AdversaryWeight = 1 });

        Assert.True(MeanGap(fair.Scores(x), groups) < 0.5 * MeanGap(alone.Scores(x), groups));
    }

    [Fact]
    public void AdversarialLogistic_EqualSeeds_GiveEqualBytes()
    {
        (double[] x, bool[] y, Groups groups) = Rows(s_root.GetProperty("adversarial")[0]);
        var options = new AdversarialOptions { BatchSize = 16, Steps = 50, Seed = 4 };

        var first = AdversarialLogistic.Fit(x, 3, y, groups, options: options);

        Assert.Equal(first.Coefficients, AdversarialLogistic.Fit(x, 3, y, groups, options: options).Coefficients);
        Assert.NotEqual(first.Coefficients, AdversarialLogistic.Fit(x, 3, y, groups, options: options with { Seed = 5 }).Coefficients);
        Assert.False(first.HasRunAway);
        Assert.Contains("adversary", first.Chart().Title);
    }

    [Fact]
    public void AdversarialLogistic_BadInput_IsTold()
    {
        Assert.Throws<ArgumentException>("groups", () => AdversarialLogistic.Fit([1, 2], 1, [false, true], Groups.Of("g", ["a", "a"])));
        Assert.Throws<ArgumentOutOfRangeException>("constraint", () => AdversarialLogistic.Fit([1, 2], 1, [false, true], Groups.Of("g", ["a", "b"]), ParityConstraint.ErrorRate));
        Assert.Throws<ArgumentOutOfRangeException>("LearningRate", () => AdversarialLogistic.Fit([1, 2], 1, [false, true], Groups.Of("g", ["a", "b"]), options: new AdversarialOptions { LearningRate = 0 }));
        Assert.Contains("learning rates", Assert.Throws<InvalidOperationException>(() => AdversarialLogistic.Fit([1e300, -1e300], 1, [false, true], Groups.Of("g", ["a", "b"]))).Message);
    }

    [Fact]
    public void AdversarialLogistic_TooFastAPredictor_SaysThatItHasRunAway()
    {
        (double[] x, bool[] y, Groups groups) = Rows(s_root.GetProperty("adversarial")[0]);

        var model = AdversarialLogistic.Fit(Array.ConvertAll(x, v => 30 * v), 3, y, groups, options: new AdversarialOptions { LearningRate = 5, Steps = 40 });

        Assert.True(model.HasRunAway);
        Assert.Contains("run away", model.Chart().Title);
        Assert.Contains("run away", model.ToString());
    }

    [Fact]
    public void AdversarialLogistic_Cancelled_Stops() =>
        Assert.Throws<OperationCanceledException>(() => AdversarialLogistic.Fit([1, 2], 1, [false, true], Groups.Of("g", ["a", "b"]), cancellationToken: new CancellationToken(true)));

    internal static (double[] X, bool[] Y, Groups Groups) Rows(JsonElement data) => (
        MitigationReferences.Numbers(data.GetProperty("x")),
        [.. data.GetProperty("y").EnumerateArray().Select(v => v.GetBoolean())],
        Groups.Of("g", data.GetProperty("g").EnumerateArray().Select(v => v.GetString())));

    private static double MeanGap(double[] scores, Groups groups) => Math.Abs(
        scores.Where((_, i) => groups.Codes[i] == 0).Average() - scores.Where((_, i) => groups.Codes[i] == 1).Average());
}
