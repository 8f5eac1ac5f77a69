using System.Globalization;
using System.Text;

namespace MlOps.Grading.Host.Values;

/// <summary>Reads JSON token by token. Why not Utf8JsonReader: see <see cref="JsonOutput"/>.</summary>
/// <remarks>Anything that is no JSON of this protocol ends in a <see cref="FormatException"/>; nesting is limited, so that no input exhausts the stack.</remarks>
internal sealed class JsonInput(byte[] bytes)
{
    private const int MaxDepth = 256;

    private int _next;
    private int _start;
    private int _end;
    private int _depth;
    private bool _hasEscapes;

    /// <summary>Gets what it stands on.</summary>
    internal JsonToken Token { get; private set; }

    /// <summary>Goes to the next token; false at the end.</summary>
    internal bool Read()
    {
        while (_next < bytes.Length && bytes[_next] is (byte)',' or (byte)':' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _next++;
        }

        if (_next == bytes.Length)
        {
            Token = JsonToken.None;
            return _depth == 0 ? false : throw new FormatException("The JSON ends too early.");
        }

        Token = bytes[_next++] switch
        {
            (byte)'[' => Open(JsonToken.StartArray),
            (byte)'{' => Open(JsonToken.StartObject),
            (byte)']' => Close(JsonToken.EndArray),
            (byte)'}' => Close(JsonToken.EndObject),
            (byte)'"' => Text(),
            (byte)'t' => Word("rue"u8, JsonToken.True),
            (byte)'f' => Word("alse"u8, JsonToken.False),
            (byte)'n' => Word("ull"u8, JsonToken.Null),
            (byte)'-' or (>= (byte)'0' and <= (byte)'9') => Digits(),
            _ => throw new FormatException("This is no JSON."),
        };
        return true;
    }

    /// <summary>Goes to the next token, which must be there.</summary>
    internal JsonInput Next() => Read() ? this : throw new FormatException("The JSON ends too early.");

    /// <summary>Goes to the end of the value that it stands on.</summary>
    internal void Skip()
    {
        int outside = Token is JsonToken.StartArray or JsonToken.StartObject ? _depth - 1 : _depth;
        while (_depth > outside)
        {
            Next();
        }
    }

    internal bool GetBoolean() => Token switch
    {
        JsonToken.True => true,
        JsonToken.False => false,
        _ => throw new FormatException("true or false is needed."),
    };

    internal int GetInt32() => checked((int)GetInt64());

    internal long GetInt64() => long.Parse(Number(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    internal ulong GetUInt64() => ulong.Parse(Number(), NumberStyles.None, CultureInfo.InvariantCulture);

    internal decimal GetDecimal() => decimal.Parse(Number(), NumberStyles.Float, CultureInfo.InvariantCulture);

    internal float GetSingle() => Token == JsonToken.Number ? float.Parse(Number(), NumberStyles.Float, CultureInfo.InvariantCulture) : (float)GetDouble();

    internal double GetDouble()
    {
        if (Token == JsonToken.Number)
        {
            return double.Parse(Number(), NumberStyles.Float, CultureInfo.InvariantCulture);
        }

        return GetString() switch
        {
            "NaN" => double.NaN,
            "Infinity" => double.PositiveInfinity,
            "-Infinity" => double.NegativeInfinity,
            _ => throw new FormatException("A number is needed."),
        };
    }

    internal string GetString()
    {
        if (Token != JsonToken.String)
        {
            throw new FormatException("A text is needed.");
        }

        string text = Encoding.UTF8.GetString(bytes, _start, _end - _start);
        return _hasEscapes ? Unescape(text) : text;
    }

    private ReadOnlySpan<byte> Number() => Token == JsonToken.Number ? bytes.AsSpan(_start, _end - _start) : throw new FormatException("A number is needed.");

    private JsonToken Open(JsonToken token) => ++_depth <= MaxDepth ? token : throw new FormatException("The JSON is nested too deep.");

    private JsonToken Close(JsonToken token) => --_depth >= 0 ? token : throw new FormatException("The JSON closes what it did not open.");

    private JsonToken Word(ReadOnlySpan<byte> rest, JsonToken token)
    {
        if (!bytes.AsSpan(_next).StartsWith(rest))
        {
            throw new FormatException("This is no JSON.");
        }

        _next += rest.Length;
        return token;
    }

    private JsonToken Digits()
    {
        _start = _next - 1;
        while (_next < bytes.Length && bytes[_next] is (>= (byte)'0' and <= (byte)'9') or (byte)'.' or (byte)'-' or (byte)'+' or (byte)'e' or (byte)'E')
        {
            _next++;
        }

        _end = _next;
        return JsonToken.Number;
    }

    private JsonToken Text()
    {
        (_start, _hasEscapes) = (_next, false);
        while (_next < bytes.Length && bytes[_next] != (byte)'"')
        {
            bool isEscape = bytes[_next] == (byte)'\\';
            _hasEscapes |= isEscape;
            _next += isEscape ? 2 : 1;
        }

        if (_next >= bytes.Length)
        {
            throw new FormatException("A text does not end.");
        }

        _end = _next++;
        return JsonToken.String;
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\')
            {
                plain.Append(text[i]);
                continue;
            }

            char kind = text[++i];
            if (kind == 'u')
            {
                plain.Append(i + 4 < text.Length ? (char)ushort.Parse(text.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : throw new FormatException("A text ends too early."));
                i += 4;
            }
            else
            {
                plain.Append(kind switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', _ => kind });
            }
        }

        return plain.ToString();
    }
}
