using System.Text.Json;

namespace MlOps.Drift.Streaming;

/// <summary>Reads a detector's state from the properties of a JSON object; refuses what is missing or not what it should be.</summary>
internal sealed class StateReader(JsonElement state) : DetectorState
{
    internal override void Number(string name, ref double value) => value = ReadValue(Part(name), name);

    internal override void Whole(string name, ref long value, long most = long.MaxValue)
    {
        JsonElement part = Part(name);
        value = part.ValueKind == JsonValueKind.Number && part.TryGetInt64(out long whole) && whole >= 0 && whole <= most
            ? whole
            : throw Garbled(name, $"a whole number from 0 to {most}", part);
    }

    internal override void Flag(string name, ref bool value)
    {
        JsonElement part = Part(name);
        value = part.ValueKind is JsonValueKind.True or JsonValueKind.False ? part.GetBoolean() : throw Garbled(name, "true or false", part);
    }

    internal override void Numbers(string name, Span<double> values)
    {
        JsonElement part = Part(name);
        if (part.ValueKind != JsonValueKind.Array || part.GetArrayLength() != values.Length)
        {
            throw Garbled(name, $"an array of {values.Length} numbers", part);
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ReadValue(part[i], name);
        }
    }

    internal override void Bytes(string name, Span<byte> values)
    {
        JsonElement part = Part(name);
        if (part.ValueKind != JsonValueKind.String || !part.TryGetBytesFromBase64(out byte[]? bytes) || bytes.Length != values.Length)
        {
            throw Garbled(name, $"{values.Length} bytes in base 64", part);
        }

        bytes.CopyTo(values);
    }

    internal override void Demand(bool holds, string what)
    {
        if (!holds)
        {
            throw new FormatException($"The saved state contradicts itself: {what}.");
        }
    }

    private static double ReadValue(JsonElement part, string name) => part.ValueKind switch
    {
        JsonValueKind.Number when part.TryGetDouble(out double number) && double.IsFinite(number) => number,
        JsonValueKind.String when part.ValueEquals("NaN") => double.NaN,
        JsonValueKind.String when part.ValueEquals("Infinity") => double.PositiveInfinity,
        JsonValueKind.String when part.ValueEquals("-Infinity") => double.NegativeInfinity,
        _ => throw Garbled(name, "a number", part),
    };

    private static FormatException Garbled(string name, string expected, JsonElement part)
    {
        string text = part.GetRawText();
        return new FormatException($"'{name}' of the saved state must be {expected}; got {ShortText.Of(text, 60)}.");
    }

    private JsonElement Part(string name) =>
        state.TryGetProperty(name, out JsonElement part) ? part : throw new FormatException($"The saved state has no '{name}'.");
}
