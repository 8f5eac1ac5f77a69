using MlOps.Fairness.Mitigation;

namespace MlOps.Fairness.Tests.Mitigation;

/// <summary>Oracle: every margin tried anew, row by row, here.</summary>
public sealed class RejectOptionTests
{
    [Theory]
    [InlineData(ParityConstraint.DemographicParity, 0.05)]
    [InlineData(ParityConstraint.TruePositiveRate, 0.1)]
    [InlineData(ParityConstraint.FalsePositiveRate, 0.1)]
    [InlineData(ParityConstraint.EqualizedOdds, 0.1)]
    public void Fit_RandomRows_IsTheBestOfAllMargins(ParityConstraint constraint, double tolerance)
    {
        for (int seed = 0; seed < 10; seed++)
        {
            (bool[] labels, double[] scores, Groups groups) = Rows(seed);

            var option = RejectOption.Fit(labels, scores, groups, ["f"], constraint, tolerance);

            (double Margin, double Accuracy, double Difference)[] all = [.. scores.Select(s => Math.Abs(s - 0.5)).Append(-1).Distinct().Order().Select(margin => Try(labels, scores, groups, margin, constraint))];
            var within = all.Where(a => Math.Abs(a.Difference) <= tolerance).ToArray();
            Assert.Equal(within.Length > 0, option.MeetsTolerance);
            var best = within.Length > 0 ? within.MaxBy(a => a.Accuracy) : all.MinBy(a => Math.Abs(a.Difference));
            Assert.Equal(best, (option.Margin, option.Accuracy, option.Difference));
            Assert.Equal((all[0].Accuracy, all[0].Difference), (option.AccuracyBefore, option.DifferenceBefore));
            bool[] decisions = option.Decide(scores, groups);
            Assert.Equal(option.Accuracy, decisions.Where((d, i) => d == labels[i]).Count() / (double)labels.Length, 1e-15);
            Assert.Equal(option.Changed, decisions.Where((d, i) => d != scores[i] > 0.5).Count());
        }
    }

    [Fact]
    public void Decide_HandCase_FavoursInTheBandOnly()
    {
        var option = new RejectOption(ParityConstraint.DemographicParity, ["f"], 0.5, 0.1, 1, 0, 1, 0, 0, true);

        bool[] decisions = option.Decide([0.45, 0.45, 0.55, 0.55, 0.3, 0.7, 0.45], Groups.Of("sex", ["f", "m", "f", "m", "f", "m", null]));

        Assert.Equal([true, false, true, false, false, true, false], decisions);
    }

    [Fact]
    public void Fit_BadInput_IsTold()
    {
        var groups = Groups.Of("sex", ["f", "m"]);

        Assert.Contains("'x'", Assert.Throws<ArgumentException>("favoured", () => RejectOption.Fit([true, false], [0.4, 0.6], groups, ["x"])).Message);
        Assert.Contains("other", Assert.Throws<ArgumentException>("groups", () => RejectOption.Fit([true, false], [0.4, 0.6], groups, ["f", "m"])).Message);
        Assert.Contains("favoured", Assert.Throws<ArgumentException>("groups", () => RejectOption.Fit([false, true], [0.4, 0.6], groups, ["f"], ParityConstraint.TruePositiveRate)).Message);
        Assert.Throws<ArgumentOutOfRangeException>("constraint", () => RejectOption.Fit([true, false], [0.4, 0.6], groups, ["f"], ParityConstraint.ErrorRate));
        Assert.Throws<ArgumentException>("scores", () => RejectOption.Fit([true, false], [0.4, double.NaN], groups, ["f"]));
    }

    private static (bool[] Labels, double[] Scores, Groups Groups) Rows(int seed)
    {
        var random = new Random(seed);
        string[] sex = [.. Enumerable.Range(0, 80).Select(_ => random.NextDouble() < 0.4 ? "f" : "m")];
        bool[] labels = [.. sex.Select(s => random.NextDouble() < (s == "f" ? 0.45 : 0.55))];
        double[] scores = [.. labels.Select((label, i) => Math.Round(Math.Clamp(0.5 + (label ? 0.12 : -0.12) + (sex[i] == "f" ? -0.1 : 0.1) + (random.NextDouble() * 0.5) - 0.25, 0, 1), 2))];
        return (labels, scores, Groups.Of("sex", sex));
    }

    private static (double Margin, double Accuracy, double Difference) Try(bool[] labels, double[] scores, Groups groups, double margin, ParityConstraint constraint)
    {
        bool[] favoured = [.. groups.Codes.ToArray().Select(code => groups.Names[code] == "f")];
        bool[] decisions = [.. scores.Select((s, i) => Math.Abs(s - 0.5) <= margin ? favoured[i] : s > 0.5)];
        double Rate(bool side, bool? label) => decisions.Where((d, i) => d && favoured[i] == side && (label ?? labels[i]) == labels[i]).Count()
            / (double)favoured.Where((f, i) => f == side && (label ?? labels[i]) == labels[i]).Count();
        double positives = Rate(true, true) - Rate(false, true);
        double negatives = Rate(true, false) - Rate(false, false);
        double difference = constraint switch
        {
            ParityConstraint.DemographicParity => Rate(true, null) - Rate(false, null),
            ParityConstraint.TruePositiveRate => positives,
            ParityConstraint.FalsePositiveRate => negatives,
            _ => Math.Abs(positives) >= Math.Abs(negatives) ? positives : negatives,
        };
        return (margin, decisions.Where((d, i) => d == labels[i]).Count() / (double)labels.Length, difference);
    }
}
