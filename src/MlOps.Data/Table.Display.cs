using System.Globalization;
using System.Net;
using System.Text;
using MlOps.Data.Internals;

namespace MlOps.Data;

public sealed partial class Table
{
    private const int ShownRows = 10;
    private const int ShownWhole = 20; // a summary by month or by column is to be seen whole

    /// <summary>Returns how a notebook shows the table: its first 10 rows (all of them up to 20), the column types and a summary line.</summary>
    /// <remarks>Numbers are shown to six significant digits, with equal decimals in a column. The output depends on nothing but the table.</remarks>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = ToHtml(),
        ["text/plain"] = ToString(),
    };

    /// <summary>Returns the first 10 rows (all of them up to 20) as an aligned text, the column types under the names, and a summary line.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (_columns.Length > 0)
        {
            CellText[] columns = Shown();
            int[] widths = [.. columns.Select(c => c.Cells.Select(cell => cell ?? "-").Append(c.Header).Append(c.Type).Max(s => s.Length))];
            AppendLine(text, columns, widths, c => c.Header);
            AppendLine(text, columns, widths, c => c.Type);
            for (int row = 0; row < columns[0].Cells.Length; row++)
            {
                AppendLine(text, columns, widths, c => c.Cells[row] ?? "-");
            }
        }

        return text.Append(SummaryLine()).ToString();
    }

    private static void AppendLine(StringBuilder text, CellText[] columns, int[] widths, Func<CellText, string> cell)
    {
        var line = new StringBuilder();
        for (int i = 0; i < columns.Length; i++)
        {
            string value = cell(columns[i]);
            line.Append(columns[i].AlignRight ? value.PadLeft(widths[i]) : value.PadRight(widths[i])).Append("  ");
        }

        text.Append(line.ToString().TrimEnd()).Append('\n');
    }

    private string ToHtml()
    {
        const string Cell = "padding:2px 10px;border:0;white-space:nowrap;color:inherit;background:transparent;text-align:";
        const string Line = "border-bottom:1px solid rgba(128,128,128,.35)";
        CellText[] columns = Shown();
        var html = new StringBuilder("<div style=\"overflow-x:auto;color:inherit\">");
        if (columns.Length > 0)
        {
            html.Append("<table style=\"border-collapse:collapse;border:0;color:inherit;background:transparent;font-variant-numeric:tabular-nums\"><thead><tr>");
            foreach (CellText column in columns)
            {
                html.Append($"<th scope=\"col\" style=\"{Cell}{Align(column)};vertical-align:bottom;{Line}\">{Encode(column.Header)}");
                html.Append($"<br><span style=\"font-weight:400;font-size:.85em;opacity:.65\">{column.Type}</span></th>");
            }

            html.Append("</tr></thead><tbody>");
            for (int row = 0; row < columns[0].Cells.Length; row++)
            {
                html.Append("<tr style=\"background:transparent\">");
                foreach (CellText column in columns)
                {
                    string value = column.Cells[row] is { } text ? Encode(text) : "<span style=\"opacity:.45\" title=\"missing\">-</span>";
                    html.Append($"<td style=\"{Cell}{Align(column)}\">{value}</td>");
                }

                html.Append("</tr>");
            }

            html.Append("</tbody></table>");
        }

        return html.Append($"<p style=\"margin:.4em 0 0;font-size:.9em;opacity:.75\">{Encode(SummaryLine())}</p></div>").ToString();
    }

    private int ShownCount => RowCount <= ShownWhole ? RowCount : ShownRows;

    private static string Align(CellText column) => column.AlignRight ? "right" : "left";

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private CellText[] Shown() => [.. _columns.Select(column => CellText.Of(column, ShownCount))];

    private string SummaryLine()
    {
        long missing = _columns.Sum(c => (long)c.MissingCount);
        string size = string.Create(CultureInfo.InvariantCulture, $"{RowCount:N0} row{(RowCount == 1 ? "" : "s")} × {_columns.Length:N0} column{(_columns.Length == 1 ? "" : "s")}");
        string gaps = missing == 0 ? "no missing values" : string.Create(CultureInfo.InvariantCulture, $"{missing:N0} missing value{(missing == 1 ? "" : "s")}");
        string shown = RowCount > ShownCount ? $", first {ShownCount} rows shown" : "";
        return $"{size}, {gaps}{shown}";
    }
}
