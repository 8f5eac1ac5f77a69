using System.Text.Json;
using MlOps.Data;

namespace MlOps.Tracking.Registry;

/// <summary>The example of a model's input as MLflow stores a table: <c>{"columns": […], "data": [[…], …]}</c>.</summary>
internal static class InputExample
{
    internal static Table Read(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            JsonElement[][] rows = [.. json.RootElement.GetProperty("data").EnumerateArray().Select(row => row.EnumerateArray().ToArray())];
            string[] names = json.RootElement.TryGetProperty("columns", out JsonElement columns)
                ? [.. columns.EnumerateArray().Select(name => name.ToString())]
                : [.. Enumerable.Range(0, rows.Length == 0 ? 0 : rows[0].Length).Select(i => FormattableString.Invariant($"{i}"))];
            if (rows.FirstOrDefault(row => row.Length != names.Length) is { } uneven)
            {
                throw new FormatException($"The input example has {names.Length} columns and a row of {uneven.Length} values.");
            }

            return new Table(names.Select((name, i) => ColumnOf(name, [.. rows.Select(row => row[i])])));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new FormatException($"The input example cannot be read: {e.Message}", e);
        }
    }

    private static Column ColumnOf(string name, JsonElement[] cells)
    {
        JsonElement[] present = [.. cells.Where(cell => cell.ValueKind != JsonValueKind.Null)];
        return present switch
        {
            _ when present.All(cell => cell.ValueKind is JsonValueKind.True or JsonValueKind.False) && present.Length > 0 => Column.Of(name, Values(cells, cell => cell.GetBoolean())),
            _ when present.All(cell => cell.ValueKind == JsonValueKind.Number && cell.TryGetInt64(out _)) && present.Length > 0 => Column.Of(name, Values(cells, cell => cell.GetInt64())),
            _ when present.All(cell => cell.ValueKind == JsonValueKind.Number) => Column.Of(name, Values(cells, cell => cell.GetDouble())),
            _ => Column.Of(name, Array.ConvertAll(cells, cell => cell.ValueKind == JsonValueKind.Null ? null : cell.ToString())),
        };
    }

    private static T?[] Values<T>(JsonElement[] cells, Func<JsonElement, T> read)
        where T : struct => Array.ConvertAll(cells, cell => cell.ValueKind == JsonValueKind.Null ? (T?)null : read(cell));
}
