using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Search;

namespace MlOps.Tracking.Tests.Search;

/// <summary>Expectations are MLflow's rules, worked out by hand.</summary>
public sealed class FilterEvaluatorTests
{
    private static readonly Run s_run = new(
        new RunInfo("0123456789abcdef0123456789abcdef", "7", "Brisk-owl", "me", RunStatus.Finished, 1000, null, "file:///a", LifecycleStage.Active),
        [new Metric("acc", 0.93, 5, 2), new Metric("bad", double.NaN, 5), new Metric("inf", double.PositiveInfinity, 5)],
        [new Param("empty", ""), new Param("lr", "0.1"), new Param("model", "boosting")],
        [new Tag("mlflow.runName", "Brisk-owl"), new Tag("team", "Risk")],
        [new DatasetInput(new Dataset("iris", "d1", "local", "a.csv"), [new Tag("mlflow.data.context", "training")]), new DatasetInput(new Dataset("wine", "d2", "local", "b.csv"), [])]);

    [Theory]
    [InlineData("metrics.acc > 0.9 and params.model = \"boosting\"", true)]
    [InlineData("metrics.acc > 0.93", false)]
    [InlineData("metrics.acc >= 0.93", true)]
    [InlineData("metrics.none != 1", false)] // a run that lacks the key never matches, not even !=
    [InlineData("NOT metrics.none = 1", true)]
    [InlineData("metrics.none IS NULL", true)]
    [InlineData("metrics.acc IS NULL", false)]
    [InlineData("metrics.bad != 0", true)]
    [InlineData("metrics.bad = 0 or metrics.bad > 0 or metrics.bad <= 0", false)]
    [InlineData("metrics.bad IS NOT NULL", true)]
    [InlineData("metrics.inf > 1e308", true)]
    [InlineData("params.empty = ''", true)]
    [InlineData("params.empty IS NULL", false)]
    [InlineData("params.model LIKE 'Boost%'", false)]
    [InlineData("params.model ILIKE 'Boost%'", true)]
    [InlineData("params.model NOT LIKE 'x%'", true)]
    [InlineData("params.nothing NOT LIKE 'x%'", false)]
    [InlineData("params.model != 'boosting'", false)]
    [InlineData("params.nothing != 'a'", false)]
    [InlineData("tags.team = 'risk'", false)]
    [InlineData("run_name = 'Brisk-owl' and user_id = 'me' and status = 'FINISHED'", true)]
    [InlineData("run_id IN ('x', '0123456789abcdef0123456789abcdef')", true)]
    [InlineData("run_id NOT IN ('x')", true)]
    [InlineData("end_time > 0", false)]
    [InlineData("end_time IS NULL and start_time = 1000", true)]
    [InlineData("dataset.name = 'wine'", true)]
    [InlineData("dataset.name != 'wine'", true)] // iris is another
    [InlineData("dataset.name IN ('a', 'b')", false)]
    [InlineData("dataset.name NOT IN ('iris')", true)]
    [InlineData("dataset.context = 'training' and dataset.context IS NOT NULL", true)]
    [InlineData("dataset.context != 'training'", false)]
    [InlineData("metrics.acc > 1 or (params.lr = '0.1' and not tags.team = 'x')", true)]
    [InlineData("metrics.acc > 1 or params.lr = '0.1' and tags.team = 'x'", false)]
    public void OfRuns_AgainstARun_IsAsByHand(string filter, bool expected) => Assert.Equal(expected, FilterEvaluator.OfRuns(FilterParser.Parse(filter, FilterTarget.Runs, strict: false))(s_run));

    [Fact]
    public void OfExperimentsModelsAndVersions_AreAsByHand()
    {
        var experiment = new Experiment("3", "credit", "file:///a", LifecycleStage.Active, 10, 20, [new Tag("team", "risk")]);
        var version = new ModelVersion("credit", 2, 1, 2, "", "models:/a", "run", "", "", ModelStage.None, [], []);
        var model = new RegisteredModel("credit", 1, 2, "", [version], [], []);
        Assert.True(FilterEvaluator.OfExperiments(FilterParser.Parse("name LIKE 'c%' and tags.team = 'risk' and creation_time = 10 and last_update_time < 21", FilterTarget.Experiments, true))(experiment));
        Assert.True(FilterEvaluator.OfModels(FilterParser.Parse("name = 'credit' and tag.`mlflow.prompt.is_prompt` != 'true'", FilterTarget.Models, true))(model));
        Assert.False(FilterEvaluator.OfModels(FilterParser.Parse("tags.other != 'true'", FilterTarget.Models, true))(model));
        Assert.True(FilterEvaluator.OfVersions(FilterParser.Parse("version_number = 2 and source_path LIKE 'models:%' and run_id = 'run'", FilterTarget.Versions, true))(version));
    }

    // Oracle: the same pattern as a regular expression.
    [Fact]
    public void Like_AnyPattern_EqualsTheRegularExpression()
    {
        Gen<string> words = Gen.Elements("a", "b", "B", "%", "_", "é", "😀", ".", "\\").ListOf().Select(string.Concat);
        Prop.ForAll(words.ToArbitrary(), words.ToArbitrary(), (pattern, text) =>
        {
            string regex = "^" + Regex.Escape(pattern).Replace("%", ".*", StringComparison.Ordinal).Replace("_", "(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|.)", StringComparison.Ordinal) + "\\z";
            return new LikePattern(pattern, ignoreCase: false).Matches(text) == Regex.IsMatch(text, regex, RegexOptions.Singleline)
                && new LikePattern(pattern, ignoreCase: true).Matches(text) == Regex.IsMatch(text, regex, RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        }).QuickCheckThrowOnFailure();
    }

    // A regular expression that goes back would need 2^k steps for this.
    [Fact]
    public void Like_ManyPercentSigns_ReturnsAtOnce() =>
        Assert.False(new LikePattern(string.Concat(Enumerable.Repeat("%a", 50)) + "b", ignoreCase: false).Matches(new string('a', 5000)));
}
