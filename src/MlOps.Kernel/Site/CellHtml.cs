using System.Text;
using Markdig.Syntax;
using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Site;

/// <summary>The cells of a notebook as HTML.</summary>
/// <param name="links">Rewrites links.</param>
/// <param name="outputs">Renders outputs.</param>
/// <param name="language">The highlighter's name for the language of the code cells.</param>
internal sealed class CellHtml(PageLinks links, OutputHtml outputs, string language)
{
    internal string Markdown(IEnumerable<Block> blocks, string scope)
    {
        string html = links.Rewrite(LessonMarkdown.ToHtml(blocks, HtmlText.Encode(scope)));
        return html.Length == 0 ? string.Empty : $"<div class=\"prose\">\n{html}</div>\n";
    }

    /// <summary>Renders a code cell and what it gave. A cell tagged <c>hide-input</c> has its code folded away, not left out.</summary>
    internal string Code(NotebookCell cell, int number)
    {
        string id = WeekPage.CellId(number);
        string code = $"<pre><code class=\"language-{HtmlText.Encode(language)}\">{HtmlText.Encode(cell.Source.TrimEnd('\n', '\r'))}</code></pre>";
        if (cell.Tags.Contains("hide-input", StringComparer.Ordinal))
        {
            code = $"<details><summary>Code of this cell</summary>{code}</details>";
        }

        var html = new StringBuilder()
            .Append($"<div class=\"cell\" id=\"{id}\" role=\"group\" aria-label=\"Code cell {number}\">\n")
            .Append($"<a class=\"cell-number\" href=\"#{id}\" aria-label=\"Link to code cell {number}\">{number}</a>\n")
            .Append($"<div class=\"cell-code\">{code}</div>\n");
        bool errorIntended = cell.Tags.Contains("raises-exception", StringComparer.Ordinal);
        string rendered = string.Concat(cell.Outputs.Select((output, i) => outputs.Render(output, FormattableString.Invariant($"{id}-{i}"), errorIntended)));
        return html.Append(rendered.Length == 0 ? string.Empty : $"<div class=\"cell-outputs\">\n{rendered}</div>\n").Append("</div>\n").ToString();
    }
}
