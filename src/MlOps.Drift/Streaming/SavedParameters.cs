using System.Text.Json;

namespace MlOps.Drift.Streaming;

/// <summary>The parameters of a saved detector, by name.</summary>
internal sealed class SavedParameters(JsonElement parameters)
{
    internal double Number(string name)
    {
        JsonElement part = Part(name);
        return part.ValueKind == JsonValueKind.Number && part.TryGetDouble(out double number) ? number : throw Garbled(name, "a number", part);
    }

    internal int Whole(string name)
    {
        JsonElement part = Part(name);
        return part.ValueKind == JsonValueKind.Number && part.TryGetInt32(out int whole) ? whole : throw Garbled(name, "a whole number", part);
    }

    internal bool Flag(string name)
    {
        JsonElement part = Part(name);
        return part.ValueKind is JsonValueKind.True or JsonValueKind.False ? part.GetBoolean() : throw Garbled(name, "true or false", part);
    }

    internal T Name<T>(string name)
        where T : struct, Enum
    {
        JsonElement part = Part(name);
        string[] names = Enum.GetNames<T>();
        return part.ValueKind == JsonValueKind.String && names.Contains(part.GetString(), StringComparer.Ordinal)
            ? Enum.Parse<T>(part.GetString()!)
            : throw Garbled(name, $"one of {string.Join(", ", names)}", part);
    }

    private static FormatException Garbled(string name, string expected, JsonElement part) =>
        new($"The parameter '{name}' of the saved detector must be {expected}; got {part.GetRawText()}.");

    private JsonElement Part(string name) =>
        parameters.TryGetProperty(name, out JsonElement part) ? part : throw new FormatException($"The saved detector has no parameter '{name}'.");
}
