using System.Text.Json;
using MlOps.Fairness.Cards.Rendering;

namespace MlOps.Fairness.Cards;

/// <summary>A datasheet: why a data set exists, what is in it, how it was made, and what it is good for.</summary>
/// <remarks>Sections after T. Gebru et al., "Datasheets for Datasets", Communications of the ACM 64 (2021) 86–92; the questions in our words. Rows, columns,
/// missing values and the sizes of groups come from the table; single values are not shown, for they may be personal.</remarks>
/// <param name="Title">Its heading.</param>
/// <param name="Sections">Its parts.</param>
/// <param name="Data">What a program knows of the data; null if nothing.</param>
/// <param name="Groups">The sizes of the groups of the sensitive columns.</param>
public sealed record Datasheet(string Title, IReadOnlyList<CardSection> Sections, CardData? Data, IReadOnlyList<CardGroupSize> Groups)
    : CardDocument(DatasheetQuestions.Template.Kind, Title, Sections)
{
    /// <summary>Makes a datasheet of facts and answers.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="data">What a program knows of it; null for nothing.</param>
    /// <param name="groups">Who is in it, by sensitive columns; null if there are none.</param>
    /// <param name="answers">What a person wrote; null for nothing yet.</param>
    /// <exception cref="CardFormatException">The answers are for another document or answer what is not asked.</exception>
    public static Datasheet Create(string name, CardData? data = null, Groups? groups = null, CardAnswers? answers = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var facts = new Dictionary<string, IReadOnlyList<string>>();
        if (data is not null)
        {
            facts[DatasheetQuestions.Instances] = [FormattableString.Invariant($"{PlainText.Count(data.Rows)} rows, {data.Columns.Count} columns")];
            string[] missing = [.. data.Columns.Where(column => column.Missing > 0).Select(column => FormattableString.Invariant($"{column.Name}: {column.Missing:N0}"))];
            facts[DatasheetQuestions.Missing] = [missing.Length == 0 ? "no value is missing" : $"missing values: {string.Join(", ", missing)}"];
            facts[DatasheetQuestions.Version] = data.Hash is null ? [] : [data.Hash];
        }

        return new Datasheet($"Datasheet: {name}", DatasheetQuestions.Template.Fill(facts, answers ?? CardAnswers.None), data, groups is null ? [] : Sizes(groups));
    }

    /// <summary>Reads what <see cref="CardDocument.ToJson"/> wrote.</summary>
    /// <exception cref="CardFormatException">The text is no datasheet.</exception>
    public static Datasheet FromJson(string json) => CardJson.Read(json, root => new Datasheet(
        CardJson.Text(root, "title") ?? "Datasheet",
        DatasheetQuestions.Template.Read(root),
        CardJson.List(root, "data").Select(CardDataJson.Read).FirstOrDefault(),
        [.. CardJson.List(root, "groups").Select(group => new CardGroupSize(
            CardJson.Text(group, "columns") ?? "",
            CardJson.Text(group, "group"),
            CardJson.Count(group, "count") ?? throw new CardFormatException("A group has no count.")))]));

    /// <summary>Returns an answer file with every question as a comment and no answer.</summary>
    public static string Questions() => DatasheetQuestions.Template.ToYaml();

    /// <inheritdoc/>
    private protected override void WriteFurther(Utf8JsonWriter json)
    {
        json.WriteStartArray("data");
        if (Data is not null)
        {
            CardDataJson.Write(json, Data);
        }

        json.WriteEndArray();
        json.WriteStartArray("groups");
        foreach (CardGroupSize group in Groups)
        {
            json.WriteStartObject();
            json.WriteString("columns", group.Columns);
            json.WriteString("group", group.Group);
            json.WriteNumber("count", group.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <inheritdoc/>
    private protected override IEnumerable<CardBlock> FurtherBlocks(string section)
    {
        if (section != DatasheetQuestions.Composition)
        {
            yield break;
        }

        if (Data is not null)
        {
            yield return new TableBlock(["column", "type", "missing"], [.. Data.Columns.Select(column => new[] { column.Name, column.Type, PlainText.Count(column.Missing) })]);
        }

        if (Groups.Count > 0)
        {
            yield return new TableBlock([Groups[0].Columns, "rows"], [.. Groups.Select(group => new[] { group.Group ?? "(value missing)", PlainText.Count(group.Count) })]);
        }
    }

    private static CardGroupSize[] Sizes(Groups groups)
    {
        long[] counts = new long[groups.Count];
        foreach (int code in groups.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        string columns = string.Join(", ", groups.Columns);
        return [.. groups.Names.Zip(counts, (name, count) => new CardGroupSize(columns, name, count)), .. groups.MissingCount > 0 ? [new CardGroupSize(columns, null, groups.MissingCount)] : Array.Empty<CardGroupSize>()];
    }
}
