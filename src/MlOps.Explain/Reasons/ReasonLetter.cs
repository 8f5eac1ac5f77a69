using System.Collections.ObjectModel;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MlOps.Explain.Reasons;

/// <summary>Why a model scored one person as it did, in words that the person could read.</summary>
/// <param name="Subject">What was decided on.</param>
/// <param name="Outcome">What the model said and what was needed.</param>
/// <param name="Score">The model's number.</param>
/// <param name="Threshold">What the decision needs.</param>
/// <param name="MeetsThreshold">Whether the number is enough.</param>
/// <param name="Against">What weighed most against the person, the weightiest first.</param>
/// <param name="InFavour">What weighed most in favour.</param>
/// <param name="Changes">What would have to be different for the model to say something else.</param>
/// <param name="Certainty">How sure the reasons are, a sentence each.</param>
/// <param name="Objection">What to do when something is wrong.</param>
/// <param name="WarningsForSender">What whoever sends the letter must look at first; no part of the letter.</param>
public sealed record ReasonLetter(
    string Subject,
    string Outcome,
    double Score,
    double Threshold,
    bool MeetsThreshold,
    IReadOnlyList<Reason> Against,
    IReadOnlyList<Reason> InFavour,
    IReadOnlyList<string> Changes,
    IReadOnlyList<string> Certainty,
    IReadOnlyList<string> Objection,
    IReadOnlyList<string> WarningsForSender)
{
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
    private static readonly JsonSerializerOptions s_indented = new(s_json) { WriteIndented = true };

    /// <summary>The letter as plain text.</summary>
    public override string ToString() => Written(markdown: false);

    /// <summary>The letter as Markdown.</summary>
    public string ToMarkdown() => Written(markdown: true);

    /// <summary>Everything as JSON, the members in camel case, the warnings for the sender among them.</summary>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => JsonSerializer.Serialize(this, indented ? s_indented : s_json);

    /// <summary>How a notebook shows the letter: with the warnings for the sender above it.</summary>
    /// <returns>text/markdown and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle()
    {
        string warnings = string.Concat(WarningsForSender.Select(warning => $"> **Before sending:** {Escaped(warning)}\n\n"));
        string plain = string.Concat(WarningsForSender.Select(warning => $"[Before sending: {warning}]{Environment.NewLine}"));
        return new ReadOnlyDictionary<string, string>(new Dictionary<string, string> { ["text/markdown"] = warnings + ToMarkdown(), ["text/plain"] = plain + ToString() });
    }

    private string Written(bool markdown)
    {
        var text = new StringBuilder();
        Heading($"How the model scored your {Subject}", top: true);
        Paragraph(Outcome);
        Section(MeetsThreshold ? "What counted against you all the same" : "What counted most against you", [.. Against.Select(reason => reason.Text)], numbered: true);
        Section("What counted in your favour", [.. InFavour.Select(reason => reason.Text)]);
        Section("What would change the model's answer", Changes);
        Section("How sure this is", Certainty);
        Section("If you think this is wrong", Objection);
        return text.ToString().TrimEnd() + Environment.NewLine;

        void Heading(string title, bool top = false) => text.AppendLine(markdown ? $"{(top ? "##" : "###")} {Escaped(title)}" : top ? title.ToUpperInvariant() : title).AppendLine();

        void Paragraph(string content) => text.AppendLine(markdown ? Escaped(content) : content).AppendLine();

        void Section(string title, IReadOnlyList<string> items, bool numbered = false)
        {
            if (items.Count == 0)
            {
                return;
            }

            Heading(title);
            for (int i = 0; i < items.Count; i++)
            {
                text.AppendLine(FormattableString.Invariant($"{(numbered ? $"{i + 1}." : "-")} {(markdown ? Escaped(items[i]) : items[i])}"));
            }

            text.AppendLine();
        }
    }

    /// <summary>A text that Markdown shows as it is, whatever a feature is called.</summary>
    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            escaped.Append(character is '\\' or '*' or '_' or '`' or '[' or ']' or '<' or '>' or '|' or '#' ? "\\" : "").Append(character is '\r' or '\n' ? ' ' : character);
        }

        return escaped.ToString();
    }
}
