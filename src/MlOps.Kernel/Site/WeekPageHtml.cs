using System.Globalization;
using System.Text;

namespace MlOps.Kernel.Site;

/// <summary>A week's whole page.</summary>
internal static class WeekPageHtml
{
    internal static string Render(WeekPage page, WeekPage? previous, WeekPage? next, IReadOnlySet<string> slugs, SiteOptions options)
    {
        string content = page.Content(slugs);
        return SiteTemplate.Fill("page.html", new Dictionary<string, string>
        {
            ["language"] = HtmlText.Encode(options.Language),
            ["course"] = HtmlText.Encode(options.CourseTitle),
            ["title-text"] = HtmlText.Encode(page.Label is { } label ? $"{label}: {page.Title}" : page.Title),
            ["label"] = page.Label is null ? string.Empty : $"<p class=\"eyebrow\">{page.Label}</p>",
            ["title"] = page.TitleHtml,
            ["facts"] = Facts(page),
            ["failed"] = page.Page.Succeeded ? string.Empty : "<p class=\"notice\" role=\"note\"><strong>The last run of this notebook did not reach its end.</strong> Outputs below the error are missing or old.</p>",
            ["toc"] = Contents(page.Outline),
            ["content"] = content,
            ["neighbours-top"] = Neighbours(previous, next, brief: true),
            ["neighbours"] = Neighbours(previous, next, brief: false),
        });
    }

    private static string Facts(WeekPage page)
    {
        int cells = page.Page.Notebook.Cells.Count(cell => cell.Kind == Notebooks.CellKind.Code);
        string[] facts =
        [
            .. cells > 0 ? [Counted(cells, "code cell")] : Array.Empty<string>(),
            .. page.Charts > 0 ? [Counted(page.Charts, "chart")] : Array.Empty<string>(),
            $"<a href=\"{HtmlText.Encode(page.Page.Slug)}.ipynb\" download>Download the notebook</a>",
        ];
        return string.Concat(facts.Select(fact => $"<li>{fact}</li>"));
    }

    private static string Counted(int count, string what) => FormattableString.Invariant($"{count} {what}{(count == 1 ? string.Empty : "s")}");

    private static string Contents(IReadOnlyList<OutlineEntry> outline)
    {
        if (outline.Count == 0)
        {
            return string.Empty;
        }

        var html = new StringBuilder("<nav class=\"toc\" id=\"toc\" aria-label=\"On this page\">\n<details>\n<summary>On this page</summary>\n<ol>\n");
        foreach (OutlineEntry entry in outline)
        {
            html.Append($"<li class=\"level-{entry.Level}\"><a href=\"#{HtmlText.Encode(entry.Id)}\">{entry.Html}</a></li>\n");
        }

        return html.Append("</ol>\n</details>\n</nav>").ToString();
    }

    private static string Neighbours(WeekPage? previous, WeekPage? next, bool brief) =>
        Neighbour(previous, "prev", "Previous", brief) + Neighbour(next, "next", "Next", brief);

    private static string Neighbour(WeekPage? page, string rel, string direction, bool brief) => page is null
        ? string.Empty
        : brief
            ? $"<a class=\"{rel}\" rel=\"{rel}\" href=\"{HtmlText.Encode(page.Page.Slug)}.html\"><span class=\"direction\">{direction}: </span>{ShortName(page)}</a>"
            : $"<a class=\"{rel}\" rel=\"{rel}\" href=\"{HtmlText.Encode(page.Page.Slug)}.html\"><span class=\"direction\">{direction}{(page.Label is { } label ? " · " + label : string.Empty)}</span> <span class=\"name\">{page.TitleHtml}</span></a>";

    /// <summary>On a phone the stylesheet takes the word away and leaves the number.</summary>
    private static string ShortName(WeekPage page) => page.Number is { } number
        ? string.Create(CultureInfo.InvariantCulture, $"<span class=\"word\">Week</span>{number}")
        : HtmlText.Encode(page.Title);
}
