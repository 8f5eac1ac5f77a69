using System.Globalization;
using System.Text.Json;
using MlOps.Fairness.Mitigation;

namespace MlOps.Fairness.Tests.Mitigation;

/// <summary>Oracle of the randomised thresholds: make_thresholds.py, Fairlearn's algorithm in plain numpy. Of the deterministic ones: every combination, here.</summary>
public sealed class GroupThresholdsTests
{
    private static readonly JsonElement s_cases = MitigationReferences.Read("mitigation/thresholds.json").GetProperty("cases");

    public static TheoryData<int, string, string> Solutions()
    {
        var data = new TheoryData<int, string, string>();
        for (int i = 0; i < s_cases.GetArrayLength(); i++)
        {
            foreach (JsonElement solution in s_cases[i].GetProperty("solutions").EnumerateArray())
            {
                data.Add(i, solution.GetProperty("constraint").GetString()!, solution.GetProperty("objective").GetString()!);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Solutions))]
    public void Fit_RandomData_EqualsFairlearnsAlgorithm(int index, string constraint, string objective)
    {
        (bool[] labels, double[] scores, Groups groups) = Case(index);
        JsonElement expected = s_cases[index].GetProperty("solutions").EnumerateArray().Single(s => s.GetProperty("constraint").GetString() == constraint && s.GetProperty("objective").GetString() == objective);

        var thresholds = GroupThresholds.Fit(labels, scores, groups, Constraint(constraint), objective == "accuracy" ? ThresholdObjective.Accuracy : ThresholdObjective.BalancedAccuracy);

        Assert.Equal(expected.GetProperty("value").GetDouble(), thresholds.Value, 1e-9);
        Assert.True(thresholds.Difference < 1e-12); // equal on average, exactly
        foreach ((GroupThreshold group, JsonElement rule) in thresholds.ByGroup.Zip(expected.GetProperty("rules").EnumerateArray()))
        {
            Assert.Equal(rule.GetProperty("p0").GetDouble(), group.FirstShare, 1e-9);
            Assert.Equal(Number(rule.GetProperty("t0")), group.First);
            Assert.Equal(Number(rule.GetProperty("t1")), group.Second);
            Assert.Equal(rule.GetProperty("ignore").GetDouble(), group.IgnoreShare, 1e-9);
            double rate = expected.GetProperty("rate").GetDouble();
            double? held = constraint switch
            {
                "selection" => group.Expected.SelectionRate,
                "tpr" => group.Expected.TruePositiveRate,
                _ => group.Expected.FalsePositiveRate,
            };
            Assert.Equal(rate, held!.Value, 1e-9);
        }
    }

    [Theory]
    [InlineData(ParityConstraint.DemographicParity)]
    [InlineData(ParityConstraint.TruePositiveRate)]
    [InlineData(ParityConstraint.EqualizedOdds)]
    public void Probabilities_TrainingRows_MakeTheRatesPromised(ParityConstraint constraint)
    {
        (bool[] labels, double[] scores, Groups groups) = Case(1);
        var thresholds = GroupThresholds.Fit(labels, scores, groups, constraint);

        double[] chances = thresholds.Probabilities(scores, groups);

        for (int g = 0; g < groups.Count; g++)
        {
            int[] rows = [.. Enumerable.Range(0, labels.Length).Where(i => groups.Codes[i] == g)];
            Assert.Equal(thresholds.ByGroup[g].Expected.SelectionRate, rows.Average(i => chances[i]), 1e-12);
            Assert.Equal(thresholds.ByGroup[g].Expected.TruePositiveRate!.Value, rows.Where(i => labels[i]).Average(i => chances[i]), 1e-12);
            Assert.Equal(thresholds.ByGroup[g].Expected.FalsePositiveRate!.Value, rows.Where(i => !labels[i]).Average(i => chances[i]), 1e-12);
        }

        double accuracy = Enumerable.Range(0, labels.Length).Average(i => labels[i] ? chances[i] : 1 - chances[i]);
        Assert.Equal(thresholds.Value, accuracy, 1e-12);
    }

