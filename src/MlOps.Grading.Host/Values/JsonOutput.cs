using System.Globalization;
using System.Text;

namespace MlOps.Grading.Host.Values;

/// <summary>Writes JSON into a growing buffer with a limit, and with room for a header in front.</summary>
/// <remarks>
/// Why not Utf8JsonWriter: a host lives for a few calls, and loading System.Text.Json and compiling what it needs took a third of
/// its processor time. This uses only what .NET's core library has compiled ahead.
/// </remarks>
/// <param name="headerBytes">Bytes to leave free in front.</param>
/// <param name="limit">The most bytes of JSON.</param>
internal sealed class JsonOutput(int headerBytes, int limit)
{
    private const int FirstBytes = 4096;
    private const int LongestNumber = 64; // bytes; a decimal has 31

    private readonly int _header = headerBytes;
    private byte[] _bytes = new byte[headerBytes + FirstBytes];
    private int _used = headerBytes;
    private bool _needsComma;

    /// <summary>Gets header and JSON.</summary>
    internal Span<byte> Frame => _bytes.AsSpan(0, _used);

    /// <summary>Gets the JSON.</summary>
    internal ReadOnlySpan<byte> Content => _bytes.AsSpan(_header, _used - _header);

    internal void Clear() => (_used, _needsComma) = (_header, false);

    internal void StartArray() => Open((byte)'[');

    internal void EndArray() => Close((byte)']');

    internal void StartObject() => Open((byte)'{');

    internal void EndObject() => Close((byte)'}');

    /// <summary>The name of the next value in an object.</summary>
    internal void Name(string name)
    {
        Value(name);
        Put((byte)':');
        _needsComma = false;
    }

    internal void Null() => Word("null"u8);

    internal void Value(bool value) => Word(value ? "true"u8 : "false"u8);

    internal void Value(long value)
    {
        value.TryFormat(Room(), out int written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    internal void Value(ulong value)
    {
        value.TryFormat(Room(), out int written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    internal void Value(decimal value)
    {
        value.TryFormat(Room(), out int written, default, CultureInfo.InvariantCulture);
        _used += written;
    }

    /// <summary>The shortest text that is exactly this number; NaN and the infinities, which JSON lacks, as strings.</summary>
    internal void Value(double value)
    {
        if (double.IsFinite(value))
        {
            value.TryFormat(Room(), out int written, default, CultureInfo.InvariantCulture);
            _used += written;
        }
        else
        {
            Word(double.IsNaN(value) ? "\"NaN\""u8 : value > 0 ? "\"Infinity\""u8 : "\"-Infinity\""u8);
        }
    }

    /// <inheritdoc cref="Value(double)"/>
    internal void Value(float value)
    {
        if (float.IsFinite(value))
        {
            value.TryFormat(Room(), out int written, default, CultureInfo.InvariantCulture);
            _used += written;
        }
        else
        {
            Value((double)value);
        }
    }

    /// <summary>A text, which must be valid Unicode.</summary>
    internal void Value(string value)
    {
        Comma();
        Put((byte)'"');
        int start = 0;
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] is '"' or '\\' or < ' ')
            {
                Put(value.AsSpan(start, i - start));
                Escape(value[i]);
                start = i + 1;
            }
        }

        Put(value.AsSpan(start));
        Put((byte)'"');
        _needsComma = true;
    }

    private void Escape(char unit)
    {
        Put((byte)'\\');
        if (unit >= ' ')
        {
            Put((byte)unit);
            return;
        }

        Put("u00"u8);
        Put((byte)('0' + (unit >> 4)));
        Put((byte)"0123456789abcdef"[unit & 15]);
    }

    private void Open(byte bracket)
    {
        Comma();
        Put(bracket);
        _needsComma = false;
    }

    private void Close(byte bracket)
    {
        Put(bracket);
        _needsComma = true;
    }

    private void Word(ReadOnlySpan<byte> word)
    {
        Comma();
        Put(word);
        _needsComma = true;
    }

    /// <summary>Room for a number, behind a comma where one is due.</summary>
    private Span<byte> Room()
    {
        Comma();
        _needsComma = true;
        Grow(LongestNumber);
        return _bytes.AsSpan(_used);
    }

    private void Comma()
    {
        if (_needsComma)
        {
            Put((byte)',');
        }
    }

    private void Put(byte one)
    {
        Grow(1);
        _bytes[_used++] = one;
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        Grow(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_used));
        _used += bytes.Length;
    }

    private void Put(ReadOnlySpan<char> text)
    {
        Grow(Encoding.UTF8.GetMaxByteCount(Math.Min(text.Length, limit)));
        _used += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_used));
    }

    /// <exception cref="TooMuchDataException">The limit is reached.</exception>
    private void Grow(int more)
    {
        if (_used - _header > limit)
        {
            throw new TooMuchDataException();
        }

        long wanted = (long)_used + more;
        if (wanted > _bytes.Length)
        {
            byte[] larger = new byte[Math.Max(wanted, 2L * _bytes.Length)];
            _bytes.AsSpan(0, _used).CopyTo(larger);
            _bytes = larger;
        }
    }
}
