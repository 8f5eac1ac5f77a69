using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MlOps.Kernel.Site;

/// <summary>Terminal text as HTML: colours become classes, every other escape sequence goes.</summary>
internal static partial class AnsiText
{
    private static readonly string[] s_colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

    /// <summary>Encodes text and turns its colour codes (SGR 0, 1, 3, 4, 22–24, 30–37, 39, 90–97) into <c>span</c> elements.</summary>
    internal static string ToHtml(string text)
    {
        text = Overwritten(text);
        if (!text.Contains('\u001b', StringComparison.Ordinal))
        {
            return HtmlText.Encode(text);
        }

        var html = new StringBuilder(text.Length + 64);
        var style = new SortedSet<string>(StringComparer.Ordinal);
        int start = 0;
        foreach (Match escape in Escape().Matches(text))
        {
            Append(html, text[start..escape.Index], style);
            start = escape.Index + escape.Length;
            if (escape.Groups["sgr"].Success)
            {
                Apply(escape.Groups["sgr"].Value, style);
            }
        }

        Append(html, text[start..], style);
        return html.ToString();
    }

    /// <summary>A carriage return starts its line again, as a progress bar does in a terminal: what was under it is not shown.</summary>
    private static string Overwritten(string text)
    {
        text = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        return text.Contains('\r', StringComparison.Ordinal)
            ? string.Join('\n', text.Split('\n').Select(line => line.TrimEnd('\r')).Select(line => line[(line.LastIndexOf('\r') + 1)..]))
            : text;
    }

    private static void Append(StringBuilder html, string text, SortedSet<string> style)
    {
        if (text.Length == 0)
        {
            return;
        }

        string encoded = HtmlText.Encode(text);
        _ = style.Count == 0
            ? html.Append(encoded)
            : html.Append("<span class=\"").AppendJoin(' ', style).Append("\">").Append(encoded).Append("</span>");
    }

    private static void Apply(string codes, SortedSet<string> style)
    {
        string[] parts = codes.Split(';');
        for (int i = 0; i < parts.Length; i++)
        {
            int code = int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
            if (code is 38 or 48)
            {
                return; // a colour of the 256 or of the full range: its parameters follow and must not be read as codes
            }

            Apply(code, style);
        }
    }

    private static void Apply(int code, SortedSet<string> style)
    {
        switch (code)
        {
            case 0:
                style.Clear();
                break;
            case 1:
                style.Add("ansi-bold");
                break;
            case 3:
                style.Add("ansi-italic");
                break;
            case 4:
                style.Add("ansi-underline");
                break;
            case 22:
                style.Remove("ansi-bold");
                break;
            case 23:
                style.Remove("ansi-italic");
                break;
            case 24:
                style.Remove("ansi-underline");
                break;
            case (>= 30 and <= 37) or 39 or (>= 90 and <= 97):
                style.RemoveWhere(name => name.StartsWith("ansi-fg-", StringComparison.Ordinal));
                if (code != 39)
                {
                    style.Add("ansi-fg-" + s_colours[code % 10]);
                }

                break;
        }
    }

    [GeneratedRegex(@"\u001b(?:\[(?:(?<sgr>[0-9;]*)m|[0-?]*[ -/]*[@-~])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[@-Z\\^_]|)")]
    private static partial Regex Escape();
}
