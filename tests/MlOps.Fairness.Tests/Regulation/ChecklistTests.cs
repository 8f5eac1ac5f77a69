using MlOps.Fairness.Cards;
using MlOps.Fairness.Regulation;

namespace MlOps.Fairness.Tests.Regulation;

public sealed class ChecklistTests
{
    public static TheoryData<string> Kinds => [.. Regulations.All.Select(list => list.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Lists_Rendered_SayDateAndThatTheyAreNoLegalAdvice(string kind)
    {
        Checklist list = Regulations.Find(kind);
        Assert.All([list.ToMarkdown(), list.ToJson(), list.ToMimeBundle()["text/html"], list.Questions(), list.ToString()], text =>
        {
            Assert.Contains("not legal advice", text, StringComparison.Ordinal);
            Assert.Contains("2026-11-22", text, StringComparison.Ordinal);
        });
        Assert.Equal(list.Items.Count, list.Items.Select(item => item.Id).Distinct().Count());
        Assert.Equal(list.Items.Count, list.Check().Count);
        Assert.Equal(list.ToJson(), Checklist.FromJson(list.ToJson()).ToJson());
        Assert.Equal(list.ToJson(), list.With(CardAnswers.Parse(list.Questions())).ToJson());
    }

    [Theory]
    [InlineData("dpdpa", "dpdpa-8-breach", "s. 8(6), Rule 7", "2027-05-13")] // notified 13 November 2025 plus eighteen months
    [InlineData("dpdpa", "dpdpa-6-manager", "s. 6(9), Rule 4", "2026-11-13")] // one year
    [InlineData("gdpr", "gdpr-22", "Art. 22", "2018-05-25")] // Art. 99(2)
    [InlineData("ai-act", "ai-act-4", "Art. 4", "2025-02-02")] // Art. 113(a)
    [InlineData("ai-act", "ai-act-53-copyright", "Art. 53(1)(c)", "2025-08-02")] // Art. 113(b)
    [InlineData("ai-act", "ai-act-50-1", "Art. 50(1)", "2026-08-02")] // Art. 113, second paragraph
    [InlineData("ai-act", "ai-act-9", "Art. 9", "2027-12-02")] // Art. 113(c) as amended by (EU) 2026/1744
    [InlineData("ai-act", "ai-act-27", "Art. 27", "2027-12-02")]
    public void Items_ArticleAndDate_AreTheLaws(string kind, string id, string article, string from)
    {
        ChecklistItem item = Regulations.Find(kind)[id];
        Assert.Equal((article, DateOnly.Parse(from, null)), (item.Article, item.AppliesFrom));
    }

    [Fact]
    public void On_Day_KeepsWhatAppliesThen()
    {
        Checklist list = Regulations.AiAct.On(new DateOnly(2026, 11, 22));
        Assert.Contains(list.Items, item => item.Id == "ai-act-50-1");
        Assert.DoesNotContain(list.Items, item => item.Id == "ai-act-9");
    }

    [Fact]
    public void Check_MetWithoutEvidenceAndNotApplicableWithoutReason_AreGaps()
    {
        Checklist list = Regulations.Gdpr.With(CardAnswers.Parse("""
            kind: gdpr
            answers:
              gdpr-35: {status: met}
              gdpr-30: {status: met, evidence: records.xlsx}
              gdpr-8: {status: not applicable}
              gdpr-10: {status: not applicable, reason: no convictions}
              gdpr-22: {status: not met, reason: no human looks}
            """));
        Dictionary<string, string> gaps = list.Check().ToDictionary(gap => gap.Where, gap => gap.What);
        Assert.Equal("met, but no evidence is given", gaps["gdpr-35"]);
        Assert.Equal("not applicable, but no reason is given", gaps["gdpr-8"]);
        Assert.StartsWith("not met (Art. 22)", gaps["gdpr-22"], StringComparison.Ordinal);
        Assert.DoesNotContain("gdpr-30", gaps.Keys);
        Assert.DoesNotContain("gdpr-10", gaps.Keys);
        Assert.Equal(list.ToJson(), Checklist.FromJson(list.ToJson()).ToJson());
    }

    [Theory]
    [InlineData("answers:\n  gdpr-35: {status: done}\n", "open, met, not met, not applicable")]
    [InlineData("answers:\n  gdpr-35: {state: met}\n", "'state' is unknown")]
    [InlineData("answers:\n  gdpr-35: met\n", "status, evidence and reason")]
    [InlineData("answers:\n  gdpr-355: {status: met}\n", "'gdpr-35'")]
    [InlineData("kind: dpdpa\nanswers:\n", "'dpdpa'")]
    public void With_WrongAnswers_SaysWhatIsNeeded(string yaml, string part) =>
        Assert.Contains(part, Assert.Throws<CardFormatException>(() => Regulations.Gdpr.With(CardAnswers.Parse(yaml))).Message, StringComparison.Ordinal);

    [Fact]
    public void ToMarkdown_HostileEvidence_IsEscaped()
    {
        Checklist list = Regulations.Gdpr.With(CardAnswers.Parse("answers:\n  gdpr-35: {status: met, evidence: '<img src=x onerror=alert(1)>|x'}\n"));
        Assert.DoesNotContain("<img", list.ToMarkdown() + list.ToMimeBundle()["text/html"], StringComparison.Ordinal);
        Assert.Contains("&gt;\\|x", list.ToMarkdown(), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_UnknownList_NamesThoseThereAre() =>
        Assert.Contains("dpdpa, gdpr, ai-act", Assert.Throws<ArgumentException>("kind", () => Regulations.Find("hipaa")).Message, StringComparison.Ordinal);

    [Fact]
    public void Comparison_Penalties_AreTheLaws()
    {
        RegulationAspect penalty = RegulationComparison.Aspects.Single(aspect => aspect.Aspect == "Largest penalty");
        Assert.Contains("₹250 crore", penalty.Dpdpa, StringComparison.Ordinal); // Schedule, item 1
        Assert.Contains("€20 million or 4 %", penalty.Gdpr, StringComparison.Ordinal); // Art. 83(5)
        Assert.Contains("€35 million or 7 %", penalty.AiAct, StringComparison.Ordinal); // Art. 99(3)
        Assert.Contains("not legal advice", RegulationComparison.ToMarkdown(), StringComparison.Ordinal);
    }
}
