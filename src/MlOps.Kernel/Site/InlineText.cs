using System.Text;
using Markdig.Extensions.Mathematics;
using Markdig.Syntax.Inlines;

namespace MlOps.Kernel.Site;

/// <summary>Markdown inlines as one line of text: for titles, the table of contents and the index, where links and emphasis have no place.</summary>
internal static class InlineText
{
    /// <summary>Returns the words alone; mathematics as it was typed, without its dollars.</summary>
    internal static string Plain(ContainerInline? inlines) => Collect(inlines, math => math, text => text);

    /// <summary>Returns the words as HTML in which mathematics is marked for rendering.</summary>
    internal static string Html(ContainerInline? inlines) =>
        Collect(inlines, math => $"<span class=\"math\">{HtmlText.Encode(math)}</span>", HtmlText.Encode);

    private static string Collect(ContainerInline? inlines, Func<string, string> math, Func<string, string> words)
    {
        var text = new StringBuilder();
        foreach (Inline inline in inlines?.FindDescendants<Inline>() ?? [])
        {
            _ = inline switch
            {
                LiteralInline literal => text.Append(words(literal.Content.ToString())),
                CodeInline code => text.Append(words(code.Content)),
                MathInline formula => text.Append(math(formula.Content.ToString())),
                HtmlEntityInline entity => text.Append(words(entity.Transcoded.ToString())),
                AutolinkInline link => text.Append(words(link.Url)),
                LineBreakInline => text.Append(' '),
                _ => text,
            };
        }

        return text.ToString().Trim();
    }
}
