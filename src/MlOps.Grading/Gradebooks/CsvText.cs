using System.Globalization;
using System.Text;

namespace MlOps.Grading.Gradebooks;

/// <summary>Reads and writes CSV by RFC 4180, with line numbers and raw records for people who edit the files.</summary>
/// <remarks>
/// A text cell that a spreadsheet would run as a formula, because it begins with <c>= + - @</c>, a tab or a carriage return, is written with an
/// apostrophe in front (so is one with apostrophes before such a character, which makes the rule reversible) and read without it.
/// </remarks>
internal static class CsvText
{
    private const string Formula = "=+-@\t\r";

    internal static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    internal static string Line(params IEnumerable<string> cells) => string.Join(',', cells) + "\n";

    /// <summary>A text as a cell: harmless to spreadsheets, quoted where needed.</summary>
    internal static string Text(string text)
    {
        string safe = IsFormula(text) ? "'" + text : text;
        bool quoted = safe.AsSpan().IndexOfAny(",\"\r\n") >= 0 || (safe.Length > 0 && (safe[0] == ' ' || safe[^1] == ' '));
        return quoted ? "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"" : safe;
    }

    /// <summary>The text that <see cref="Text"/> was given, from the field that was read back.</summary>
    internal static string Unguarded(string field) => field is ['\'', ..] && IsFormula(field) ? field[1..] : field;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is not UTF-8, or its quotes do not match; the message has file and line.</exception>
    internal static List<CsvRecord> ReadFile(string path)
    {
        try
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path));
            return Read(text.TrimStart('\uFEFF'), path);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"{path} is not UTF-8. Save it as \"CSV UTF-8\".", e);
        }
    }

    internal static List<CsvRecord> Read(string text, string path)
    {
        List<CsvRecord> records = [];
        int line = 1;
        for (int at = 0; at < text.Length;)
        {
            (int start, int first) = (at, line);
            List<string> fields = [];
            do
            {
                fields.Add(Field(text, ref at, ref line, path));
            }
            while (at < text.Length && text[at] == ',' && ++at > 0);

            records.Add(new CsvRecord(first, fields, text[start..at]));
            at += text.AsSpan(at).StartsWith("\r\n") ? 2 : at < text.Length ? 1 : 0;
            line++;
        }

        return records;
    }

    private static string Field(string text, ref int at, ref int line, string path)
    {
        if (at == text.Length || text[at] != '"')
        {
            int start = at;
            int length = text.AsSpan(at).IndexOfAny(",\r\n");
            at = length < 0 ? text.Length : at + length;
            return text[start..at];
        }

        int opened = line;
        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            bool quote = text[at] == '"';
            if (quote && (at + 1 == text.Length || text[at + 1] != '"'))
            {
                at++;
                return at == text.Length || ",\r\n".Contains(text[at], StringComparison.Ordinal)
                    ? field.ToString()
                    : throw new InvalidDataException(FormattableString.Invariant($"{path}, line {line}: after a closing quote comes '{text[at]}', not a comma or the end of the line."));
            }

            at += quote ? 1 : 0; // two quotes stand for one
            field.Append(text[at]);
            line += text[at] == '\n' || (text[at] == '\r' && (at + 1 == text.Length || text[at + 1] != '\n')) ? 1 : 0;
        }

        throw new InvalidDataException(FormattableString.Invariant($"{path}, line {opened}: a quote opens and never closes."));
    }

    private static bool IsFormula(string text)
    {
        string bare = text.TrimStart('\'');
        return bare.Length > 0 && Formula.Contains(bare[0], StringComparison.Ordinal);
    }
}
