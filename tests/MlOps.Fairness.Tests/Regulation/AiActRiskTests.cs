using System.Text.Json.Nodes;
using MlOps.Fairness.Cards;
using MlOps.Fairness.Regulation;
using static MlOps.Fairness.Regulation.AiActRiskClass;
using static MlOps.Fairness.Regulation.AnnexIIIArea;
using static MlOps.Fairness.Regulation.HighRiskExemption;
using static MlOps.Fairness.Regulation.ProhibitedPractice;

namespace MlOps.Fairness.Tests.Regulation;

/// <summary>The oracle of every case is the provision named in it: Regulation (EU) 2024/1689 as amended by (EU) 2026/1744.</summary>
public sealed class AiActRiskTests
{
    private static readonly SystemQuestions s_harmless = new()
    {
        IsAiSystem = true,
        IsExcluded = false,
        Practices = [],
        IsProductOrSafetyComponent = false,
        Areas = [],
        Transparency = [],
        ProvidesGeneralPurposeModel = false,
    };

    public static TheoryData<string, SystemQuestions, AiActRiskClass, string> Systems => new()
    {
        { "spam filter", s_harmless, Minimal, "Art. 4" }, // no provision but literacy
        { "fixed rules", s_harmless with { IsAiSystem = false }, OutOfScope, "Art. 3(1)" },
        { "army", s_harmless with { IsExcluded = true }, OutOfScope, "Art. 2" }, // Art. 2(3)
        { "chatbot", s_harmless with { Transparency = [TransparencyTrigger.Interaction] }, Transparency, "Art. 50" }, // 50(1)
        { "picture generator", s_harmless with { Transparency = [TransparencyTrigger.SyntheticContent, TransparencyTrigger.DeepFake] }, Transparency, "Art. 50" }, // 50(2), (4)
        { "social scoring by a company", s_harmless with { Practices = [SocialScoring] }, Prohibited, "Art. 5(1)(c)" }, // no longer only by authorities
        { "emotions of call-centre agents", s_harmless with { Practices = [EmotionAtWorkOrSchool], PracticeExceptions = [] }, Prohibited, "Art. 5(1)(f)" },
        { "tiredness of drivers", s_harmless with { Practices = [EmotionAtWorkOrSchool], PracticeExceptions = [EmotionAtWorkOrSchool], Areas = [EmotionRecognition], ProfilesPeople = true }, High, "Annex III point 1(c)" }, // safety reasons: not prohibited, still listed
        { "scraped faces", s_harmless with { Practices = [FaceScraping] }, Prohibited, "Art. 5(1)(e)" },
        { "scraped faces, exception claimed", s_harmless with { Practices = [FaceScraping], PracticeExceptions = [FaceScraping] }, Prohibited, "Art. 5(1)(e)" }, // the Act knows no exception of (e)
        { "undressing app", s_harmless with { Practices = [IntimateMaterial] }, Prohibited, "Art. 5(1)(ba)" }, // inserted by (EU) 2026/1744
        { "crime from personality", s_harmless with { Practices = [CrimePrediction], PracticeExceptions = [] }, Prohibited, "Art. 5(1)(d)" },
        { "race from faces", s_harmless with { Practices = [SensitiveCategorisation], PracticeExceptions = [] }, Prohibited, "Art. 5(1)(g)" },
        { "live faces for the police, authorised", s_harmless with { Practices = [RealTimeIdentification], PracticeExceptions = [RealTimeIdentification], Areas = [RemoteIdentification], AreaExclusions = [], ProfilesPeople = false, Conditions = [] }, High, "Annex III point 1(a)" },
        { "credit scoring", s_harmless with { Areas = [CreditScoring], AreaExclusions = [], ProfilesPeople = true }, High, "Annex III point 5(b)" },
        { "fraud detection", s_harmless with { Areas = [CreditScoring], AreaExclusions = [CreditScoring] }, Minimal, "Art. 4" }, // 5(b) excepts it
        { "CV screening", s_harmless with { Areas = [Recruitment], ProfilesPeople = true }, High, "Annex III point 4(a)" },
        { "promotions", s_harmless with { Areas = [WorkerManagement], ProfilesPeople = true }, High, "Annex III point 4(b)" },
        { "admission to university", s_harmless with { Areas = [EducationAccess], ProfilesPeople = true }, High, "Annex III point 3(a)" },
        { "proctoring", s_harmless with { Areas = [ExamMonitoring], ProfilesPeople = false, Conditions = [] }, High, "Annex III point 3(d)" },
        { "health insurance price", s_harmless with { Areas = [LifeAndHealthInsurance], ProfilesPeople = true }, High, "Annex III point 5(c)" },
        { "water supply", s_harmless with { Areas = [CriticalInfrastructure], ProfilesPeople = false, Conditions = [] }, High, "Annex III point 2" },
        { "face unlock", s_harmless with { Areas = [RemoteIdentification], AreaExclusions = [RemoteIdentification] }, Minimal, "Art. 4" }, // 1(a): verification only
        { "passport reader at the border", s_harmless with { Areas = [BorderIdentification], AreaExclusions = [BorderIdentification] }, Minimal, "Art. 4" }, // 7(d): travel documents
        { "judge's research assistant", s_harmless with { Areas = [Justice], ProfilesPeople = false, Conditions = [] }, High, "Annex III point 8(a)" },
        { "sorting of CV files by format", s_harmless with { Areas = [Recruitment], ProfilesPeople = false, Conditions = [NarrowProceduralTask], PosesSignificantRisk = false }, Minimal, "Art. 4" }, // Art. 6(3)(a)
        { "sorting that steers who is invited", s_harmless with { Areas = [Recruitment], ProfilesPeople = false, Conditions = [PreparatoryTask], PosesSignificantRisk = true }, High, "Annex III point 4(a)" }, // 6(3), first subparagraph
        { "preparatory, but profiling", s_harmless with { Areas = [Recruitment], ProfilesPeople = true, Conditions = [PreparatoryTask], PosesSignificantRisk = false }, High, "Annex III point 4(a)" }, // 6(3), third subparagraph: always
        { "medical device of a notified body", s_harmless with { IsProductOrSafetyComponent = true, NeedsThirdPartyAssessment = true }, High, "Art. 6(1)" },
        { "product with self-assessment", s_harmless with { IsProductOrSafetyComponent = true, NeedsThirdPartyAssessment = false }, Minimal, "Art. 4" }, // 6(1)(b) fails
    };

