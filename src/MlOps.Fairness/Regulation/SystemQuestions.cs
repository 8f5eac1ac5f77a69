using System.Text;
using MlOps.Fairness.Cards;

namespace MlOps.Fairness.Regulation;

/// <summary>What must be known of a system to find its risk class under the AI Act. Null: not answered. An empty list: none of them.</summary>
public sealed record SystemQuestions
{
    private const string Kind = "ai-act-risk";
    private const string NoneOfThem = "none";

    private static readonly (string Key, string Question, IEnumerable<string> Choices)[] s_keys =
    [
        ("ai-system", "Does it infer from input how to make predictions, content, recommendations or decisions (Art. 3(1))? yes or no", []),
        ("excluded", "Is it solely for military, defence or national security, solely scientific research, or personal use (Art. 2(3), (6), (8), (10))? yes or no", []),
        ("practices", "Which practices of Art. 5(1) does it perform? none, or a list of", ArticlePoints.Practices.Select(practice => $"{practice.Point}: {practice.Text}")),
        ("practice-exceptions", "For which of these does the Act's own exception hold? none, or a list of", ArticlePoints.Practices.Where(practice => practice.Exception is not null).Select(practice => $"{practice.Point}: {practice.Exception}")),
        ("product", "Is it a product under the laws of Annex I, or the safety component of one (Art. 6(1)(a))? yes or no", []),
        ("third-party-assessment", "Does that product need a third-party conformity assessment (Art. 6(1)(b))? yes or no", []),
        ("annex-iii", "For which uses of Annex III is it intended? none, or a list of", ArticlePoints.Areas.Select(area => $"{area.Point}: {area.Text}")),
        ("annex-iii-exclusions", "Which of these does Annex III itself take out? none, or a list of", ArticlePoints.Areas.Where(area => area.Exclusion is not null).Select(area => $"{area.Point}: {area.Exclusion}")),
        ("profiling", "Does it profile people: evaluate or predict something about a person from personal data (GDPR Art. 4(4))? yes or no", []),
        ("conditions", "Which conditions of Art. 6(3) does it fulfil? none, or a list of", ArticlePoints.Conditions.Select(condition => $"{condition.Point}: {condition.Text}")),
        ("significant-risk", "Does it pose a significant risk to health, safety or rights, or materially influence decisions (Art. 6(3))? yes or no", []),
        ("transparency", "What makes Art. 50 apply? none, or a list of", ArticlePoints.Triggers.Select(trigger => $"{trigger.Point}: {trigger.Text}")),
        ("general-purpose-model", "Do you provide a general-purpose AI model (Art. 3(63))? yes or no", []),
        ("systemic-risk", "Has that model high-impact capabilities, or was it designated (Art. 51)? yes or no", []),
    ];

    /// <summary>Gets whether it is an AI system in the sense of Art. 3(1): it infers from input how to make predictions, content, recommendations or decisions.</summary>
    public bool? IsAiSystem { get; init; }

    /// <summary>Gets whether Art. 2 leaves it out: solely military, defence or national security (2(3)), solely scientific research and development (2(6), 2(8) before the market), or personal, non-professional use (2(10)).</summary>
    public bool? IsExcluded { get; init; }

    /// <summary>Gets the practices of Art. 5(1) that it performs.</summary>
    public IReadOnlyList<ProhibitedPractice>? Practices { get; init; }

    /// <summary>Gets those of <see cref="Practices"/> for which the Act's own exception holds; needed only where it knows one: points (d), (f), (g), (h).</summary>
    public IReadOnlyList<ProhibitedPractice>? PracticeExceptions { get; init; }

    /// <summary>Gets whether it is a product under the laws of Annex I (medical devices, toys, lifts, …), or the safety component of one.</summary>
    public bool? IsProductOrSafetyComponent { get; init; }

    /// <summary>Gets whether that product needs a third-party conformity assessment under these laws.</summary>
    public bool? NeedsThirdPartyAssessment { get; init; }

    /// <summary>Gets the uses of Annex III that it is intended for.</summary>
    public IReadOnlyList<AnnexIIIArea>? Areas { get; init; }

    /// <summary>Gets those of <see cref="Areas"/> that Annex III's own exclusion takes out; needed only where there is one: points 1(a), 5(b), 7(d), 8(b).</summary>
    public IReadOnlyList<AnnexIIIArea>? AreaExclusions { get; init; }

    /// <summary>Gets whether it profiles natural persons: uses personal data to evaluate or predict something about a person (GDPR Art. 4(4)). A score of a person does.</summary>
    public bool? ProfilesPeople { get; init; }

    /// <summary>Gets the conditions of Art. 6(3) that it fulfils.</summary>
    public IReadOnlyList<HighRiskExemption>? Conditions { get; init; }

    /// <summary>Gets whether it poses a significant risk to health, safety or rights, materially influencing decisions included.</summary>
    public bool? PosesSignificantRisk { get; init; }

