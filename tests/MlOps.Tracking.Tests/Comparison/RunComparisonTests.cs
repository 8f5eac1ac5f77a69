using FsCheck;
using FsCheck.Fluent;
using MlOps.Charts;
using MlOps.Tracking.Comparison;

namespace MlOps.Tracking.Tests.Comparison;

public sealed class RunComparisonTests : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [Fact]
    public void Of_TwoRuns_PartsWhatDiffersFromWhatIsEqual()
    {
        Run one = _runs.Add("one", [("lr", "0.1"), ("depth", "3"), ("only", "x")], new Metric("acc", 0.5, 0));
        Run two = _runs.Add("two", [("lr", "0.10"), ("depth", "3")], new Metric("loss", 1, 0));
        RunComparison comparison = Compare(one, two, one);
        Assert.Equal(2, comparison.Runs.Count);
        Assert.Equal(["lr: 0.1 | 0.10", "only: x | –"], comparison.Differences.Select(param => param.ToString()));
        Assert.Equal([new Param("depth", "3")], comparison.Equal);
        Assert.Equal(["acc: 0.5 | –", "loss: – | 1"], comparison.Metrics.Select(metric => metric.ToString()));
        Assert.StartsWith("2 runs differ in 2 of 3 parameters\nequal: depth = 3\n", comparison.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_AnyRuns_EveryParameterIsOnOneSide() => Prop.ForAll(
        Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, 3), 4), 4).ToArbitrary(),
        values =>
        {
            // Brute force over all pairs of runs; a 3 means that the parameter is not set.
            Run[] runs = [.. values.Select((row, i) => _runs.Add($"r{i}", [.. row.Select((value, key) => (Key: $"p{key}", Value: $"{value}")).Where(pair => pair.Value != "3")]))];
            RunComparison comparison = Compare(runs);
            return runs.SelectMany(run => run.Params, (_, param) => param.Key).Distinct().All(key =>
            {
                bool differs = runs.Any(a => runs.Any(b => a.Param(key) != b.Param(key)));
                return comparison.Differences.Count(param => param.Key == key) == (differs ? 1 : 0) && comparison.Equal.Count(param => param.Key == key) == (differs ? 0 : 1);
            });
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30).WithReplay(20260101UL, 17UL));

    [Fact]
    public void ToString_NoRunsAndOneRun_SayThatThereIsNothingToCompare()
    {
        Assert.StartsWith("No runs to compare", Compare().ToString(), StringComparison.Ordinal);
        Assert.StartsWith("One run, one: nothing to compare it with", Compare(_runs.Add("one", [("lr", "1")])).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_ManyRuns_CountsValues()
    {
        RunComparison comparison = Compare([.. Enumerable.Range(0, 9).Select(i => _runs.Add($"r{i}", [("lr", i < 6 ? "0.1" : "0.2")], new Metric("acc", i / 10.0, 0)))]);
        Assert.Contains("≠ lr: 0.1 (6×), 0.2 (3×)", comparison.ToString(), StringComparison.Ordinal);
        Assert.Contains("acc: 0 (r0) to 0.8 (r8) in 9 of 9 runs", comparison.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Label_SameName_BringsTheId()
    {
        Run one = _runs.Add("same");
        RunComparison comparison = Compare(one, _runs.Add("same"), _runs.Add("other"));
        Assert.Equal($"same ({one.Info.RunId[..8]})", comparison.Label(0));
        Assert.Equal("other", comparison.Label(2));
    }

    [Fact]
    public void Curves_NaNAndInfinity_AreCountedGaps()
    {
        Run run = _runs.Add("a", null, Point(1, 0), Point(double.NaN, 1), Point(double.PositiveInfinity, 2), Point(0.5, 3));
        Figure figure = Compare(run, _runs.Add("b")).Curves("loss");
        Assert.Equal("loss ends at 0.5 in a", figure.Title);
        Assert.Equal("1 of 2 runs, 2 points · 2 not finite: a gap", figure.Subtitle);
    }

    [Fact]
    public void Curves_StepLoggedAgain_TheLastCounts()
    {
        Run run = _runs.Add("a", null, Point(1, 0), Point(0.9, 1), new Metric("loss", 0.7, 5000, 1));
        Figure figure = Compare(run).Curves("loss");
        Assert.Equal("1 of 1 run, 2 points · 1 at a step logged again: the last counts", figure.Subtitle);
        Assert.Contains("0 → 1, 1 → 0.7", figure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Curves_WithoutSteps_AreOverTime()
    {
        Run run = _runs.Add("a", null, new Metric("loss", 3, 2000), new Metric("loss", 2, 3500)); // the run starts at 1000
        Figure figure = Compare(run).Curves("loss");
        Assert.Equal("time since the start (s)", figure.X.Caption);
        Assert.Contains("1 → 3, 2.5 → 2", figure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Curves_Thousands_SaysWhatIsDrawn()
    {
        Metric[] points = [.. Enumerable.Range(0, 12_000).Select(i => Point(i == 7777 ? 100 : 1 + i % 2, i))];
        Figure figure = Compare(_runs.Add("a", null, points)).Curves("loss");
        Assert.Contains("of 12,000 points drawn", figure.ToString(), StringComparison.Ordinal);
        Assert.Contains("100", figure.ToPlotlyJson(), StringComparison.Ordinal); // the one spike survives
    }

    [Fact]
    public void Curves_Logarithmic_NeedsValuesAboveZero()
    {
        RunComparison comparison = Compare(_runs.Add("a", null, Point(0, 0), Point(-1, 1)));
        Assert.Contains("not above 0", Assert.Throws<InvalidOperationException>(() => comparison.Curves("loss", log: true)).Message, StringComparison.Ordinal);
        Assert.Equal("1 of 1 run, 2 points", comparison.Curves("loss").Subtitle);
    }

    [Fact]
    public void Curves_UnknownMetric_NamesThoseThatThereAre()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Compare(_runs.Add("a", null, Point(1, 0))).Curves("auc"));
        Assert.Contains("None of the 1 run logged 'auc'. There are: loss.", e.Message, StringComparison.Ordinal);
        Assert.Equal("metric", e.ParamName);
    }

    [Fact]
    public void ParallelCoordinates_Sweep_HasNumbersLogarithmsAndCategories()
    {
        RunComparison comparison = Compare(
            _runs.Add("a", [("lr", "0.001"), ("model", "forest"), ("depth", "3"), ("same", "1")], new Metric("acc", 0.7, 0)),
            _runs.Add("b", [("lr", "0.1"), ("model", "linear"), ("depth", "5"), ("same", "1")], new Metric("acc", 0.9, 0)),
            _runs.Add("c", [("lr", "0.1"), ("depth", "5"), ("same", "1")], new Metric("acc", double.NaN, 0)));
        Figure figure = comparison.ParallelCoordinates("acc");
        Assert.Equal("acc from 0.7 (a) to 0.9 (b)", figure.Title);
        Assert.Equal("2 of 3 runs: the others lack a finite value", figure.Subtitle);
        string json = figure.ToPlotlyJson();
        Assert.Contains("log₁₀ lr", System.Text.RegularExpressions.Regex.Unescape(json), StringComparison.Ordinal);
        Assert.Contains("forest", json, StringComparison.Ordinal);
        Assert.DoesNotContain("same", json, StringComparison.Ordinal);
    }

    [Fact]
    public void ParallelCoordinates_CategoryNotSet_IsAPlaceOfItsOwn()
    {
        RunComparison comparison = Compare(_runs.Add("a", [("model", "forest")], new Metric("acc", 0.7, 0)), _runs.Add("b", null, new Metric("acc", 0.9, 0)));
        Assert.Contains("not set", comparison.ParallelCoordinates("acc").ToPlotlyJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void ParallelCoordinates_300Parameters_DrawsEightAndSaysSo()
    {
        (string, string)[] Many(int seed) => [.. Enumerable.Range(0, 300).Select(i => ($"p{i:000}", $"{i + seed}"))];
        RunComparison comparison = Compare(_runs.Add("a", Many(1), new Metric("acc", 1, 0)), _runs.Add("b", Many(2), new Metric("acc", 2, 0)));
        Assert.Equal("2 runs; 8 of 300 differing parameters", comparison.ParallelCoordinates("acc").Subtitle);
    }

    [Fact]
    public void ParallelCoordinates_NothingDiffers_IsRefusedUnlessNamed()
    {
        RunComparison comparison = Compare(_runs.Add("a", [("lr", "1")], new Metric("acc", 1, 0)), _runs.Add("b", [("lr", "1")], new Metric("acc", 2, 0)));
        Assert.Throws<InvalidOperationException>(() => comparison.ParallelCoordinates("acc"));
        Assert.Equal("2 runs", comparison.ParallelCoordinates("acc", "lr").Subtitle);
        Assert.Equal("key", Assert.Throws<ArgumentException>(() => comparison.ParallelCoordinates("acc", "gone")).ParamName);
    }

    [Fact]
    public void Scatter_ValuesOverDecades_HasALogarithmicAxis()
    {
        RunComparison comparison = Compare(_runs.Add("a", [("lr", "0.001")], new Metric("acc", 0.7, 0)), _runs.Add("b", [("lr", "0.1")], new Metric("acc", 0.9, 0)), _runs.Add("c", null, new Metric("acc", 1, 0)));
        Figure figure = comparison.Scatter("lr", "acc");
        Assert.True(figure.X.Log);
        Assert.Equal("2 of 3 runs: the others lack a finite value", figure.Subtitle);
        Assert.Contains("0.001 → 0.7, 0.1 → 0.9", figure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_HostileTextsAndNaN_AreInertAndSaid()
    {
        RunComparison comparison = Compare(
            _runs.Add("<script>alert(1)</script>", [("lr", "0.1"), ("note", "\"><img src=x>")], Point(1, 0), Point(0.5, 1), new Metric("bad", double.NaN, 0)),
            _runs.Add("b", [("lr", "0.2")], Point(2, 0), Point(0.7, 1)));
        string html = ComparisonPage.ToHtml(comparison);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("≠ lr", html, StringComparison.Ordinal);
        Assert.Equal(2, html.Split("<figure>").Length - 1); // curves and parallel coordinates of loss
        Assert.Contains("No run has a finite value of &#39;bad&#39;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_NoRuns_SaysSo() => Assert.Contains("No runs to compare", ComparisonPage.ToHtml(Compare()), StringComparison.Ordinal);

    private static Metric Point(double value, long step) => new("loss", value, 2000 + step, step);

    private RunComparison Compare(params Run[] runs) => RunComparison.Of(_runs.Store, runs);
}
