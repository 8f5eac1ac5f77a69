using System.Text.Json;
using MlOps.Fairness.Cards.Rendering;

namespace MlOps.Fairness.Cards;

/// <summary>A document of questions, facts and answers. Immutable. Nothing is invented: what nobody answered says so.</summary>
/// <param name="Kind">What it is, as in files: <c>model-card</c>, <c>datasheet</c>, <c>impact-assessment</c>.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Sections">Its parts, in order; every question of the kind is there, answered or not.</param>
public abstract record CardDocument(string Kind, string Title, IReadOnlyList<CardSection> Sections)
{
    /// <summary>Gets a field by the id of its question.</summary>
    /// <exception cref="KeyNotFoundException">There is no such question.</exception>
    public CardField this[string id] => Sections.SelectMany(section => section.Fields).FirstOrDefault(field => field.Question.Id == id)
        ?? throw new KeyNotFoundException($"A {Kind} does not ask '{id}'.");

    /// <summary>Lists what is missing: required questions without fact and answer, and what the kind of document needs besides.</summary>
    /// <returns>Empty if the document is complete.</returns>
    public IReadOnlyList<CardGap> Check() =>
    [
        .. Sections.SelectMany(section => section.Fields).Where(field => field.Question.Required && !field.IsAnswered).Select(field => new CardGap(field.Question.Id, $"not answered: {field.Question.Text}")),
        .. FurtherGaps(),
    ];

    /// <summary>Writes the document as Markdown. Text from outside is escaped: a group called <c>&lt;script&gt;</c> or <c>a|b</c> stays text.</summary>
    public string ToMarkdown() => MarkdownText.Write(Blocks());

    /// <summary>Writes the document as JSON, which reads back to the same document.</summary>
    /// <remarks><c>{"kind","title","sections":[{"id","title","fields":[{"id","question","required","facts":[…],"answer":[…]}]}], …, "complete","gaps":[{"where","what"}]}</c>;
    /// numbers read back to the same double, undefined ones are null.</remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => CardJson.Write(
        json =>
        {
            IReadOnlyList<CardGap> gaps = Check();
            json.WriteString("kind", Kind);
            json.WriteString("title", Title);
            CardJson.Sections(json, Sections);
            WriteFurther(json);
            json.WriteBoolean("complete", gaps.Count == 0);
            CardJson.Gaps(json, gaps);
        },
        indented);

    /// <summary>Returns how a notebook shows the document.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = CardHtml.Write(Blocks()),
        ["text/plain"] = ToMarkdown(),
    };

    /// <summary>Writes title, how much is answered, and what is missing.</summary>
    public sealed override string ToString()
    {
        CardField[] fields = [.. Sections.SelectMany(section => section.Fields)];
        return string.Join('\n', Check().Select(gap => "  " + gap).Prepend(FormattableString.Invariant($"{Title}: {fields.Count(field => field.IsAnswered)} of {fields.Length} questions answered, {Check().Count} gaps")));
    }

    private protected virtual IEnumerable<CardGap> FurtherGaps() => [];

    private protected virtual void WriteFurther(Utf8JsonWriter json)
    {
    }

    /// <summary>What a section shows besides its questions.</summary>
    private protected virtual IEnumerable<CardBlock> FurtherBlocks(string section) => [];

    private IEnumerable<CardBlock> Blocks()
    {
        IReadOnlyList<CardGap> gaps = Check();
        yield return new HeadingBlock(1, Title);
        if (gaps.Count > 0)
        {
            yield return new ParagraphBlock(FormattableString.Invariant($"Not complete: {gaps.Count} {(gaps.Count == 1 ? "gap" : "gaps")}, listed at the end."), TextRole.Notice);
        }

        foreach (CardSection section in Sections)
        {
            yield return new HeadingBlock(2, section.Title);
            foreach (CardBlock block in section.Fields.SelectMany(Blocks).Concat(FurtherBlocks(section.Id)))
            {
                yield return block;
            }
        }

        if (gaps.Count > 0)
        {
            yield return new HeadingBlock(2, "Missing");
            yield return new ListBlock([.. gaps.Select(gap => gap.ToString())]);
        }
    }

    private static IEnumerable<CardBlock> Blocks(CardField field)
    {
        yield return new ParagraphBlock(field.Question.Text, TextRole.Question);
        foreach (string fact in field.Facts)
        {
            yield return new ParagraphBlock(fact, TextRole.Recorded);
        }

        if (field.Answer.Count > 0)
        {
            yield return field.Answer.Count == 1 ? new ParagraphBlock(field.Answer[0]) : new ListBlock(field.Answer);
        }
        else if (field.Facts.Count == 0)
        {
            yield return new ParagraphBlock(field.Question.Required ? "Not answered." : "Not answered (optional).", field.Question.Required ? TextRole.Open : TextRole.Notice);
        }
    }
}