    [Theory]
    [InlineData(ParityConstraint.DemographicParity, 0.05)]
    [InlineData(ParityConstraint.DemographicParity, 0.3)]
    [InlineData(ParityConstraint.TruePositiveRate, 0.1)]
    [InlineData(ParityConstraint.FalsePositiveRate, 0)]
    public void FitDeterministic_SmallData_IsTheBestOfAllCombinations(ParityConstraint constraint, double tolerance)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            (bool[] labels, double[] scores, Groups groups) = Small(seed);
            foreach (ThresholdObjective objective in Enum.GetValues<ThresholdObjective>())
            {
                var thresholds = GroupThresholds.FitDeterministic(labels, scores, groups, constraint, tolerance, objective);

                Assert.Equal(BestCombination(labels, scores, groups, constraint, tolerance, objective), thresholds.Value, 1e-12);
                Assert.True(thresholds.Difference <= tolerance + 1e-12);
                Assert.False(thresholds.IsRandomised);
            }
        }
    }

    [Fact]
    public void FitDeterministic_EqualizedOdds_KeepsTheToleranceAndIsNearTheBest()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            (bool[] labels, double[] scores, Groups groups) = Small(seed);

            var thresholds = GroupThresholds.FitDeterministic(labels, scores, groups, ParityConstraint.EqualizedOdds, 0.25);

            double best = BestCombination(labels, scores, groups, ParityConstraint.EqualizedOdds, 0.25, ThresholdObjective.Accuracy);
            double narrower = BestCombination(labels, scores, groups, ParityConstraint.EqualizedOdds, 0.249, ThresholdObjective.Accuracy); // one step of the grid
            Assert.InRange(thresholds.Value, narrower - 1e-12, best + 1e-12);
            Assert.True(thresholds.Difference <= 0.25 + 1e-12);
        }
    }

    [Fact]
    public void CommonThreshold_SmallData_IsTheBestSingleOne()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            (bool[] labels, double[] scores, Groups groups) = Small(seed);

            var thresholds = GroupThresholds.Fit(labels, scores, groups);

            double best = scores.Append(double.PositiveInfinity).Append(double.NegativeInfinity).Max(t => Right(labels, scores, t));
            Assert.Equal(best, thresholds.CommonValue, 1e-12);
            Assert.Equal(best, Right(labels, scores, thresholds.CommonThreshold), 1e-12);
        }
    }

    [Fact]
    public void Fit_HandCase_SelectsHalfOfBoth()
    {
        // a: the two highest are positive; b likewise: score > 0.5 and score > 0.2 are perfect, and select half of each group.
        bool[] labels = [true, true, false, false, true, true, false, false];
        double[] scores = [0.9, 0.8, 0.2, 0.1, 0.4, 0.3, 0.1, 0.05];
        var groups = Groups.Of("g", ["a", "a", "a", "a", "b", "b", "b", "b"]);

        var thresholds = GroupThresholds.Fit(labels, scores, groups);

        Assert.Equal(1, thresholds.Value, 1e-12);
        Assert.Equal(labels, thresholds.Decide(scores, groups));
        Assert.Equal(0, thresholds.Cost, 1e-12); // score > 0.25 is perfect for both, too
    }

    [Fact]
    public void Decide_ManySeeds_AveragesToTheProbabilities()
    {
        (bool[] labels, double[] scores, Groups groups) = Case(0);
        var thresholds = GroupThresholds.Fit(labels, scores, groups, ParityConstraint.EqualizedOdds);
        double[] chances = thresholds.Probabilities(scores, groups);

        double drawn = Enumerable.Range(0, 200).Average(seed => thresholds.Decide(scores, groups, seed).Count(d => d));

        Assert.Equal(chances.Sum(), drawn, 0.5 * Math.Sqrt(chances.Sum(c => c * (1 - c)))); // seven standard errors of 200 draws
        Assert.Equal(thresholds.Decide(scores, groups, 5), thresholds.Decide(scores, groups, 5));
    }

    [Fact]
    public void Fit_NeighbouringDoubles_StillSeparates()
    {
        double low = 0.3;
        double high = Math.BitIncrement(low);

        var thresholds = GroupThresholds.Fit([true, false], [high, low], Groups.Of("g", ["a", "a"]));

        Assert.Equal([true, false], thresholds.Decide([high, low], Groups.Of("g", ["a", "a"])));
    }

    [Fact]
    public void Fit_GroupWithOneLabel_IsNamedUnlessOnlySelectionsCount()
    {
        bool[] labels = [true, false, true, true];
        double[] scores = [0.9, 0.1, 0.5, 0.6];
        var groups = Groups.Of("g", ["a", "a", "b", "b"]);

        Assert.Contains("'b'", Assert.Throws<ArgumentException>("groups", () => GroupThresholds.Fit(labels, scores, groups, ParityConstraint.TruePositiveRate)).Message);
        Assert.Throws<ArgumentException>("groups", () => GroupThresholds.Fit(labels, scores, groups, objective: ThresholdObjective.BalancedAccuracy));
        Assert.Null(GroupThresholds.Fit(labels, scores, groups).ByGroup[1].Expected.FalsePositiveRate);
    }

    [Fact]
    public void Probabilities_RowWithoutGroup_TakesTheCommonThreshold()
    {
        (bool[] labels, double[] scores, Groups groups) = Case(0);
        var thresholds = GroupThresholds.Fit(labels, scores, groups);

        double[] chances = thresholds.Probabilities([0.999, 0.001, 0.5], Groups.Of("g", [null, null, "a"]));

        Assert.Equal([1, 0], chances[..2]);
    }

    [Fact]
    public void Probabilities_UnseenGroup_IsTold()
    {
        (bool[] labels, double[] scores, Groups groups) = Case(0);

        Assert.Contains("'z'", Assert.Throws<ArgumentException>("groups", () => GroupThresholds.Fit(labels, scores, groups).Probabilities([0.5], Groups.Of("g", ["z"]))).Message);
    }

    [Fact]
    public void Fit_NaNScore_NamesTheRow() =>
        Assert.Contains("row 1", Assert.Throws<ArgumentException>("scores", () => GroupThresholds.Fit([true, false], [0.5, double.NaN], Groups.Of("g", ["a", "b"]))).Message);

    [Fact]
    public void Fit_ErrorRate_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>("constraint", () => GroupThresholds.Fit([true, false], [0.5, 0.1], Groups.Of("g", ["a", "b"]), ParityConstraint.ErrorRate));

    private static (bool[] Labels, double[] Scores, Groups Groups) Case(int index) => (
        [.. s_cases[index].GetProperty("labels").EnumerateArray().Select(v => v.GetBoolean())],
        [.. s_cases[index].GetProperty("scores").EnumerateArray().Select(v => v.GetDouble())],
        Groups.Of("g", s_cases[index].GetProperty("groups").EnumerateArray().Select(v => v.GetString())));

    private static (bool[] Labels, double[] Scores, Groups Groups) Small(int seed)
    {
        var random = new Random(seed);
        string[] names = [.. Enumerable.Range(0, 36).Select(i => i % 3 == 0 ? "a" : i % 3 == 1 ? "b" : "c")];
        bool[] labels = [.. Enumerable.Range(0, 36).Select(i => i < 3 || (i >= 6 && random.NextDouble() < 0.5))]; // each group has both labels
        double[] scores = [.. labels.Select(label => Math.Round((label ? 0.3 : 0) + (random.NextDouble() * 0.7), 2))];
        return (labels, scores, Groups.Of("g", names));
    }

    private static double Right(bool[] labels, double[] scores, double threshold) => Enumerable.Range(0, labels.Length).Count(i => (scores[i] > threshold) == labels[i]) / (double)labels.Length;

    /// <summary>Tries every threshold of every group with every other: three groups, counted anew.</summary>
    private static double BestCombination(bool[] labels, double[] scores, Groups groups, ParityConstraint constraint, double tolerance, ThresholdObjective objective)
    {
        (double Selection, double Tpr, double Fpr, double Gain)[][] options = [.. Enumerable.Range(0, 3).Select(g =>
        {
            int[] rows = [.. Enumerable.Range(0, labels.Length).Where(i => groups.Codes[i] == g)];
            double positives = rows.Count(i => labels[i]);
            double negatives = rows.Length - positives;
            return rows.Select(i => scores[i]).Append(double.NegativeInfinity).Distinct().Select(t =>
            {
                double tp = rows.Count(i => labels[i] && scores[i] > t);
                double fp = rows.Count(i => !labels[i] && scores[i] > t);
                double gain = objective == ThresholdObjective.Accuracy
                    ? (tp + negatives - fp) / labels.Length
                    : (double)rows.Length / labels.Length * ((tp / positives / 2) + ((negatives - fp) / negatives / 2));
                return ((tp + fp) / rows.Length, tp / positives, fp / negatives, gain);
            }).ToArray();
        })];
        double best = 0;
        foreach (var a in options[0])
        {
            foreach (var b in options[1])
            {
                foreach (var c in options[2])
                {
                    double selection = Spread(a.Selection, b.Selection, c.Selection);
                    double tpr = Spread(a.Tpr, b.Tpr, c.Tpr);
                    double fpr = Spread(a.Fpr, b.Fpr, c.Fpr);
                    double spread = constraint switch
                    {
                        ParityConstraint.DemographicParity => selection,
                        ParityConstraint.TruePositiveRate => tpr,
                        ParityConstraint.FalsePositiveRate => fpr,
                        _ => Math.Max(tpr, fpr),
                    };
                    best = spread <= tolerance + 1e-12 ? Math.Max(best, a.Gain + b.Gain + c.Gain) : best;
                }
            }
        }

        return best;
    }

    private static double Spread(double a, double b, double c) => Math.Max(a, Math.Max(b, c)) - Math.Min(a, Math.Min(b, c));

    private static ParityConstraint Constraint(string name) => name switch
    {
        "selection" => ParityConstraint.DemographicParity,
        "tpr" => ParityConstraint.TruePositiveRate,
        "fpr" => ParityConstraint.FalsePositiveRate,
        _ => ParityConstraint.EqualizedOdds,
    };

    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.GetDouble()
        : value.GetString() == "inf" ? double.PositiveInfinity : double.Parse(value.GetString()!.Replace("inf", "Infinity"), CultureInfo.InvariantCulture);
}
