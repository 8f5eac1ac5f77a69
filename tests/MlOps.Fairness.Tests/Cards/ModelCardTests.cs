using System.Text.Json.Nodes;
using MlOps.Fairness.Cards;

namespace MlOps.Fairness.Tests.Cards;

public sealed class ModelCardTests
{
    // Nine people: group a 3 TP, 1 FP, 1 TN; group b 1 TP, 1 FN, 2 TN. Rates by hand: selection 4/5 and 1/4.
    private static readonly bool[] s_labels = [true, true, true, false, false, true, true, false, false];
    private static readonly bool[] s_predictions = [true, true, true, true, false, true, false, false, false];

    [Fact]
    public void Create_Sections_AreThoseOfMitchell()
    {
        // M. Mitchell et al. 2019, figure 1: the nine parts, in this order.
        Assert.Equal(
            ["Model details", "Intended use", "Factors", "Metrics", "Evaluation data", "Training data", "Quantitative analyses", "Ethical considerations", "Caveats and recommendations"],
            ModelCard.Create(new ModelCardFacts()).Sections.Select(section => section.Title));
    }

    [Fact]
    public void Create_NothingKnown_SaysSoEverywhere()
    {
        var card = ModelCard.Create(new ModelCardFacts());
        CardQuestion[] required = [.. card.Sections.SelectMany(section => section.Fields).Select(field => field.Question).Where(question => question.Required)];
        Assert.Equal(required.Select(question => question.Id).Append("quantitative-analyses"), card.Check().Select(gap => gap.Where));
        Assert.Equal(required.Length, Count(card.ToMarkdown(), "_**Not answered.**_"));
    }

    [Fact]
    public void Create_Report_GivesRatesByGroupWithIntervalsAndCounts()
    {
        ModelCard card = Card("a", "b");
        CardMetric selection = card.Metrics.Single(metric => metric is { Metric: "selectionRate", Group: "a" });
        Assert.Equal((0.8, 5L), (selection.Value, selection.Count));
        // Wilson by hand, k = 4, n = 5, z² = 3.8415: (4 + 1.9207 ± 1.96·√(4·1/5 + 0.9604)) / 8.8415 = 0.6696 ± 0.2941.
        Assert.Equal(0.3755, selection.Lower!.Value, 4);
        Assert.Equal(0.9638, selection.Upper!.Value, 4);
        Assert.Equal(0.55, card.Comparisons.Single(metric => metric.Name == "demographicParityDifference").Value!.Value, 12);
        Assert.DoesNotContain(card.Check(), gap => gap.What.Contains("interval", StringComparison.Ordinal) || gap.What.Contains("rows", StringComparison.Ordinal));
    }

