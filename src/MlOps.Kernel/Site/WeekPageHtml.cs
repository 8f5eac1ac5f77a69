using System.Globalization;
using System.Text;

namespace MlOps.Kernel.Site;

/// <summary>The whole page of a week or of a text.</summary>
internal static class WeekPageHtml
{
    internal static string Render(WeekPage page, WeekPage? previous, WeekPage? next, IReadOnlyDictionary<string, string> slugs, SiteOptions options)
    {
        string content = page.Content(slugs);
        return SiteTemplate.Fill("page.html", new Dictionary<string, string>
        {
            ["language"] = HtmlText.Encode(options.Language),
            ["course"] = HtmlText.Encode(options.CourseTitle),
            ["title-text"] = HtmlText.Encode(page.Label is { } label ? $"{label}: {page.Title}" : page.Title),
            ["slug"] = HtmlText.Encode(page.Page.Slug),
            ["kind"] = page.IsDocument ? "text" : "lesson",
            ["label"] = page.Label is null ? string.Empty : $"<p class=\"eyebrow\">{page.Label}</p>",
            ["title"] = page.TitleHtml,
            ["facts"] = Facts(page, options),
            ["failed"] = page.Page.Succeeded ? string.Empty : "<p class=\"notice\" role=\"note\"><strong>The last run of this notebook did not reach its end.</strong> Outputs below the error are missing or old.</p>",
            ["toc"] = Contents(page.Outline),
            ["content"] = content,
            ["neighbours-top"] = Nav("Weeks", null, Neighbours(previous, next, brief: true)),
            ["neighbours"] = Nav("Previous and next week", "neighbours", Neighbours(previous, next, brief: false)),
        });
    }

    private static string Facts(WeekPage page, SiteOptions options)
    {
        if (page.IsDocument)
        {
            return string.Empty;
        }

        int cells = page.Page.Notebook.Cells.Count(cell => cell.Kind == Notebooks.CellKind.Code);
        CourseWeek? week = options.Weeks.FirstOrDefault(week => week.Number == page.Number && week.ExercisePage is not null);
        string[] facts =
        [
            .. page.Brief.Duration is { } time ? [HtmlText.Encode(time)] : Array.Empty<string>(),
            .. cells > 0 ? [Counted(cells, "code cell")] : Array.Empty<string>(),
            .. page.Charts > 0 ? [Counted(page.Charts, "chart")] : Array.Empty<string>(),
            .. week is null ? Array.Empty<string>() : [$"<a href=\"{HtmlText.Encode(week.ExercisePage!)}.html\">{Counted(week.Exercises.Count, "exercise")}</a>"],
            $"<a href=\"{HtmlText.Encode(page.Page.Slug)}.ipynb\" download>Download the notebook</a>",
        ];
        return $"<ul class=\"facts\">{string.Concat(facts.Select(fact => $"<li>{fact}</li>"))}</ul>";
    }

    /// <summary>A landmark without a link would only be one more stop for a screen reader.</summary>
    private static string Nav(string label, string? kind, string links) =>
        links.Length == 0 ? string.Empty : $"<nav{(kind is null ? string.Empty : $" class=\"{kind}\"")} aria-label=\"{label}\">{links}</nav>";

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
