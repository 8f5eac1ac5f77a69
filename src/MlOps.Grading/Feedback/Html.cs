using System.Buffers;
using System.Text;

namespace MlOps.Grading.Feedback;

/// <summary>Text on its way into HTML.</summary>
internal static class Html
{
    private static readonly SearchValues<char> s_reserved = SearchValues.Create("&<>\"'");

    /// <summary>Cleans text (<see cref="PlainText.Clean"/>) and encodes it for element content and attribute values.</summary>
    internal static string Encode(string text)
    {
        text = PlainText.Clean(text);
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
                _ => html.Append(c),
            };
        }

        return html.ToString();
    }
}
