using System.Globalization;
using System.Text;
using System.Text.Json;
using MlOps.Fairness.Cards.Rendering;

namespace MlOps.Fairness.Cards;

/// <summary>A check-list: items with a source, whose duty they are, from when they apply, and where they stand. Immutable.</summary>
/// <param name="Kind">What it is, as in files and commands: <c>gdpr</c>.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Source">The text it is made from, with its number.</param>
/// <param name="AsOf">The day whose state of that text it gives; later changes are not in it.</param>
/// <param name="Notes">What a reader must know before the items.</param>
/// <param name="Items">The items, in the order of the text.</param>
public sealed record Checklist(string Kind, string Title, string Source, DateOnly AsOf, IReadOnlyList<string> Notes, IReadOnlyList<ChecklistItem> Items)
{
    /// <summary>What every rendered list says.</summary>
    public const string Notice = "This is not legal advice. It is a working list in our words; the text of the law decides.";

    private static readonly Dictionary<string, ItemStatus> s_statuses = new(StringComparer.Ordinal)
    {
        ["open"] = ItemStatus.Open,
        ["met"] = ItemStatus.Met,
        ["not met"] = ItemStatus.NotMet,
        ["not applicable"] = ItemStatus.NotApplicable,
    };

    /// <summary>Gets an item by its id.</summary>
    /// <exception cref="KeyNotFoundException">There is no such item.</exception>
    public ChecklistItem this[string id] => Items.FirstOrDefault(item => item.Id == id) ?? throw new KeyNotFoundException($"'{Kind}' has no item '{id}'.");

    /// <summary>Enters answers.</summary>
    /// <param name="answers">By item: <c>status</c> (open, met, not met, not applicable), <c>evidence</c> (one or several), <c>reason</c>.</param>
    /// <exception cref="CardFormatException">The answers are for another list, name an item that is not there, or have another form.</exception>
    public Checklist With(CardAnswers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        answers.MustFit(Kind, Items.Select(item => item.Id));
        return this with { Items = [.. Items.Select(item => answers.Entries.TryGetValue(item.Id, out CardAnswer? answer) ? Enter(item, answer) : item)] };
    }

    /// <summary>Returns the items that apply on a day; those without a date stay.</summary>
    public Checklist On(DateOnly day) => this with { Items = [.. Items.Where(item => item.AppliesFrom is not { } from || from <= day)] };

    /// <summary>Lists what is missing: items that are open or not met, met without evidence, not applicable without a reason.</summary>
    /// <returns>Empty if the list is complete.</returns>
    public IReadOnlyList<CardGap> Check() => [.. Items.Select(item => (item, What: item.Status switch
    {
        ItemStatus.Met when item.Evidence.Count == 0 => "met, but no evidence is given",
        ItemStatus.Met => null,
        ItemStatus.NotApplicable when string.IsNullOrWhiteSpace(item.Reason) => "not applicable, but no reason is given",
        ItemStatus.NotApplicable => null,
        ItemStatus.NotMet => $"not met ({item.Article}): {item.Duty}",
        _ => $"open ({item.Article}): {item.Duty}",
    })).Where(pair => pair.What is not null).Select(pair => new CardGap(pair.item.Id, pair.What!))];

    /// <summary>Writes the list as Markdown; text from outside is escaped.</summary>
    public string ToMarkdown() => MarkdownText.Write(Blocks());