    [Fact]
    public void Create_GroupWithoutPositives_IsUndefinedWithTheReason()
    {
        var report = FairnessReport.Of([true, false, false], [true, false, true], Groups.Of("g", ["a", "a", "b"]));
        CardMetric rate = ModelCard.Create(new ModelCardFacts { Report = report }).Metrics.Single(metric => metric is { Metric: "truePositiveRate", Group: "b" });
        Assert.Equal((null, null, 0L), (rate.Value, rate.Lower, rate.Count));
        Assert.Contains("no positives", rate.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_TwoColumns_ShowsCombinationsAndEachColumn()
    {
        Data.Table table = new(new Data.StringColumn("g", ["a", "b"]), new Data.StringColumn("h", ["x", "y"]));
        var report = FairnessReport.Of([true, false], [true, false], Groups.Of(table, "g", "h"));
        string[] groups = [.. ModelCard.Create(new ModelCardFacts { Report = report }).Metrics.Select(metric => metric.Group).OfType<string>().Distinct()];
        Assert.Equal(["a,x", "a,y", "b,x", "b,y", "g = a", "g = b", "h = x", "h = y"], groups);
    }

    [Fact]
    public void FromJson_OfToJson_IsTheSameCard()
    {
        ModelCard card = Card("a", "b");
        string json = card.ToJson();
        Assert.Equal(json, ModelCard.FromJson(json).ToJson());
        Assert.Equal(card.ToMarkdown(), ModelCard.FromJson(json).ToMarkdown());
        Assert.Equal(card.Check(), ModelCard.FromJson(json).Check());
    }

    [Theory]
    [InlineData("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("a|b", "a\\|b")]
    [InlineData("*bold* [x](http://e.x)", "\\*bold\\* \\[x\\](http://e.x)")]
    [InlineData("line\nbreak", "line break")]
    [InlineData("\u202Etxt", "\uFFFDtxt")]
    public void ToMarkdown_HostileGroup_StaysText(string group, string escaped)
    {
        ModelCard card = Card(group, "other");
        Assert.Contains($"| {escaped} |", card.ToMarkdown(), StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", card.ToMarkdown() + card.ToMimeBundle()["text/html"], StringComparison.Ordinal);
        int columns = Count(card.ToMarkdown().Split('\n').First(line => line.StartsWith("| metric |", StringComparison.Ordinal)), "|");
        Assert.All(card.ToMarkdown().Split('\n').Where(line => line.StartsWith("| selectionRate", StringComparison.Ordinal)), line => Assert.Equal(columns, Count(line.Replace("\\|", "", StringComparison.Ordinal), "|")));
    }

    [Theory]
    [InlineData("# not a heading")]
    [InlineData("- not a list")]
    [InlineData("1. not a list")]
    [InlineData("> not a quotation")]
    [InlineData("+ no")]
    public void ToMarkdown_AnswerThatBeginsLikeMarkup_IsEscaped(string answer)
    {
        var card = ModelCard.Create(new ModelCardFacts(), CardAnswers.Parse(new JsonObject { ["answers"] = new JsonObject { ["caveats.limitations"] = answer } }.ToJsonString()));
        Assert.DoesNotContain(answer, card.ToMarkdown().Split('\n'));
        Assert.Equal([answer], card["caveats.limitations"].Answer);
    }

    [Fact]
    public void ToMarkdown_Numbers_AreNotEscaped() =>
        // CommonMark 5.2: a list marker is followed by a space, so that 0.5 and -1 are none.
        Assert.Contains("| x | all rows | 0.5 | -1 to 0.75 | 3 |", ModelCard.Create(new ModelCardFacts { Metrics = [new CardMetric("x", null, 0.5, -1, 0.75, 3)] }).ToMarkdown(), StringComparison.Ordinal);

    [Fact]
    public void Check_MetricWithoutInterval_IsAGap()
    {
        var metrics = CardMetric.OfRun(new Dictionary<string, double> { ["auc"] = 0.9, ["f1"] = 0.5, ["f1_lower"] = 0.4, ["f1_upper"] = 0.6, ["f1.count"] = 100, ["loss"] = double.NaN });
        Assert.Equal(["auc", "f1", "loss"], metrics.Select(metric => metric.Metric));
        Assert.Equal(new CardMetric("f1", null, 0.5, 0.4, 0.6, 100, "from the run"), metrics[1]);
        Assert.Null(metrics[2].Value);
        var card = ModelCard.Create(new ModelCardFacts { Metrics = metrics });
        Assert.Equal(["auc"], card.Check().Where(gap => gap.What == "no interval").Select(gap => gap.Where));
        Assert.Contains(card.Check(), gap => gap.What == "no metric by group");
    }

    [Fact]
    public void Check_GroupWithoutCount_IsAGap() =>
        Assert.Contains(
            ModelCard.Create(new ModelCardFacts { Metrics = [new CardMetric("auc", "f", 0.9, 0.8, 0.95)] }).Check(),
            gap => gap == new CardGap("auc of f", "the number of rows is unknown"));

    [Fact]
    public void Create_FactsAndAnswers_StandSideBySide()
    {
        var facts = new ModelCardFacts { Name = "loans", Version = "3", Parameters = new Dictionary<string, string> { ["trees"] = "100", ["depth"] = "4" } };
        var card = ModelCard.Create(facts, CardAnswers.Parse("kind: model-card\nanswers:\n  model-details.version: third\n  model-details.owners:\n  - Asha\n  - Ravi\n"));
        Assert.Equal(["3"], card["model-details.version"].Facts);
        Assert.Equal(["third"], card["model-details.version"].Answer);
        Assert.Equal(["Asha", "Ravi"], card["model-details.owners"].Answer);
        Assert.Equal(["depth", "trees"], card.Parameters.Select(pair => pair.Key));
        Assert.Contains("- Asha\n- Ravi\n", card.ToMarkdown(), StringComparison.Ordinal);
        Assert.Contains("loans _(recorded)_", card.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Questions_ReadBack_AskEverythingAndAnswerNothing()
    {
        var answers = CardAnswers.Parse(ModelCard.Questions());
        var card = ModelCard.Create(new ModelCardFacts(), answers);
        Assert.Equal(card.Sections.SelectMany(section => section.Fields).Select(field => field.Question.Id), answers.Entries.Keys);
        Assert.All(card.Sections.SelectMany(section => section.Fields), field => Assert.False(field.IsAnswered));
        Assert.Equal(card.ToJson(), ModelCard.Create(new ModelCardFacts()).ToJson());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("nonsense")]
    [InlineData("{\"kind\":\"datasheet\"}")]
    [InlineData("{\"kind\":\"model-card\"}")]
    [InlineData("[]")]
    public void FromJson_NoCard_Throws(string json) => Assert.Throws<CardFormatException>(() => ModelCard.FromJson(json));

    private static ModelCard Card(string first, string second) => ModelCard.Create(new ModelCardFacts
    {
        Name = "loans",
        ModelHash = "sha256:00",
        Report = FairnessReport.Of(s_labels, s_predictions, Groups.Of("g", Enumerable.Repeat(first, 5).Concat(Enumerable.Repeat(second, 4)))),
        Data = [new CardData("evaluation", "holdout.csv", "sha256:01", 9, [new CardColumn("g", "text", 0)], ["g"])],
        Metrics = [new CardMetric("auc", null, 0.1 + 0.2, 0.25, 0.5, 9)],
    });

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
