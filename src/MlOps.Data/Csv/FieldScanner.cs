using System.Runtime.CompilerServices;

namespace MlOps.Data.Csv;

/// <summary>One field: its text without quotes, and the position of the separator or line end after it.</summary>
internal readonly ref struct Field(ReadOnlySpan<byte> text, int end, bool quoted)
{
    internal readonly ReadOnlySpan<byte> Text = text;
    internal readonly int End = end;
    internal readonly bool Quoted = quoted;
}

/// <summary>Finds fields, quoted or not. Not thread-safe: it owns a buffer for quoted text with doubled quotes.</summary>
/// <remarks>Every row it is given ends in a line end, so that a search for the end of a field always finds one.</remarks>
internal sealed class FieldScanner(byte separator)
{
    private const byte Quote = (byte)'"';
    private byte[] _unescaped = new byte[256];

    internal byte Separator { get; } = separator;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsEnd(byte b) => b == Separator || b == (byte)'\n' || b == (byte)'\r';

    /// <summary>Reads the field that starts at <paramref name="start"/>.</summary>
    /// <exception cref="CsvFault">A quote is not closed, or text follows the closing quote.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // hot in the very first file: no time to warm up
    internal Field Read(ReadOnlySpan<byte> data, int start)
    {
        if (data[start] == Quote)
        {
            return ReadQuoted(data, start);
        }

        int length = data[start..].IndexOfAny(Separator, (byte)'\n', (byte)'\r');
        return new Field(data.Slice(start, length), start + length, quoted: false);
    }

    private Field ReadQuoted(ReadOnlySpan<byte> data, int start)
    {
        int kept = 0;
        int from = start + 1;
        while (true)
        {
            int length = data[from..].IndexOf(Quote);
            if (length < 0)
            {
                throw new CsvFault(start, "a quote is opened here and never closed.");
            }

            int close = from + length;
            if (close + 1 >= data.Length || data[close + 1] != Quote)
            {
                return CloseQuoted(data, from, close, kept);
            }

            Keep(data[from..(close + 1)], ref kept); // a doubled quote stands for one
            from = close + 2;
        }
    }

    private Field CloseQuoted(ReadOnlySpan<byte> data, int from, int close, int kept)
    {
        if (close + 1 >= data.Length || !IsEnd(data[close + 1]))
        {
            throw new CsvFault(close, "text follows a closing quote. A quote inside a quoted value is written twice.");
        }

        if (kept == 0)
        {
            return new Field(data[from..close], close + 1, quoted: true);
        }

        Keep(data[from..close], ref kept);
        return new Field(_unescaped.AsSpan(0, kept), close + 1, quoted: true);
    }

    private void Keep(ReadOnlySpan<byte> part, ref int kept)
    {
        if (kept + part.Length > _unescaped.Length)
        {
            Array.Resize(ref _unescaped, Math.Max(kept + part.Length, _unescaped.Length * 2));
        }

        part.CopyTo(_unescaped.AsSpan(kept));
        kept += part.Length;
    }
}
