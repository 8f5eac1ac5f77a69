using System.Text;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace MlOps.Kernel.Site;

/// <summary>
/// Puts what gives the answer to a prompt, a quotation that begins with <c>**Predict before you run.**</c>, into an element of its
/// own, which predict.js covers until the reader has predicted.
/// </summary>
/// <remarks>
/// That is: the code cells that follow, for a chart's title tells in the code what it shows, and the first text after them up to its
/// next heading or prompt. Without JavaScript and on paper nothing is covered.
/// </remarks>
/// <param name="html">The page so far.</param>
internal sealed class Prediction(StringBuilder html)
{
    private const string Begin = "Predict before you run";

    private string? _asked;
    private bool _open;

    /// <summary>Cuts a text where an answer ends, and opens and closes the answer's element between the parts that the caller appends.</summary>
    internal IEnumerable<IReadOnlyList<Block>> PartsOf(MarkdownDocument text, string cell)
    {
        var part = new List<Block>();
        if (_asked is not null && text.FirstOrDefault() is { } first && !Ends(first))
        {
            Open();
        }

        string? asked = null;
        int prompts = 0;
        foreach (Block block in text)
        {
            if (_open && Ends(block))
            {
                yield return part;
                part = [];
                End();
            }

            if (IsPrompt(block))
            {
                asked = FormattableString.Invariant($"predict-{cell}{(++prompts == 1 ? string.Empty : "-" + prompts)}");
                HtmlAttributes attributes = block.GetAttributes();
                attributes.AddClass("predict");
                attributes.Id = asked;
            }
            else if (block is HeadingBlock)
            {
                asked = null; // a heading later in the same text: what follows is another matter
            }

            part.Add(block);
        }

        yield return part;
        End();
        _asked = asked;
    }

    /// <summary>A code cell follows: with a prompt before it, it is the first part of the answer.</summary>
    internal void BeforeCode()
    {
        if (_asked is not null)
        {
            Open();
        }
    }

    /// <summary>The answer ends here, if one is open.</summary>
    internal void End()
    {
        _asked = null;
        if (_open)
        {
            html.Append("</div>\n");
            _open = false;
        }
    }

    private void Open()
    {
        html.Append($"<div class=\"answer\" id=\"{HtmlText.Encode(_asked!)}-answer\" data-prompt=\"{HtmlText.Encode(_asked!)}\">\n");
        (_asked, _open) = (null, true);
    }

    private static bool Ends(Block block) => block is HeadingBlock || IsPrompt(block);

    private static bool IsPrompt(Block block) =>
        block is QuoteBlock quote && quote.FirstOrDefault() is ParagraphBlock { Inline.FirstChild: EmphasisInline words }
        && InlineText.Plain(words).StartsWith(Begin, StringComparison.OrdinalIgnoreCase);
}
