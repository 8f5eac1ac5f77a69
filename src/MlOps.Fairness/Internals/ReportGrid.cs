using System.Globalization;
using System.Text;

namespace MlOps.Fairness.Internals;

/// <summary>A report as a headline, a line below it, a table and notes: written as aligned text, or as HTML.</summary>
/// <param name="Headline">The finding.</param>
/// <param name="Below">Population and settings.</param>
/// <param name="Header">One word a column.</param>
/// <param name="Rows">As many cells a row as <paramref name="Header"/> has.</param>
/// <param name="Notes">One a line below the table.</param>
internal sealed record ReportGrid(string Headline, string Below, string[] Header, IReadOnlyList<string[]> Rows, IReadOnlyList<string> Notes)
{
    /// <summary>A number with at most <paramref name="digits"/> decimals; a dash where there is none.</summary>
    internal static string Number(double? value, int digits = 3) =>
        value is { } number ? (Math.Round(number, digits) + 0.0).ToString("#,0.".PadRight(digits + 4, '#'), CultureInfo.InvariantCulture) : "–"; // + 0.0: no −0

    /// <summary>A comparison as a note: name, value, and what is to be said of it.</summary>
    internal static string Line(ParityMetric metric) => $"{metric.Name}: {Number(metric.Value, 4)}{(metric.Note is null ? "" : $" ({metric.Note})")}";

    internal static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    internal IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string>
    {
        ["text/html"] = ToHtml(),
        ["text/plain"] = ToText(),
    };

    internal string ToText()
    {
        var text = new StringBuilder().Append(Headline).Append('\n').Append(Below).Append("\n\n");
        TextGrid.Write(text, Header, Rows);
        text.Append(Notes.Count > 0 ? "\n" : "");
        foreach (string note in Notes)
        {
            text.Append(note).Append('\n');
        }

        return text.ToString();
    }

    internal string ToHtml()
    {
        var html = new StringBuilder("<div style=\"color:inherit;overflow-x:auto\">");
        html.Append("<div style=\"font-weight:600\">").Append(TextGrid.Encode(Headline)).Append("</div>");
        html.Append("<div style=\"opacity:.75;margin-bottom:6px\">").Append(TextGrid.Encode(Below)).Append("</div>");
        TextGrid.WriteHtml(html, Header, Rows);
        if (Notes.Count > 0)
        {
            html.Append("<ul style=\"margin:6px 0 0;padding-left:1.4em\">");
            foreach (string note in Notes)
            {
                html.Append("<li>").Append(TextGrid.Encode(note)).Append("</li>");
            }

            html.Append("</ul>");
        }

        return html.Append("</div>").ToString();
    }
}
