using System.Buffers;
using System.Text;

namespace MlOps;

/// <summary>Text on its way into HTML.</summary>
internal static class HtmlText
{
    private static readonly SearchValues<char> s_reserved = SearchValues.Create("&<>\"'\0");

    /// <summary>Encodes text for element content and for attribute values in either kind of quotes; other letters stay as they are.</summary>
    internal static string Encode(string text)
    {
        if (text.AsSpan().IndexOfAny(s_reserved) < 0)
        {
            return text;
        }

        var html = new StringBuilder(text.Length + 32);
        foreach (char c in text)
        {
            _ = c switch
            {
                '&' => html.Append("&amp;"),
                '<' => html.Append("&lt;"),
                '>' => html.Append("&gt;"),
                '"' => html.Append("&quot;"),
                '\'' => html.Append("&#39;"),
                '\0' => html.Append('\uFFFD'),
                _ => html.Append(c),
            };
        }

        return html.ToString();
    }
}
