using System.Globalization;

namespace MlOps.Fairness.Cards;

/// <summary>An impact assessment: what a system may do to people, how that is kept small, and who decided that it may run.</summary>
/// <remarks>
/// One document for three duties: the data protection impact assessment of GDPR Art. 35(7), the fundamental rights impact assessment of the EU AI Act's Art. 27(1)(a)–(f)
/// and the yearly assessment of significant data fiduciaries under India's DPDP Act, s. 10(2)(c). Not legal advice: whether one of them is owed, a lawyer says.
/// </remarks>
/// <param name="Title">Its heading.</param>
/// <param name="Sections">Its parts.</param>
public sealed record ImpactAssessment(string Title, IReadOnlyList<CardSection> Sections) : CardDocument(s_template.Kind, Title, Sections)
{
    private const string Measured = "risks.measured";

    private static readonly CardTemplate s_template = new("impact-assessment",
    [
        CardTemplate.Section(
            "system",
            "The system and its use",
            ("purpose", true, "What is decided with it, and what would be done without it?"),
            ("process", true, "Where in the process does it act, and who acts on its output?"),
            ("period", true, "From when until when, and how often, is it used?"),
            ("data", true, "Which personal data does it use, from where, for how long?"),
            ("ground", true, "On which lawful ground?"),
            ("role", true, "Who is the provider, who uses it, who processes data on whose behalf?")),
        CardTemplate.Section(
            "people",
            "The people affected",
            ("groups", true, "Which groups of people does it affect, and how many are they?"),
            ("vulnerable", true, "Are there children, workers, patients, or others who cannot easily say no?"),
            ("consulted", true, "Who of them was asked, and what did they say?")),
        CardTemplate.Section(
            "necessity",
            "Necessity and proportion",
            ("alternatives", true, "Which less intrusive way was looked at, and why is it not enough?"),
            ("minimisation", true, "Which data was left out, and what still works without it?"),
            ("accuracy", true, "How good is it, and is that good enough for what hangs on it?")),
        CardTemplate.Section(
            "risks",
            "Risks",
            ("measured", true, "What was measured, group by group?"),
            ("harms", true, "Which harms are possible, for whom, how likely, how severe, and can they be undone? One entry a harm."),
            ("discrimination", true, "Which groups may be treated worse, also by proxies such as a PIN code?"),
            ("misuse", true, "How may it be misused or attacked?"),
            ("remaining", true, "Which risk remains after the measures, and who accepts it?")),
        CardTemplate.Section(
            "measures",
            "Measures",
            ("mitigations", true, "What is done against each harm? One entry a harm, in the same order."),
            ("oversight", true, "Who oversees it, with which training, and can they stop it?"),
            ("security", true, "How are data and model protected?"),
            ("redress", true, "How does a person learn of a decision, get its reasons, object, and have it corrected?"),
            ("incident", true, "What happens if a harm occurs: who is told, by when, who decides to stop?")),
        CardTemplate.Section(
            "decision",
            "Decision",
            ("advice", false, "What did the data protection officer or the ethics board advise?"),
            ("authority", false, "Was an authority consulted or notified?"),
            ("verdict", true, "May it run, under which conditions?"),
            ("signed", true, "Who decided, and when?"),
            ("review", true, "When, or after which change, is this looked at again?")),
    ]);

    /// <summary>Makes an assessment of answers, and of a report if there is one.</summary>
    /// <param name="system">The system's name.</param>
    /// <param name="report">What its decisions did to every group; null if that was not measured.</param>
    /// <param name="answers">What a person wrote; null for nothing yet.</param>
    /// <exception cref="CardFormatException">The answers are for another document or answer what is not asked.</exception>
    public static ImpactAssessment Create(string system, FairnessReport? report = null, CardAnswers? answers = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(system);
        var facts = new Dictionary<string, IReadOnlyList<string>>();
        if (report is not null)
        {
            facts[Measured] = [.. report.Groups.Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Group}: {group.Counts.Total:N0} rows, selection rate {group.Counts.SelectionRate}, true positive rate {group.Counts.TruePositiveRate}, false positive rate {group.Counts.FalsePositiveRate}"))];
        }

        return new ImpactAssessment($"Impact assessment: {system}", s_template.Fill(facts, answers ?? CardAnswers.None));
    }

    /// <summary>Reads what <see cref="CardDocument.ToJson"/> wrote.</summary>
    /// <exception cref="CardFormatException">The text is no impact assessment.</exception>
    public static ImpactAssessment FromJson(string json) => CardJson.Read(json, root => new ImpactAssessment(CardJson.Text(root, "title") ?? "Impact assessment", s_template.Read(root)));

    /// <summary>Returns an answer file with every question as a comment and no answer.</summary>
    public static string Questions() => s_template.ToYaml();
}
