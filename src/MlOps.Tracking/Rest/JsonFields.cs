using System.Globalization;
using System.Text.Json;

namespace MlOps.Tracking.Rest;

/// <summary>Reads the fields of an answer: unset ones are left out, whole numbers may come as text, NaN and the infinities do.</summary>
/// <remarks>A field of another type is a <see cref="JsonException"/> that names it; fields that are not asked for do not matter.</remarks>
internal static class JsonFields
{
    private const int Shown = 60;

    /// <summary>Returns a field; null if it is not there or is null.</summary>
    internal static JsonElement? Field(this JsonElement element, ReadOnlySpan<byte> name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"an object was expected, not {Show(element)}");
        }

        return element.TryGetProperty(name, out JsonElement field) && field.ValueKind != JsonValueKind.Null ? field : null;
    }

    internal static JsonElement Needed(this JsonElement element, ReadOnlySpan<byte> name) =>
        Field(element, name) ?? throw new JsonException($"the field '{Name(name)}' is missing");

    internal static string? TextOrNull(this JsonElement element, ReadOnlySpan<byte> name) => Field(element, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(), // identifiers that look like numbers
        { } other => throw Unexpected(name, "a text", other),
    };

    internal static string Text(this JsonElement element, ReadOnlySpan<byte> name) => TextOrNull(element, name) ?? "";

    internal static string NeededText(this JsonElement element, ReadOnlySpan<byte> name) =>
        TextOrNull(element, name) is { Length: > 0 } text ? text : throw new JsonException($"the field '{Name(name)}' is missing");

    internal static bool Flag(this JsonElement element, ReadOnlySpan<byte> name) => Field(element, name) switch
    {
        null or { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.True } => true,
        { } other => throw Unexpected(name, "true or false", other),
    };

    internal static long? WholeOrNull(this JsonElement element, ReadOnlySpan<byte> name)
    {
        switch (Field(element, name))
        {
            case null:
                return null;
            case { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out long whole):
                return whole;
            case { ValueKind: JsonValueKind.Number } number when number.GetDouble() is var real && real == Math.Floor(real) && Math.Abs(real) < 1L << 53:
                return (long)real; // 1.0
            case { ValueKind: JsonValueKind.String } text when long.TryParse(text.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole):
                return whole;
            case { } other:
                throw Unexpected(name, "a whole number", other);
        }
    }

    internal static long Whole(this JsonElement element, ReadOnlySpan<byte> name) => WholeOrNull(element, name) ?? 0;

    internal static int Version(this JsonElement element, ReadOnlySpan<byte> name) => WholeOrNull(element, name) is { } whole and > 0 and <= int.MaxValue
        ? (int)whole
        : throw new JsonException($"the field '{Name(name)}' is no version's number");

    /// <summary>Reads a metric's value; one that is left out is 0, as Protocol Buffers have it.</summary>
    internal static double Real(this JsonElement element, ReadOnlySpan<byte> name) => Field(element, name) switch
    {
        null => 0,
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text => text.GetString() switch
        {
            "NaN" or "nan" => double.NaN,
            "Infinity" or "inf" => double.PositiveInfinity,
            "-Infinity" or "-inf" => double.NegativeInfinity,
            { } digits when double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) => value,
            _ => throw Unexpected(name, "a number", text),
        },
        { } other => throw Unexpected(name, "a number", other),
    };

    /// <summary>Reads a list; one that is left out is empty.</summary>
    internal static T[] List<T>(this JsonElement element, ReadOnlySpan<byte> name, Func<JsonElement, T> read)
    {
        if (Field(element, name) is not { } list)
        {
            return [];
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            throw Unexpected(name, "a list", list);
        }

        var items = new T[list.GetArrayLength()];
        int i = 0;
        foreach (JsonElement item in list.EnumerateArray())
        {
            items[i++] = read(item);
        }

        return items;
    }

    private static JsonException Unexpected(ReadOnlySpan<byte> name, string expected, JsonElement found) => new($"in the field '{Name(name)}' {expected} was expected, not {Show(found)}");

    private static string Name(ReadOnlySpan<byte> name) => System.Text.Encoding.UTF8.GetString(name);

    private static string Show(JsonElement element) => ShortText.Of(element.GetRawText(), Shown);
}
