using MlOps.Data;
using MlOps.Fairness.Cards;

namespace MlOps.Fairness.Tests.Cards;

public sealed class OtherDocumentsTests
{
    private static readonly Table s_people = new(new StringColumn("gender", ["f", "m", "f", null]), Column.Of("income", [1.5, double.NaN, 2, 3]));

    [Fact]
    public void Datasheet_Sections_AreThoseOfGebru() =>
        // T. Gebru et al. 2021, the seven headings of section 3.
        Assert.Equal(
            ["Motivation", "Composition", "Collection process", "Preprocessing, cleaning, labelling", "Uses", "Distribution", "Maintenance"],
            Datasheet.Create("people").Sections.Select(section => section.Title));

    [Fact]
    public void Datasheet_Table_CountsRowsMissingValuesAndGroups()
    {
        var sheet = Datasheet.Create("people", CardData.Of(s_people, "", "people.csv", "sha256:ab", "gender"), Groups.Of(s_people, "gender"));
        Assert.Equal(["4 rows, 2 columns"], sheet["composition.instances"].Facts);
        Assert.Contains("gender: 1", sheet["composition.missing"].Facts.Single(), StringComparison.Ordinal);
        Assert.Equal([new CardGroupSize("gender", "f", 2), new CardGroupSize("gender", "m", 1), new CardGroupSize("gender", null, 1)], sheet.Groups);
        Assert.DoesNotContain("1.5", sheet.ToMarkdown(), StringComparison.Ordinal);
        Assert.Equal(sheet.ToJson(), Datasheet.FromJson(sheet.ToJson()).ToJson());
    }

    [Fact]
    public void CardData_UnknownSensitiveColumn_Throws() =>
        Assert.Throws<KeyNotFoundException>(() => CardData.Of(s_people, "", "people.csv", null, "caste"));

    [Fact]
    public void ImpactAssessment_Report_FillsWhatWasMeasured()
    {
        var report = FairnessReport.Of([true, false], [true, true], Groups.Of("g", ["a", "b"]));
        var assessment = ImpactAssessment.Create("loans", report);
        Assert.Equal(["a: 1 rows, selection rate 1 (1 of 1), true positive rate 1 (1 of 1), false positive rate undefined (0 of 0)", "b: 1 rows, selection rate 1 (1 of 1), true positive rate undefined (0 of 0), false positive rate 1 (1 of 1)"], assessment["risks.measured"].Facts);
        Assert.DoesNotContain(assessment.Check(), gap => gap.Where == "risks.measured");
        Assert.Equal(assessment.ToJson(), ImpactAssessment.FromJson(assessment.ToJson()).ToJson());
    }

    [Fact]
    public void EthicsAudit_Report_DecidesWhatItCan()
    {
        // 50 people a group, half of them deserving; a: 25 and 10 selected, b: 20 and 5. Selection 35/50 and 25/50: ratio 0.714. TPR 1 and 0.8; FPR 0.4 and 0.2.
        Checklist audit = EthicsAudit.Create(report: Report(25, 10, 20, 5));
        Assert.Equal(ItemStatus.NotMet, audit["selection-rates"].Status);
        Assert.Contains("ratio 0.7143 (at least 0.8): b 0.5000, a 0.7000", audit["selection-rates"].Evidence.Single(), StringComparison.Ordinal);
        Assert.Equal(ItemStatus.NotMet, audit["true-positive-rates"].Status);
        Assert.Equal(ItemStatus.Met, audit["group-sizes"].Status);
        Assert.Equal(ItemStatus.Open, audit["proxies"].Status);
        // Exactly on the limits: selection 20/50 and 16/50 is 0.8.
        Assert.Equal(ItemStatus.Met, EthicsAudit.Create(report: Report(15, 5, 12, 4))["selection-rates"].Status);
    }

    [Fact]
    public void EthicsAudit_NobodySelected_IsNotMetWithReason() =>
        Assert.Contains("nobody was selected", EthicsAudit.Create(report: Report(0, 0, 0, 0))["selection-rates"].Reason, StringComparison.Ordinal);

    [Fact]
    public void EthicsAudit_AnswerToAMeasuredItem_Throws() =>
        Assert.Throws<CardFormatException>(() => EthicsAudit.Create(CardAnswers.Parse("answers:\n  selection-rates:\n    status: met\n    evidence: trust me\n"), Report(25, 10, 20, 5)));

    private static FairnessReport Report(int deservingA, int othersA, int deservingB, int othersB)
    {
        bool[] labels = [.. Enumerable.Range(0, 100).Select(i => i % 50 < 25)];
        bool[] predictions = [.. Enumerable.Range(0, 100).Select(i => i % 50 < 25 ? i % 50 < (i < 50 ? deservingA : deservingB) : (i % 50) - 25 < (i < 50 ? othersA : othersB))];
        return FairnessReport.Of(labels, predictions, Groups.Of("g", Enumerable.Range(0, 100).Select(i => i < 50 ? "a" : "b")));
    }
}
