using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MlOps.Kernel.Site;

/// <summary>The overview: what the course is, every week, written or planned, with its exercises, and the guides.</summary>
internal static class IndexHtml
{
    private const string SelfCheck = "Check yourself";

    internal static string Render(IReadOnlyList<WeekPage> pages, IReadOnlyList<WeekPage> documents, SiteOptions options) => SiteTemplate.Fill("index.html", new Dictionary<string, string>
    {
        ["language"] = HtmlText.Encode(options.Language),
        ["course"] = HtmlText.Encode(options.CourseTitle),
        ["summary"] = HtmlText.Encode(options.Summary),
        ["start"] = pages.Count == 0 ? string.Empty : $"<p class=\"start\"><a href=\"{HtmlText.Encode(pages[0].Page.Slug)}.html\">Start with {HtmlText.Encode(pages[0].Label is { } label ? label.ToLowerInvariant() : pages[0].Title)}</a></p>",
        ["introduction"] = Introduction(options.Introduction),
        ["weeks"] = Weeks(pages, documents, options.Weeks),
        ["guides"] = Guides(documents, options.Weeks),
    });

    private static string Introduction(string markdown) =>
        markdown.Length == 0 ? string.Empty : $"<div class=\"prose introduction\">\n{LessonMarkdown.ToHtml(LessonMarkdown.Parse(markdown), "introduction")}</div>";

    private static string Weeks(IReadOnlyList<WeekPage> pages, IReadOnlyList<WeekPage> documents, IReadOnlyList<CourseWeek> plan)
    {
        var written = pages.Where(page => page.Number is not null).Select(page => page.Number!.Value).ToHashSet();
        var html = new StringBuilder();
        foreach ((int? _, string item) in pages.Select(page => (page.Number, Item: Written(page, documents, plan.FirstOrDefault(week => week.Number == page.Number))))
            .Concat(plan.Where(week => !written.Contains(week.Number)).Select(week => ((int?)week.Number, Item: Planned(week))))
            .OrderBy(entry => entry.Item1 ?? int.MaxValue)) // pages that are no week come last, in the order of their slugs
        {
            html.Append(item);
        }

        return html.ToString();
    }

    private static string Written(WeekPage page, IReadOnlyList<WeekPage> documents, CourseWeek? plan)
    {
        IReadOnlyList<CourseExercise> exercises = plan?.Exercises ?? [];
        string[] facts =
        [
            .. page.Brief.Duration is { } time ? [$"<li>{HtmlText.Encode(time)}</li>"] : Array.Empty<string>(),
            .. page.Charts > 0 ? [$"<li>{Counted(page.Charts, "chart")}</li>"] : Array.Empty<string>(),
            .. exercises.Count > 0 ? [$"<li>{Counted(exercises.Count, "exercise")}</li>"] : Array.Empty<string>(),
            .. page.Page.Succeeded ? Array.Empty<string>() : ["<li class=\"failed\">last run failed</li>"],
        ];
        string summary = page.Brief.Summary is { } text ? $"<p>{HtmlText.Encode(text)}</p>\n" : string.Empty;
        string objectives = page.Brief.Objectives.Count == 0
            ? string.Empty
            : $"<details>\n<summary>You will be able to<span class=\"hidden\"> (week {page.Number})</span></summary>\n<ul class=\"objectives\">\n{string.Concat(page.Brief.Objectives.Select(objective => $"<li>{HtmlText.Encode(objective)}</li>\n"))}</ul>\n</details>\n";
        string sections = JsonSerializer.Serialize(page.Outline.Where(entry => entry.Level == 2).Select(entry => entry.Id));
        bool selfCheck = page.Outline.Any(entry => entry.Html.Equals(SelfCheck, StringComparison.OrdinalIgnoreCase));
        return $"""
            <li class="week" data-page="{HtmlText.Encode(page.Page.Slug)}" data-sections="{HtmlText.Encode(sections)}"{(selfCheck ? " data-self-check" : string.Empty)}>
            {Number(page.Number)}<div>
            <h3><a href="{HtmlText.Encode(page.Page.Slug)}.html">{page.TitleHtml}</a></h3>
            {(facts.Length > 0 ? $"<ul class=\"facts\">{string.Concat(facts)}</ul>\n" : string.Empty)}{summary}{objectives}{Exercises(exercises, documents.FirstOrDefault(document => document.Page.Slug == plan?.ExercisePage), page.Number)}</div>
            </li>

            """.ReplaceLineEndings("\n");
    }

    private static string Exercises(IReadOnlyList<CourseExercise> exercises, WeekPage? statements, int? week)
    {
        if (exercises.Count == 0)
        {
            return string.Empty;
        }

        var html = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"<details>\n<summary>Exercises<span class=\"hidden\"> of week {week}</span>, {Counted(exercises.Sum(exercise => exercise.Points), "point")}</summary>\n<ul class=\"exercises\">\n"));
        foreach (CourseExercise exercise in exercises)
        {
            string name = $"<span class=\"exercise-id\">{HtmlText.Encode(exercise.Id)}</span> {HtmlText.Encode(exercise.Title)}";
            string? anchor = statements?.Outline.FirstOrDefault(entry => entry.Html.StartsWith(HtmlText.Encode(exercise.Id) + " ", StringComparison.Ordinal))?.Id;
            string link = statements is null ? name : $"<a href=\"{HtmlText.Encode(statements.Page.Slug)}.html{(anchor is null ? string.Empty : "#" + HtmlText.Encode(anchor))}\">{name}</a>";
            html.Append($"<li data-exercise=\"{HtmlText.Encode(exercise.Id)}\">{link} <span class=\"points\">{Counted(exercise.Points, "point")}</span></li>\n");
        }

        return html.Append("</ul>\n</details>\n").ToString();
    }

    private static string Planned(CourseWeek week) => $"""
        <li class="week planned">
        {Number(week.Number)}<div>
        <h3>{HtmlText.Encode(week.Title)}</h3>
        <ul class="facts"><li>not written yet</li></ul>
        </div>
        </li>

        """.ReplaceLineEndings("\n");

    private static string Guides(IReadOnlyList<WeekPage> documents, IReadOnlyList<CourseWeek> plan)
    {
        WeekPage[] guides = [.. documents.Where(document => plan.All(week => week.ExercisePage != document.Page.Slug))];
        return guides.Length == 0
            ? string.Empty
            : $"<h2 id=\"guides\">Guides</h2>\n<ul class=\"guides\">\n{string.Concat(guides.Select(guide => $"<li><a href=\"{HtmlText.Encode(guide.Page.Slug)}.html\">{guide.TitleHtml}</a></li>\n"))}</ul>\n";
    }

    private static string Number(int? number) => number is null
        ? "<span class=\"week-number\"></span>"
        : string.Create(CultureInfo.InvariantCulture, $"<span class=\"week-number\"><span class=\"hidden\">Week </span>{number}</span>");

    private static string Counted(double count, string what) => FormattableString.Invariant($"{count:0.##} {what}{(count == 1 ? string.Empty : "s")}");
}
