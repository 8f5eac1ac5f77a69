using System.Globalization;
using System.Text.Json;
using MlOps.Fairness.Cards;
using MlOps.Fairness.Cards.Rendering;

namespace MlOps.Fairness.Regulation;

/// <summary>The risk class of a system under the AI Act, with the way to it and the duties that follow. Not legal advice.</summary>
/// <param name="Class">The class.</param>
/// <param name="Steps">How it was found: every provision that was looked at, with the reason.</param>
/// <param name="Missing">Answers that are still needed for the class or the duties, by their keys in answer files; empty if none.</param>
/// <param name="ProvidesGeneralPurposeModel">Whether the duties of Chapter V come on top; null if not answered.</param>
/// <param name="HasSystemicRisk">Whether those of Art. 55 too; null if not answered or not asked.</param>
/// <param name="Duties">The duties that follow, each with its article and date.</param>
public sealed record AiActClassification(
    AiActRiskClass Class,
    IReadOnlyList<ClassificationStep> Steps,
    IReadOnlyList<string> Missing,
    bool? ProvidesGeneralPurposeModel,
    bool? HasSystemicRisk,
    Checklist Duties)
{
    /// <summary>Gets the provision that decides the class: that of the last step.</summary>
    public string Article => Steps[^1].Article;

    /// <summary>Writes class, steps and duties as Markdown.</summary>
    public string ToMarkdown() => MarkdownText.Write(Blocks()) + "\n" + Duties.ToMarkdown();

    /// <summary>Writes the classification as JSON.</summary>
    /// <remarks><c>{"kind":"ai-act-risk","class","article","asOf","notice","steps":[{"article","finding"}],"missing":[…],"providesGeneralPurposeModel","hasSystemicRisk","duties":{…}}</c>; <c>duties</c> as <see cref="Checklist.ToJson"/>.</remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => CardJson.Write(
        json =>
        {
            json.WriteString("kind", "ai-act-risk");
            json.WriteString("class", Name());
            json.WriteString("article", Article);
            json.WriteString("asOf", Duties.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("notice", Checklist.Notice);
            json.WriteStartArray("steps");
            foreach (ClassificationStep step in Steps)
            {
                json.WriteStartObject();
                json.WriteString("article", step.Article);
                json.WriteString("finding", step.Finding);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            CardJson.Texts(json, "missing", Missing);
            Truth(json, "providesGeneralPurposeModel", ProvidesGeneralPurposeModel);
            Truth(json, "hasSystemicRisk", HasSystemicRisk);
            json.WritePropertyName("duties");
            json.WriteRawValue(Duties.ToJson());
        },
        indented);

    /// <summary>Returns how a notebook shows the classification.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = CardHtml.Write(Blocks()) + Duties.ToMimeBundle()["text/html"],
        ["text/plain"] = ToString(),
    };

    /// <summary>Writes the class and the steps, a line each.</summary>
    public override string ToString() => string.Join('\n', [Headline(), .. Steps.Select(step => "  " + step), Checklist.Notice]);

    private string Name() => Class switch
    {
        AiActRiskClass.OutOfScope => "out of scope",
        AiActRiskClass.Prohibited => "prohibited",
        AiActRiskClass.High => "high",
        AiActRiskClass.Transparency => "transparency",
        AiActRiskClass.Minimal => "minimal",
        _ => "undetermined",
    };

    private string Headline() =>
        $"AI Act: {Name()} ({Article}){(Missing.Count == 0 ? "" : $"; still needed: {string.Join(", ", Missing)}")}{(ProvidesGeneralPurposeModel == true ? "; general-purpose model" : "")}{(HasSystemicRisk == true ? " with systemic risk" : "")}";

    private IEnumerable<CardBlock> Blocks() =>
    [
        new HeadingBlock(1, Headline()),
        new ParagraphBlock(Checklist.Notice, TextRole.Notice),
        new TableBlock(["provision", "finding"], [.. Steps.Select(step => new[] { step.Article, step.Finding })]),
    ];

    private static void Truth(Utf8JsonWriter json, string name, bool? value)
    {
        if (value is { } truth)
        {
            json.WriteBoolean(name, truth);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