    [Theory]
    [MemberData(nameof(Systems))]
    public void Classify_System_HasTheClassAndArticleOfTheAct(string system, SystemQuestions answers, AiActRiskClass expected, string article)
    {
        AiActClassification found = AiActRisk.Classify(answers);
        Assert.True((expected, article) == (found.Class, found.Article), $"{system}: {found}");
        Assert.Empty(found.Missing);
        Assert.Contains("not legal advice", found.ToMarkdown() + found, StringComparison.Ordinal);
        Assert.NotNull(JsonNode.Parse(found.ToJson())!["duties"]!["items"]);
    }

    public static TheoryData<SystemQuestions, string> Incomplete => new()
    {
        { new SystemQuestions(), "ai-system" },
        { s_harmless with { Practices = null }, "practices" },
        { s_harmless with { Practices = [EmotionAtWorkOrSchool] }, "practice-exceptions" },
        { s_harmless with { IsProductOrSafetyComponent = true }, "third-party-assessment" },
        { s_harmless with { Areas = null }, "annex-iii" },
        { s_harmless with { Areas = [CreditScoring] }, "annex-iii-exclusions" },
        { s_harmless with { Areas = [Recruitment] }, "profiling" },
        { s_harmless with { Areas = [Recruitment], ProfilesPeople = false, Conditions = [NarrowProceduralTask] }, "significant-risk" },
        { s_harmless with { Transparency = null }, "transparency" },
    };

    [Theory]
    [MemberData(nameof(Incomplete))]
    public void Classify_NeededAnswerMissing_IsUndeterminedAndNamesIt(SystemQuestions answers, string missing)
    {
        AiActClassification found = AiActRisk.Classify(answers);
        Assert.Equal(Undetermined, found.Class);
        Assert.Contains(missing, found.Missing);
    }

    [Fact]
    public void Classify_HighByAnnexIII_NeedsNoAnswerOnProducts() =>
        Assert.Equal(High, AiActRisk.Classify(s_harmless with { IsProductOrSafetyComponent = null, Areas = [Recruitment], ProfilesPeople = true }).Class);