    /// <summary>Writes the list as JSON.</summary>
    /// <remarks><c>{"kind","title","source","asOf","notice","notes":[…],"items":[{"id","section","article","duty","who","appliesFrom","note","status","evidence":[…],"reason"}],"complete","gaps":[{"where","what"}]}</c>.
    /// Dates are <c>yyyy-MM-dd</c> or null.</remarks>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => CardJson.Write(
        json =>
        {
            IReadOnlyList<CardGap> gaps = Check();
            json.WriteString("kind", Kind);
            json.WriteString("title", Title);
            json.WriteString("source", Source);
            json.WriteString("asOf", Day(AsOf));
            json.WriteString("notice", Notice);
            CardJson.Texts(json, "notes", Notes);
            json.WriteStartArray("items");
            foreach (ChecklistItem item in Items)
            {
                Write(json, item);
            }

            json.WriteEndArray();
            json.WriteBoolean("complete", gaps.Count == 0);
            CardJson.Gaps(json, gaps);
        },
        indented);

    /// <summary>Reads what <see cref="ToJson"/> wrote: the items as they were then, not those of today's list.</summary>
    /// <exception cref="CardFormatException">The text is no check-list.</exception>
    public static Checklist FromJson(string json) => CardJson.Read(json, root => new Checklist(
        CardJson.Text(root, "kind") ?? throw new CardFormatException("A check-list has a 'kind'."),
        CardJson.Text(root, "title") ?? "",
        CardJson.Text(root, "source") ?? "",
        Day(CardJson.Text(root, "asOf")) ?? throw new CardFormatException("A check-list has a day 'asOf'."),
        CardJson.Texts(root, "notes"),
        [.. CardJson.List(root, "items").Select(item => new ChecklistItem(
            CardJson.Text(item, "id") ?? throw new CardFormatException("An item has an 'id'."),
            CardJson.Text(item, "section") ?? "",
            CardJson.Text(item, "article") ?? "",
            CardJson.Text(item, "duty") ?? "",
            CardJson.Text(item, "who") ?? "",
            Day(CardJson.Text(item, "appliesFrom")),
            CardJson.Text(item, "note"))
        {
            Status = Status(CardJson.Text(item, "id")!, CardJson.Text(item, "status")),
            Evidence = CardJson.Texts(item, "evidence"),
            Reason = CardJson.Text(item, "reason"),
        })]));

    /// <summary>Returns an answer file with every item as a comment and no answer.</summary>
    public string Questions()
    {
        var yaml = new StringBuilder($"kind: {Kind}\n# {Notice}\n# {Source}, as of {Day(AsOf)}.\n# status: open, met, not met or not applicable; evidence: links or files; reason: why it is not met or does not apply\nanswers:\n");
        foreach (ChecklistItem item in Items)
        {
            yaml.Append('\n');
            CardTemplate.Comment(yaml, $"{item.Article} ({item.Who}{(item.AppliesFrom is { } day ? $", from {Day(day)}" : "")}): {item.Duty}");
            yaml.Append($"  {item.Id}:\n    status: open\n    evidence:\n    reason:\n");
        }

        return yaml.ToString();
    }

    /// <summary>Returns how a notebook shows the list.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = CardHtml.Write(Blocks()),
        ["text/plain"] = ToMarkdown(),
    };

    /// <summary>Writes title, day, and how many items stand where.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Title} (as of {Day(AsOf)}): {Items.Count} items, {string.Join(", ", s_statuses.Select(status => (status.Key, Count: Items.Count(item => item.Status == status.Value))).Where(pair => pair.Count > 0).Select(pair => $"{pair.Count} {pair.Key}"))}. {Notice}");

    private IEnumerable<CardBlock> Blocks()
    {
        yield return new HeadingBlock(1, Title);
        yield return new ParagraphBlock(Notice, TextRole.Notice);
        yield return new ParagraphBlock($"As of {Day(AsOf)}: {Source}.");
        if (Notes.Count > 0)
        {
            yield return new ListBlock(Notes);
        }

        foreach (IGrouping<string, ChecklistItem> section in Items.GroupBy(item => item.Section))
        {
            yield return new HeadingBlock(2, section.Key);
            yield return new TableBlock(
                ["item", "source", "duty", "who", "applies from", "status", "evidence or reason"],
                [.. section.Select(item => new[] { item.Id, item.Article, item.Note is null ? item.Duty : $"{item.Duty} ({item.Note})", item.Who, item.AppliesFrom is { } day ? Day(day) : "–", Name(item.Status), string.Join("; ", item.Reason is null ? item.Evidence : [.. item.Evidence, item.Reason]) })]);
        }

        IReadOnlyList<CardGap> gaps = Check();
        yield return new ParagraphBlock(gaps.Count == 0 ? "Every item is met or does not apply." : FormattableString.Invariant($"{gaps.Count} of {Items.Count} items are missing something."), gaps.Count == 0 ? TextRole.Plain : TextRole.Open);
    }

    private static ChecklistItem Enter(ChecklistItem item, CardAnswer answer)
    {
        if (answer.Lines.Count > 0)
        {
            throw new CardFormatException(FormattableString.Invariant($"'{item.Id}' (line {answer.Line}) takes status, evidence and reason."));
        }

        string? unknown = answer.Fields.Keys.FirstOrDefault(key => key is not ("status" or "evidence" or "reason"));
        if (unknown is not null)
        {
            throw new CardFormatException(FormattableString.Invariant($"'{item.Id}' (line {answer.Line}): '{unknown}' is unknown; there are: status, evidence, reason."));
        }

        IReadOnlyList<string> reason = answer.Fields.GetValueOrDefault("reason", []);
        return item with
        {
            Status = answer.Fields.TryGetValue("status", out IReadOnlyList<string>? status) && status.Count > 0 ? Status(item.Id, string.Join(' ', status)) : item.Status,
            Evidence = [.. item.Evidence, .. answer.Fields.GetValueOrDefault("evidence", [])],
            Reason = reason.Count > 0 ? string.Join(' ', reason) : item.Reason,
        };
    }

    private static void Write(Utf8JsonWriter json, ChecklistItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        json.WriteString("section", item.Section);
        json.WriteString("article", item.Article);
        json.WriteString("duty", item.Duty);
        json.WriteString("who", item.Who);
        json.WriteString("appliesFrom", item.AppliesFrom is { } day ? Day(day) : null);
        json.WriteString("note", item.Note);
        json.WriteString("status", Name(item.Status));
        CardJson.Texts(json, "evidence", item.Evidence);
        json.WriteString("reason", item.Reason);
        json.WriteEndObject();
    }

    private static string Name(ItemStatus status) => s_statuses.First(pair => pair.Value == status).Key;

    private static ItemStatus Status(string id, string? name) => name is not null && s_statuses.TryGetValue(name, out ItemStatus status)
        ? status
        : throw new CardFormatException($"'{id}': a status is one of {string.Join(", ", s_statuses.Keys)}; got '{name}'.");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? Day(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day
        : throw new CardFormatException($"A day is written yyyy-MM-dd; got '{text}'.");
}
