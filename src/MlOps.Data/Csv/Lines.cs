namespace MlOps.Data.Csv;

/// <summary>Line ends: LF, CRLF and CR each end one line.</summary>
internal static class Lines
{
    private const byte Quote = (byte)'"';

    /// <summary>Counts the line ends, those inside quotes included.</summary>
    internal static int Count(ReadOnlySpan<byte> data)
    {
        int returns = data.Count((byte)'\r');
        int feeds = data.Count((byte)'\n');
        return returns == 0 ? feeds : feeds + returns - data.Count("\r\n"u8);
    }

    /// <summary>Returns the position after the last line end that ends a row, or 0 if no row ends here. Reading must start at a row.</summary>
    /// <remarks>A quote opens a value only at the start of a field; a carriage return at the very end may be half of a CRLF and is not counted.</remarks>
    internal static int EndOfLastRow(ReadOnlySpan<byte> data, byte separator) => EndOfRow(data, separator, first: false);

    /// <summary>Returns the position after the line end of the first row, or 0 if it does not end here.</summary>
    internal static int EndOfFirstRow(ReadOnlySpan<byte> data, byte separator) => EndOfRow(data, separator, first: true);

    private static int EndOfRow(ReadOnlySpan<byte> data, byte separator, bool first)
    {
        int end = 0;
        int position = 0;
        while (position < data.Length)
        {
            int quote = data[position..].IndexOf(Quote);
            int stop = quote < 0 ? data.Length : position + quote;
            int found = Find(data, position, stop, first);
            end = found > 0 ? found : end;
            if (quote < 0 || (first && found > 0))
            {
                break;
            }

            bool opens = stop == 0 || data[stop - 1] == separator || data[stop - 1] is (byte)'\n' or (byte)'\r';
            position = opens ? AfterQuoted(data, stop) : stop + 1;
        }

        return end;
    }

    private static int Find(ReadOnlySpan<byte> data, int from, int to, bool first)
    {
        ReadOnlySpan<byte> part = data[from..to];
        int at = first ? part.IndexOfAny((byte)'\n', (byte)'\r') : part.LastIndexOfAny((byte)'\n', (byte)'\r');
        if (at < 0)
        {
            return 0;
        }

        at += from;
        if (data[at] == '\n')
        {
            return at + 1;
        }

        if (at + 1 < data.Length)
        {
            return data[at + 1] == '\n' ? at + 2 : at + 1;
        }

        // The byte after this carriage return is not here yet: an earlier line end is the last sure one.
        return first ? 0 : Find(data, from, at, first);
    }

    /// <summary>The position after the closing quote; the end of the data when it is not here or may be half of a doubled one.</summary>
    private static int AfterQuoted(ReadOnlySpan<byte> data, int open)
    {
        int position = open + 1;
        while (position < data.Length)
        {
            int length = data[position..].IndexOf(Quote);
            if (length < 0)
            {
                break;
            }

            position += length + 1;
            if (position < data.Length && data[position] != Quote)
            {
                return position;
            }

            position++;
        }

        return data.Length;
    }
}