    [Fact]
    public void Classify_Duties_AreThoseOfTheClass()
    {
        string[] minimal = [.. AiActRisk.Classify(s_harmless).Duties.Items.Select(item => item.Id)];
        Assert.Equal(["ai-act-4", "ai-act-5"], minimal);
        AiActClassification credit = AiActRisk.Classify(s_harmless with { Areas = [CreditScoring], AreaExclusions = [], ProfilesPeople = true, Transparency = [TransparencyTrigger.Interaction] });
        Assert.All(["ai-act-9", "ai-act-14", "ai-act-26-people", "ai-act-27", "ai-act-86", "ai-act-50-1"], id => Assert.Contains(credit.Duties.Items, item => item.Id == id));
        Assert.DoesNotContain(credit.Duties.Items, item => item.Id == "ai-act-6-4");
        AiActClassification exempted = AiActRisk.Classify(s_harmless with { Areas = [Recruitment], ProfilesPeople = false, Conditions = [NarrowProceduralTask], PosesSignificantRisk = false });
        Assert.Contains(exempted.Duties.Items, item => item.Article == "Arts. 6(4), 49(2)");
    }

    [Fact]
    public void Classify_Product_HasTheLaterDateAndNoImpactAssessment()
    {
        // Art. 113(c) as amended: 2 August 2028; Art. 27(1): only systems of Art. 6(2).
        Checklist duties = AiActRisk.Classify(s_harmless with { IsProductOrSafetyComponent = true, NeedsThirdPartyAssessment = true }).Duties;
        Assert.Equal(new DateOnly(2028, 8, 2), duties["ai-act-9"].AppliesFrom);
        Assert.DoesNotContain(duties.Items, item => item.Id == "ai-act-27");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Classify_GeneralPurposeModel_AddsChapterV(bool systemic, bool article55)
    {
        AiActClassification found = AiActRisk.Classify(s_harmless with { ProvidesGeneralPurposeModel = true, HasSystemicRisk = systemic });
        Assert.Equal(Minimal, found.Class); // the flag is apart from the class of a system
        Assert.True(found.ProvidesGeneralPurposeModel);
        Assert.Contains(found.Duties.Items, item => item.Id == "ai-act-53-summary");
        Assert.Equal(article55, found.Duties.Items.Any(item => item.Id == "ai-act-55"));
    }

    [Fact]
    public void Of_Answers_ReadsPointsAndWords()
    {
        var answers = SystemQuestions.Of(CardAnswers.Parse("kind: ai-act-risk\nanswers:\n  ai-system: yes\n  excluded: no\n  practices: none\n  product: false\n  annex-iii: [5b, 4a]\n  annex-iii-exclusions: 5b\n  profiling: true\n"));
        Assert.Equal((true, false, false, true), (answers.IsAiSystem, answers.IsExcluded, answers.IsProductOrSafetyComponent, answers.ProfilesPeople));
        Assert.Equal([CreditScoring, Recruitment], answers.Areas!);
        Assert.Equal([CreditScoring], answers.AreaExclusions!);
        Assert.Empty(answers.Practices!);
        Assert.Null(answers.Transparency);
        Assert.Equal("Annex III point 4(a)", AiActRisk.Classify(answers).Article);
    }

    [Theory]
    [InlineData("answers:\n  annex-iii: [9z]\n", "'9z'")]
    [InlineData("answers:\n  profiling: perhaps\n", "yes or no")]
    [InlineData("answers:\n  profilling: yes\n", "'profiling'")]
    [InlineData("answers:\n  practices: [none, c]\n", "'none'")]
    public void Of_WrongAnswer_SaysWhatIsNeeded(string yaml, string part) =>
        Assert.Contains(part, Assert.Throws<CardFormatException>(() => SystemQuestions.Of(CardAnswers.Parse(yaml))).Message, StringComparison.Ordinal);

    [Fact]
    public void Questions_ReadBack_AnswerNothing() =>
        Assert.Equal(new SystemQuestions(), SystemQuestions.Of(CardAnswers.Parse(SystemQuestions.Questions())));

    [Fact]
    public void Points_CoverEveryMember()
    {
        Assert.Equal(Enum.GetValues<ProhibitedPractice>(), ArticlePoints.Practices.Select(practice => practice.Practice));
        Assert.Equal(Enum.GetValues<AnnexIIIArea>(), ArticlePoints.Areas.Select(area => area.Area));
        Assert.Equal(Enum.GetValues<HighRiskExemption>(), ArticlePoints.Conditions.Select(condition => condition.Condition));
        Assert.Equal(Enum.GetValues<TransparencyTrigger>(), ArticlePoints.Triggers.Select(trigger => trigger.Trigger));
    }
}
