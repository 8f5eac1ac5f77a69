using System.Text;

namespace MlOps.Data.Csv;

/// <summary>The first line of a CSV file.</summary>
/// <param name="Names">The column names in file order.</param>
/// <param name="Length">The bytes up to the first row of values: byte order mark, blank lines and header.</param>
/// <param name="LineCount">The lines in them.</param>
internal sealed record Header(string[] Names, int Length, int LineCount)
{
    private const int LongestHeader = 1 << 24;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static Header Read(CsvSource source, byte separator)
    {
        byte[] data = new byte[1 << 16];
        int filled = 0;
        while (true)
        {
            source.Seek(filled);
            int wanted = data.Length - filled - 1;
            int read = source.Read(data.AsSpan(filled, wanted));
            filled += read;
            CheckEncoding(source, data.AsSpan(0, filled));
            int start = SkipBlank(data.AsSpan(0, filled));
            bool ended = read < wanted;
            if (ended && start == filled)
            {
                throw new CsvException(source.Label, "the file is empty; a line with the column names is needed.");
            }

            int end = Lines.EndOfFirstRow(data.AsSpan(start, filled - start), separator);
            if (end == 0 && ended)
            {
                data[filled] = (byte)'\n';
                end = filled + 1 - start;
            }

            if (end > 0)
            {
                return Parse(source, data.AsSpan(0, start + end), start, separator, Math.Min(start + end, filled));
            }

            if (filled >= LongestHeader)
            {
                throw new CsvException(source.Label, $"the first line does not end within {LongestHeader >> 20} MiB; is this a CSV file?", 1);
            }

            Array.Resize(ref data, data.Length * 2);
        }
    }

    private static Header Parse(CsvSource source, ReadOnlySpan<byte> data, int start, byte separator, int length)
    {
        var scanner = new FieldScanner(separator);
        var names = new List<string>();
        long line = Lines.Count(data[..start]) + 1L;
        int position = start;
        try
        {
            do
            {
                Field field = scanner.Read(data, position);
                names.Add(Strict.GetString(field.Text));
                position = field.End + 1;
            }
            while (data[position - 1] == separator);
        }
        catch (CsvFault fault)
        {
            throw new CsvException(source.Label, fault.Message, line, innerException: fault);
        }
        catch (DecoderFallbackException e)
        {
            throw new CsvException(source.Label, "the header is not UTF-8. Save the file as UTF-8 (with or without byte order mark).", line, innerException: e);
        }

        Check(source, names, line);
        return new Header([.. names], length, Lines.Count(data));
    }

    private static void Check(CsvSource source, List<string> names, long line)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < names.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(names[i]))
            {
                throw new CsvException(source.Label, $"the header has no name for column {i + 1} of {names.Count}.", line);
            }

            if (!seen.TryAdd(names[i], i))
            {
                throw new CsvException(source.Label, $"the header has the name twice, in columns {seen[names[i]] + 1} and {i + 1}; names must differ.", line, names[i]);
            }
        }
    }

    private static void CheckEncoding(CsvSource source, ReadOnlySpan<byte> data)
    {
        if (data is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw new CsvException(source.Label, "the file is UTF-16 (what spreadsheets call Unicode text); save it as CSV UTF-8.");
        }

        if (data.Contains((byte)0))
        {
            throw new CsvException(source.Label, "the file contains NUL bytes: it is binary, not CSV text.", Lines.Count(data[..data.IndexOf((byte)0)]) + 1);
        }
    }

    private static int SkipBlank(ReadOnlySpan<byte> data)
    {
        int start = data is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
        int blank = data[start..].IndexOfAnyExcept((byte)'\n', (byte)'\r');
        return blank < 0 ? data.Length : start + blank;
    }
}