    /// <summary>Gets what makes Art. 50 apply.</summary>
    public IReadOnlyList<TransparencyTrigger>? Transparency { get; init; }

    /// <summary>Gets whether you provide a general-purpose AI model (Art. 3(63)); building a system on somebody else's is not that.</summary>
    public bool? ProvidesGeneralPurposeModel { get; init; }

    /// <summary>Gets whether that model has high-impact capabilities or was designated (Art. 51(1)); presumed above 10^25 floating-point operations of training (Art. 51(2)).</summary>
    public bool? HasSystemicRisk { get; init; }

    /// <summary>Reads answers from a file.</summary>
    /// <remarks>Keys as in <see cref="Questions"/>; truth values are yes/no or true/false, lists hold points of the article (<c>5b</c>) or the word <c>none</c>.</remarks>
    /// <exception cref="CardFormatException">A key or a value is unknown.</exception>
    public static SystemQuestions Of(CardAnswers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        answers.MustFit(Kind, s_keys.Select(key => key.Key));
        return new SystemQuestions
        {
            IsAiSystem = YesOrNo(answers, "ai-system"),
            IsExcluded = YesOrNo(answers, "excluded"),
            Practices = Several(answers, "practices", ArticlePoints.Practices.Select(practice => (practice.Point, practice.Practice))),
            PracticeExceptions = Several(answers, "practice-exceptions", ArticlePoints.Practices.Select(practice => (practice.Point, practice.Practice))),
            IsProductOrSafetyComponent = YesOrNo(answers, "product"),
            NeedsThirdPartyAssessment = YesOrNo(answers, "third-party-assessment"),
            Areas = Several(answers, "annex-iii", ArticlePoints.Areas.Select(area => (area.Point, area.Area))),
            AreaExclusions = Several(answers, "annex-iii-exclusions", ArticlePoints.Areas.Select(area => (area.Point, area.Area))),
            ProfilesPeople = YesOrNo(answers, "profiling"),
            Conditions = Several(answers, "conditions", ArticlePoints.Conditions.Select(condition => (condition.Point, condition.Condition))),
            PosesSignificantRisk = YesOrNo(answers, "significant-risk"),
            Transparency = Several(answers, "transparency", ArticlePoints.Triggers.Select(trigger => (trigger.Point, trigger.Trigger))),
            ProvidesGeneralPurposeModel = YesOrNo(answers, "general-purpose-model"),
            HasSystemicRisk = YesOrNo(answers, "systemic-risk"),
        };
    }

    /// <summary>Returns an answer file with every question as a comment and no answer.</summary>
    public static string Questions()
    {
        var yaml = new StringBuilder($"kind: {Kind}\n# {Checklist.Notice}\n# {AiActList.Source}.\nanswers:\n");
        foreach ((string key, string question, IEnumerable<string> choices) in s_keys)
        {
            yaml.Append('\n');
            CardTemplate.Comment(yaml, question);
            foreach (string choice in choices)
            {
                CardTemplate.Comment(yaml, "  " + choice);
            }

            yaml.Append($"  {key}:\n");
        }

        return yaml.ToString();
    }

    private static bool? YesOrNo(CardAnswers answers, string key)
    {
        IReadOnlyList<string> lines = Lines(answers, key);
        return lines.Count == 0 ? null
            : lines.Count > 1 ? throw Unknown(answers, key, string.Join(", ", lines), "yes or no")
            : lines[0].ToLowerInvariant() switch
            {
                "yes" or "true" => true,
                "no" or "false" => false,
                _ => throw Unknown(answers, key, lines[0], "yes or no"),
            };
    }

    private static T[]? Several<T>(CardAnswers answers, string key, IEnumerable<(string Point, T Value)> choices)
    {
        IReadOnlyList<string> lines = Lines(answers, key);
        if (lines.Count == 0)
        {
            return null;
        }

        if (lines is [NoneOfThem])
        {
            return [];
        }

        Dictionary<string, T> known = choices.ToDictionary(choice => choice.Point, choice => choice.Value, StringComparer.OrdinalIgnoreCase);
        return [.. lines.SelectMany(line => line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.OrdinalIgnoreCase).Select(point => known.TryGetValue(point, out T? value) ? value : throw Unknown(answers, key, point, $"none, or of {string.Join(", ", known.Keys)}"))];
    }

    private static IReadOnlyList<string> Lines(CardAnswers answers, string key) =>
        !answers.Entries.TryGetValue(key, out CardAnswer? answer) ? []
        : answer.Fields.Count > 0 ? throw Unknown(answers, key, "a mapping", "a word or a list")
        : answer.Lines;

    private static CardFormatException Unknown(CardAnswers answers, string key, string got, string needed) =>
        new(FormattableString.Invariant($"'{key}' (line {answers.Entries[key].Line}) is {needed}; got '{got}'."));
}
