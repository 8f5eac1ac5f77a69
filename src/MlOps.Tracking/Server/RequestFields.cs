using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary>The fields of a request, whether they came as JSON or in the address.</summary>
/// <remarks>
/// As in protocol buffers' JSON: null is absent, whole numbers may be texts, numbers that are no numbers are the texts <c>"NaN"</c>, <c>"Infinity"</c> and
/// <c>"-Infinity"</c>, unknown fields are ignored. A value of the wrong type is the client's mistake (400).
/// </remarks>
internal sealed class RequestFields
{
    private readonly JsonElement _json;
    private readonly IQueryCollection? _query;
    private readonly string _within;

    private RequestFields(JsonElement json, IQueryCollection? query, string within) => (_json, _query, _within) = (json, query, within);

    internal static RequestFields Of(IQueryCollection query) => new(default, query, "");

    /// <summary>Reads the fields of a body; an empty one has none.</summary>
    internal static RequestFields Of(JsonDocument? body) => new(body?.RootElement ?? default, null, "");

    /// <summary>Parses a body. A JSON text in a JSON string, as old clients send it, is unpacked.</summary>
    internal static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return null;
        }

        try
        {
            var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.String)
            {
                string inner = json.RootElement.GetString()!;
                json.Dispose();
                json = JsonDocument.Parse(inner);
            }

            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return json;
            }

            JsonValueKind kind = json.RootElement.ValueKind;
            json.Dispose();
            throw TrackingLimits.Invalid($"The body must be a JSON object; it is {Name(kind)}.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw NoJson(e);
        }
    }

    internal static TrackingException NoJson(Exception reason) => new(TrackingError.InvalidParameterValue, $"The body is no JSON: {reason.Message}", reason);

    /// <summary>Returns a text; null if it is absent.</summary>
    internal string? Text(string name)
    {
        if (_query is not null)
        {
            return _query.TryGetValue(name, out var values) ? values[0] : null;
        }

        return Member(name) is { } value ? TextOf(value, name) : null;
    }

    /// <summary>Returns a text that must be there and not be empty.</summary>
    internal string Required(string name) => Text(name) is { Length: > 0 } text ? text : throw TrackingLimits.Missing(_within + name);

    /// <summary>Returns the run: <c>run_id</c>, or <c>run_uuid</c> as its name once was.</summary>
    internal string RunId() => Text("run_id") is { Length: > 0 } id ? id : Text("run_uuid") is { Length: > 0 } old ? old : throw TrackingLimits.Missing(_within + "run_id");

    /// <summary>Returns a whole number; null if it is absent.</summary>
    internal long? Whole(string name)
    {
        if (_query is not null)
        {
            return Text(name) is not { Length: > 0 } text
                ? null
                : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : throw Wrong(name, $"'{text}'", "a whole number");
        }

        if (Member(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number when value.TryGetInt64(out long number) => number,
            JsonValueKind.Number when value.TryGetDouble(out double real) && real == Math.Truncate(real) && Math.Abs(real) < 1L << 53 => (long)real,
            JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
            _ => throw Wrong(name, value, "a whole number"),
        };
    }

    /// <summary>Returns a whole number of 32 bits; null if it is absent.</summary>
    internal int? Number(string name) => Whole(name) switch
    {
        null => null,
        >= int.MinValue and <= int.MaxValue and { } number => (int)number,
        { } number => throw Wrong(name, number.ToString(CultureInfo.InvariantCulture), "a number of 32 bits"),
    };

    /// <summary>Returns the number of a version, which MLflow sends as a text.</summary>
    internal int Version(string name = "version")
    {
        string text = Required(name);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int version) ? version : throw Wrong(name, $"'{text}'", "a version's number");
    }

    internal bool Flag(string name)
    {
        if (_query is not null)
        {
            return Text(name) is { Length: > 0 } text && (bool.TryParse(text, out bool flag) ? flag : throw Wrong(name, $"'{text}'", "true or false"));
        }

        return Member(name) is { } value && value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Wrong(name, value, "true or false"),
        };
    }

    /// <summary>Returns a list of texts; empty if it is absent. In an address the name is repeated.</summary>
    internal IReadOnlyList<string> Texts(string name)
    {
        if (_query is not null)
        {
            return _query.TryGetValue(name, out var values) ? [.. values.Select(value => value ?? "")] : [];
        }

        return [.. Elements(name).Select(value => TextOf(value, name))];
    }

    /// <summary>Returns pairs of key and value; empty if they are absent.</summary>
    internal IReadOnlyList<Tag> Tags(string name = "tags") => [.. Objects(name).Select(tag => new Tag(tag.Required("key"), tag.Text("value") ?? ""))];

    /// <summary>Returns a field that has fields of its own; null if it is absent.</summary>
    internal RequestFields? Object(string name) => Member(name) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.Object ? new RequestFields(value, null, $"{_within}{name}.") : throw Wrong(name, value, "an object");

    /// <summary>Returns a list of such fields; empty if it is absent.</summary>
    internal IEnumerable<RequestFields> Objects(string name)
    {
        int index = 0;
        foreach (JsonElement value in Elements(name))
        {
            yield return value.ValueKind == JsonValueKind.Object
                ? new RequestFields(value, null, string.Create(CultureInfo.InvariantCulture, $"{_within}{name}[{index++}]."))
                : throw Wrong(name, value, "a list of objects");
        }
    }

    private IEnumerable<JsonElement> Elements(string name) => Member(name) is not { } value
        ? []
        : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Wrong(name, value, "a list");

    private JsonElement? Member(string name) =>
        _json.ValueKind == JsonValueKind.Object && _json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private string TextOf(JsonElement value, string name)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name, value, "a text");
        }
        catch (InvalidOperationException e) // half a character: "\ud800"
        {
            throw new TrackingException(TrackingError.InvalidParameterValue, $"The text of '{_within}{name}' is no Unicode: {e.Message}", e);
        }
    }

    private TrackingException Wrong(string name, JsonElement value, string expected) => Wrong(name, Name(value.ValueKind), expected);

    private TrackingException Wrong(string name, string given, string expected) => TrackingLimits.Invalid($"Invalid value for parameter '{_within}{name}': {given}; {expected} is expected.");

    private static string Name(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a truth value",
        _ => "null",
    };
}
