using System.Globalization;
using System.Text;
using MlOps.Data.Internals;

namespace MlOps.Data.Csv;

/// <summary>Writes a table as CSV in the form that <see cref="CsvReader"/> reads back to the same values.</summary>
internal static class CsvWriter
{
    private static readonly MissingTokens Tokens = new(new CsvOptions().MissingTokens);

    internal static void Write(Table table, Stream stream)
    {
        using StreamWriter writer = Open(stream);
        WriteHeader(table, writer);
        WriteRows(table, writer);
    }

    /// <summary>A writer that leaves the stream open.</summary>
    internal static StreamWriter Open(Stream stream) => new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);

    internal static void WriteHeader(Table table, StreamWriter writer)
    {
        writer.Write(string.Join(',', table.Columns.Select(c => Quoted(c.Name))));
        writer.Write('\n');
    }

    internal static void WriteRows(Table table, StreamWriter writer)
    {
        Action<int>[] fields = [.. table.Columns.Select(column => Field(column, writer))];
        for (int row = 0; row < table.RowCount; row++)
        {
            for (int i = 0; i < fields.Length; i++)
            {
                if (i > 0)
                {
                    writer.Write(',');
                }

                fields[i](row);
            }

            writer.Write('\n');
        }
    }

    private static Action<int> Field(Column column, StreamWriter writer)
    {
        Action<int> present = Present(column, writer);
        return column.MissingCount == 0
            ? present
            : row =>
            {
                if (!column.IsMissing(row))
                {
                    present(row);
                }
            };
    }

    private static Action<int> Present(Column column, StreamWriter writer)
    {
        char[] buffer = new char[32]; // no number or time is longer
        switch (column)
        {
            case Column<double> c:
                return row => WriteDouble(c.Values[row], buffer, writer);
            case Column<long> c:
                return row =>
                {
                    c.Values[row].TryFormat(buffer, out int length, default, CultureInfo.InvariantCulture);
                    writer.Write(buffer, 0, length);
                };
            case Column<bool> c:
                return row => writer.Write(c.Values[row] ? "true" : "false");
            case Column<DateTime> c:
                bool dates = Array.TrueForAll(c.Present(), t => t.TimeOfDay == TimeSpan.Zero && t.Kind != DateTimeKind.Utc);
                return row => writer.Write(TimeText.Of(c.Values[row], dates));
            default:
                var text = (StringColumn)column;
                string[] levels = [.. text.Levels.ToArray().Select(Quoted)];
                return row => writer.Write(levels[text.Codes[row]]);
        }
    }

    private static void WriteDouble(double value, char[] buffer, StreamWriter writer)
    {
        value.TryFormat(buffer, out int length, "R", CultureInfo.InvariantCulture);
        writer.Write(buffer, 0, length);
        if (double.IsFinite(value) && buffer.AsSpan(0, length).IndexOfAny('.', 'E') < 0)
        {
            writer.Write(".0"); // so that a column of doubles is read back as doubles
        }
    }

    private static string Quoted(string text)
    {
        bool plain = text.AsSpan().IndexOfAny(",\"\r\n") < 0 && !Tokens.Contains(Encoding.UTF8.GetBytes(text));
        return plain ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
