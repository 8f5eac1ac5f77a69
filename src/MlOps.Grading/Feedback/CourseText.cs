using System.Text.RegularExpressions;
using Markdig;

namespace MlOps.Grading.Feedback;

/// <summary>Statements and hints: Markdown with tables and mathematics, which is shown as it was typed: these pages have no script that could set it. Raw HTML in it is shown, not obeyed.</summary>
internal static partial class CourseText
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseMathematics().DisableHtml().DisableHeadings().Build();

    internal static string ToHtml(string markdown)
    {
        string html = Markdown.ToHtml(PlainText.Clean(markdown, int.MaxValue), s_pipeline);
        html = HeaderCell().Replace(html, "<th scope=\"col\"");
        return Formula().Replace(html, "<code class=\"math\">$1</code>").Trim();
    }

    /// <summary>Without the paragraph around it, where it is a single one.</summary>
    internal static string ToInlineHtml(string markdown)
    {
        string html = ToHtml(markdown);
        return html.StartsWith("<p>", StringComparison.Ordinal) && html.LastIndexOf("<p>", StringComparison.Ordinal) == 0 && html.EndsWith("</p>", StringComparison.Ordinal)
            ? html[3..^4]
            : html;
    }

    [GeneratedRegex("<th(?=[ >])")]
    private static partial Regex HeaderCell();

    [GeneratedRegex(@"<(?:span|div) class=""math"">\s*\\[([]\s*(.*?)\s*\\[)\]]\s*</(?:span|div)>", RegexOptions.Singleline)]
    private static partial Regex Formula();
}
