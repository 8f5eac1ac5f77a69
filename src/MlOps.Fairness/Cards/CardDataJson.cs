using System.Text.Json;
using MlOps.Fairness.Cards.Rendering;

namespace MlOps.Fairness.Cards;

/// <summary>A data set's facts in JSON and in a document.</summary>
internal static class CardDataJson
{
    internal static void Write(Utf8JsonWriter json, CardData data)
    {
        json.WriteStartObject();
        json.WriteString("role", data.Role);
        json.WriteString("name", data.Name);
        json.WriteString("hash", data.Hash);
        CardJson.Count(json, "rows", data.Rows);
        json.WriteStartArray("columns");
        foreach (CardColumn column in data.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type);
            json.WriteNumber("missing", column.Missing);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        CardJson.Texts(json, "sensitive", data.Sensitive);
        json.WriteEndObject();
    }

    internal static CardData Read(JsonElement data) => new(
        CardJson.Text(data, "role") ?? "",
        CardJson.Text(data, "name") ?? "",
        CardJson.Text(data, "hash"),
        CardJson.Count(data, "rows"),
        [.. CardJson.List(data, "columns").Select(column => new CardColumn(CardJson.Text(column, "name") ?? "", CardJson.Text(column, "type") ?? "", CardJson.Count(column, "missing") ?? 0))],
        CardJson.Texts(data, "sensitive"));

    internal static IEnumerable<CardBlock> Blocks(IEnumerable<CardData> sets)
    {
        CardData[] all = [.. sets];
        return all.Length == 0 ? [] : [new TableBlock(["data set", "rows", "columns", "digest"], [.. all.Select(data => new[] { data.Name, PlainText.Count(data.Rows), data.Columns.Count == 0 ? "unknown" : PlainText.Count(data.Columns.Count), data.Hash ?? "unknown" })])];
    }
}
