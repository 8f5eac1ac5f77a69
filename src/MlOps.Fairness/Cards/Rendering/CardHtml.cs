using System.Net;
using System.Text;

namespace MlOps.Fairness.Cards.Rendering;

/// <summary>Blocks as a self-contained HTML fragment, readable on light and dark pages.</summary>
internal static class CardHtml
{
    private const string Cell = "padding:3px 10px;border:0;border-bottom:1px solid rgba(128,128,128,.25);color:inherit;background:transparent;text-align:left;vertical-align:top";
    private const string Vermilion = "#d55e00";

    internal static string Write(IEnumerable<CardBlock> blocks)
    {
        var html = new StringBuilder("<div style=\"color:inherit;overflow-x:auto;max-width:60em\">");
        foreach (CardBlock block in blocks)
        {
            Write(html, block);
        }

        return html.Append("</div>").ToString();
    }

    private static void Write(StringBuilder html, CardBlock block)
    {
        switch (block)
        {
            case HeadingBlock heading:
                int size = heading.Level switch { 1 => 140, 2 => 120, _ => 105 };
                html.Append("<div style=\"font-weight:600;margin-top:10px;font-size:").Append(size).Append("%\">").Append(Encode(heading.Text)).Append("</div>");
                break;
            case ParagraphBlock paragraph:
                (string style, string suffix) = paragraph.Role switch
                {
                    TextRole.Question => ("margin-top:6px;opacity:.75", ""),
                    TextRole.Open => ($"font-weight:600;border-left:4px solid {Vermilion};padding-left:8px", ""),
                    TextRole.Notice => ("opacity:.75;border-left:4px solid rgba(128,128,128,.4);padding-left:8px;margin:4px 0", ""),
                    TextRole.Recorded => ("", " <span style=\"opacity:.6\">(recorded)</span>"),
                    _ => ("", ""),
                };
                html.Append("<div style=\"").Append(style).Append("\">").Append(Encode(paragraph.Text)).Append(suffix).Append("</div>");
                break;
            case ListBlock list:
                html.Append("<ul style=\"margin:2px 0;padding-left:1.4em\">").AppendJoin("", list.Items.Select(item => $"<li>{Encode(item)}</li>")).Append("</ul>");
                break;
            case TableBlock table:
                html.Append("<table style=\"border-collapse:collapse;border:0;color:inherit;background:transparent;font-variant-numeric:tabular-nums\"><thead>");
                Row(html, "th", table.Header);
                html.Append("</thead><tbody>");
                foreach (IReadOnlyList<string> row in table.Rows)
                {
                    Row(html, "td", row);
                }

                html.Append("</tbody></table>");
                break;
        }
    }

    private static void Row(StringBuilder html, string tag, IReadOnlyList<string> cells) =>
        html.Append("<tr style=\"background:transparent\">").AppendJoin("", cells.Select(cell => $"<{tag} style=\"{Cell}\">{Encode(cell)}</{tag}>")).Append("</tr>");

    private static string Encode(string text) => WebUtility.HtmlEncode(PlainText.Clean(text));
}
