using System.Globalization;
using System.Text;

namespace MlOps.Kernel.Site;

/// <summary>The front page: every week, written or planned.</summary>
internal static class IndexHtml
{
    internal static string Render(IReadOnlyList<WeekPage> pages, SiteOptions options) => SiteTemplate.Fill("index.html", new Dictionary<string, string>
    {
        ["language"] = HtmlText.Encode(options.Language),
        ["course"] = HtmlText.Encode(options.CourseTitle),
        ["summary"] = HtmlText.Encode(options.Summary),
        ["start"] = pages.Count == 0 ? string.Empty : $"<p class=\"start\"><a href=\"{HtmlText.Encode(pages[0].Page.Slug)}.html\">Start with {HtmlText.Encode(pages[0].Label is { } label ? label.ToLowerInvariant() : pages[0].Title)}</a></p>",
        ["weeks"] = Weeks(pages, options.Weeks),
    });

    private static string Weeks(IReadOnlyList<WeekPage> pages, IReadOnlyList<CourseWeek> plan)
    {
        var written = pages.Where(page => page.Number is not null).Select(page => page.Number!.Value).ToHashSet();
        var html = new StringBuilder();
        foreach ((int? _, string item) in pages.Select(page => (page.Number, Item: Written(page)))
            .Concat(plan.Where(week => !written.Contains(week.Number)).Select(week => ((int?)week.Number, Item: Planned(week))))
            .OrderBy(entry => entry.Item1 ?? int.MaxValue)) // pages that are no week come last, in the order of their slugs
        {
            html.Append(item);
        }

        return html.ToString();
    }

    private static string Written(WeekPage page)
    {
        string duration = page.Brief.Duration is { } time ? $"<li>{HtmlText.Encode(time)}</li>" : string.Empty;
        string charts = page.Charts > 0 ? string.Create(CultureInfo.InvariantCulture, $"<li>{page.Charts} chart{(page.Charts == 1 ? string.Empty : "s")}</li>") : string.Empty;
        string failed = page.Page.Succeeded ? string.Empty : "<li class=\"failed\">last run failed</li>";
        string facts = duration + charts + failed;
        string summary = page.Brief.Summary is { } text ? $"<p>{HtmlText.Encode(text)}</p>\n" : string.Empty;
        string objectives = page.Brief.Objectives.Count == 0
            ? string.Empty
            : $"<ul class=\"objectives\">\n{string.Concat(page.Brief.Objectives.Select(objective => $"<li>{HtmlText.Encode(objective)}</li>\n"))}</ul>\n";
        return $"""
            <li class="week">
            {Number(page.Number)}<div>
            <h3><a href="{HtmlText.Encode(page.Page.Slug)}.html">{page.TitleHtml}</a></h3>
            {(facts.Length > 0 ? $"<ul class=\"facts\">{facts}</ul>\n" : string.Empty)}{summary}{objectives}</div>
            </li>

            """.ReplaceLineEndings("\n");
    }

    private static string Planned(CourseWeek week) => $"""
        <li class="week planned">
        {Number(week.Number)}<div>
        <h3>{HtmlText.Encode(week.Title)}</h3>
        <ul class="facts"><li>not written yet</li></ul>
        </div>
        </li>

        """.ReplaceLineEndings("\n");

    private static string Number(int? number) => number is null
        ? "<span class=\"week-number\"></span>"
        : string.Create(CultureInfo.InvariantCulture, $"<span class=\"week-number\"><span class=\"hidden\">Week </span>{number}</span>");
}
