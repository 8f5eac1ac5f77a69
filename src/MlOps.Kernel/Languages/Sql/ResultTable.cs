using System.Data.Common;
using System.Globalization;
using System.Net;
using System.Text;
using MlOps.Kernel.Display;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>The result of a query as a table: its first rows, and how many there are.</summary>
internal static class ResultTable
{
    private const int ShownRows = 50;
    private const int MostCounted = 1_000_000; // counting on would keep a query without end from ever being shown
    private const int LongestText = 100;
    private const string Null = "NULL";

    private sealed record Cell(string Text, bool IsNumber);

    /// <summary>Reads a result and shows it below the cell.</summary>
    internal static void Show(DbDataReader reader) => DisplayedValue.Show(Bundle(reader));

    internal static IReadOnlyDictionary<string, string> Bundle(DbDataReader reader)
    {
        string[] names = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
        List<Cell?[]> rows = [];
        int count = 0;
        while (count <= MostCounted && reader.Read())
        {
            if (count++ < ShownRows)
            {
                rows.Add([.. Enumerable.Range(0, names.Length).Select(i => reader.IsDBNull(i) ? null : Of(reader.GetValue(i)))]);
            }
        }

        bool[] right = [.. names.Select((_, i) => rows.Exists(row => row[i] is not null) && rows.TrueForAll(row => row[i]?.IsNumber ?? true))];
        string note = Note(count);
        return MimeBundles.Pair(MimeBundles.Html, Html(names, rows, right, note), Text(names, rows, right, note));
    }

    private static string Note(int count) =>
        count > MostCounted ? FormattableString.Invariant($"first {ShownRows} of more than {MostCounted:N0} rows; the rest was not read")
        : count > ShownRows ? FormattableString.Invariant($"first {ShownRows} of {count:N0} rows")
        : FormattableString.Invariant($"{count} row{(count == 1 ? "" : "s")}");

    private static Cell Of(object value) => value switch
    {
        double or float or decimal => new Cell(((IFormattable)value).ToString("G10", CultureInfo.InvariantCulture), true),
        sbyte or byte or short or ushort or int or uint or long or ulong => new Cell(Convert.ToString(value, CultureInfo.InvariantCulture)!, true),
        byte[] bytes => new Cell(FormattableString.Invariant($"{bytes.Length} bytes"), false),
        DateTime time => new Cell(time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture), false),
        _ => new Cell(ShortText.Line(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", LongestText), false),
    };

    private static string Text(string[] names, List<Cell?[]> rows, bool[] right, string note)
    {
        int[] widths = [.. names.Select((name, i) => rows.Select(row => row[i]?.Text ?? Null).Append(name).Max(text => text.Length))];
        var lines = new StringBuilder();
        foreach (IEnumerable<string> line in rows.Select(row => row.Select(cell => cell?.Text ?? Null)).Prepend(names))
        {
            lines.Append(string.Join("  ", line.Select((text, i) => right[i] ? text.PadLeft(widths[i]) : text.PadRight(widths[i]))).TrimEnd()).Append('\n');
        }

        return lines.Append(note).ToString();
    }

    private static string Html(string[] names, List<Cell?[]> rows, bool[] right, string note)
    {
        const string Padding = "padding:2px 10px;border:0;white-space:nowrap;color:inherit;background:transparent;text-align:";
        string Style(int column) => Padding + (right[column] ? "right" : "left");
        var html = new StringBuilder("<div style=\"overflow-x:auto;color:inherit\">");
        html.Append("<table style=\"border-collapse:collapse;border:0;color:inherit;background:transparent;font-variant-numeric:tabular-nums\"><thead><tr>");
        html.AppendJoin("", names.Select((name, i) => $"<th scope=\"col\" style=\"{Style(i)};border-bottom:1px solid rgba(128,128,128,.35)\">{WebUtility.HtmlEncode(name)}</th>"));
        html.Append("</tr></thead><tbody>");
        foreach (Cell?[] row in rows)
        {
            html.Append("<tr style=\"background:transparent\">");
            html.AppendJoin("", row.Select((cell, i) => $"<td style=\"{Style(i)}\">{(cell is null ? $"<span style=\"opacity:.45\">{Null}</span>" : WebUtility.HtmlEncode(cell.Text))}</td>"));
            html.Append("</tr>");
        }

        return html.Append($"</tbody></table><p style=\"margin:.4em 0 0;font-size:.9em;opacity:.75\">{note}</p></div>").ToString();
    }
}
