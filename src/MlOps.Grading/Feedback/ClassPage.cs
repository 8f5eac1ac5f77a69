using System.Globalization;
using System.Text;
using MlOps.Charts;
using MlOps.Grading.Exercises;
using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>The class report as a page.</summary>
internal static class ClassPage
{
    private const int MostFailures = 15;

    internal static string Write(ClassReport report)
    {
        var html = new StringBuilder();
        int submissions = report.Students.Sum(student => student.Weeks.Count(week => week.HandedIn));
        html.Append($"<header>\n<p class=\"eyebrow\">Class report · for instructors only</p>\n<h1>{Html.Encode(report.Title)}</h1>\n");
        html.Append($"<p class=\"lead\">{Amount.Count(submissions, "submission")} from {Amount.Count(report.Totals.Count, "student")} of {Amount.Of(report.Students.Count)}.</p>\n</header>\n");
        Caution(html, report);
        OpenMatters(html, report);
        Totals(html, report);
        Exercises(html, report);
        Statuses(html, report);
        Failures(html, report);
        SimilarityHtml.Write(html, report);
        return PageFrame.Write(report.Title, html.ToString().TrimEnd(), wide: true);
    }

    private static void Caution(StringBuilder html, ClassReport report)
    {
        int n = report.Totals.Count;
        (double low, double high) = ItemStatistics.Interval(0.3, n);
        string smallSample = n < 4
            ? $"{Amount.Count(n, "student")} who handed in are too few for any statement about exercises."
            : $"With {Amount.Of(n)} students, an observed correlation of 0.30 goes with true values from about {Amount.Signed(low)} to {Amount.Signed(high)}. Small differences between exercises mean nothing.";
        html.Append($"""
            <section class="notice" aria-labelledby="caution">
            <h2 id="caution">What this page cannot say</h2>
            <ul>
            <li>{smallSample}</li>
            <li>A low correlation is a reason to read an exercise again: it can be unclear, too easy, or about something else. It does not say that it is bad.</li>
            <li>Similar code is not proof of copying. Short tasks have few solutions, and people learn from the same examples. Read both files and talk to both students first.</li>
            </ul>
            </section>

            """.ReplaceLineEndings("\n"));
    }

    private static void OpenMatters(StringBuilder html, ClassReport report)
    {
        html.Append("<section>\n<h2>What needs a person</h2>\n");
        IReadOnlyList<OpenMatter> matters = OpenMatter.Of(report);
        if (matters.Count == 0)
        {
            html.Append("<p>Nothing: every file could be read and no essay waits for marks.</p>\n</section>\n");
            return;
        }

        Table(html, [("Where", false), ("What", false), ("Students", false)], matters.Select(matter =>
            new[] { Html.Encode(matter.Where), Html.Encode(matter.What), Html.Encode(string.Join(", ", matter.Students.Select(PlainText.Line))) }));
        html.Append("</section>\n");
    }

    private static void Totals(StringBuilder html, ClassReport report)
    {
        html.Append("<section>\n<h2>Totals</h2>\n");
        double[] sorted = [.. report.Totals.Order()];
        if (sorted.Length == 0)
        {
            html.Append("<p>Nobody handed in.</p>\n</section>\n");
            return;
        }

        html.Append($"<p>Of {Amount.Points(report.Max)}: lowest {Amount.Percent(sorted[0])}, median {Amount.Percent(ClassFigures.Median(sorted))}, mean {Amount.Percent(sorted.Average())}, highest {Amount.Percent(sorted[^1])}. After penalties; a week without a submission counts 0.</p>\n");
        Draw(html, sorted.Length < ClassFigures.FewestStudents ? null : ClassFigures.Totals(sorted));
        html.Append("</section>\n");
    }

    private static void Exercises(StringBuilder html, ClassReport report)
    {
        html.Append("<section>\n<h2>Exercises</h2>\n<p><strong>Share of points</strong> is the mean over those who handed in the week: high is easy. <strong>Discrimination</strong> is the correlation of an exercise’s points with the points in all other exercises of its week; – where there are fewer than 3 students or nothing varies.</p>\n");
        Draw(html, ClassFigures.Difficulty(report));
        Draw(html, ClassFigures.Discrimination(report));
        Dictionary<string, ItemStatistics> statistics = report.Exercises.ToDictionary(item => item.Exercise);
        (string Name, bool Number)[] columns = [("Exercise", false), ("Points", true), ("Students", true), ("Share of points", true), ("Discrimination", true), ("About 95 %", true)];
        Table(html, columns, report.Weeks.SelectMany(week => week.Exercises).Select(exercise => Row(exercise, statistics.GetValueOrDefault(exercise.Id))));
        if (report.Weeks.Sum(week => week.Exercises.Count) > statistics.Count)
        {
            html.Append("<p class=\"muted\">Exercises that still wait for someone’s marks have no statistics.</p>\n");
        }

        html.Append("</section>\n");
    }

    private static string[] Row(Exercise exercise, ItemStatistics? item)
    {
        string name = $"{exercise.Id} · {Html.Encode(exercise.Title)}";
        string interval = item is null || double.IsNaN(item.Low) ? "–" : $"{Amount.Signed(item.Low)} to {Amount.Signed(item.High)}";
        return item is null
            ? [name, Amount.Of(exercise.Points), "–", "–", "–", "–"]
            : [name, Amount.Of(exercise.Points), Amount.Of(item.Students), Amount.Percent(item.MeanShare), Amount.Signed(item.Discrimination), interval];
    }

    private static void Statuses(StringBuilder html, ClassReport report)
    {
        html.Append("<section>\n<h2>What became of the exercises</h2>\n");
        Draw(html, report.Totals.Count < ClassFigures.FewestStudents ? null : ClassFigures.Statuses(report));
        ExerciseStatus[] statuses = [.. report.Weeks.SelectMany(week => week.Exercises.SelectMany(exercise => report.Statuses(week, exercise))).Distinct().Order()];
        (string, bool)[] columns = [("Exercise", false), .. statuses.Select(status => (Wording.OfStatus(status), true))];
        Table(html, columns, from week in report.Weeks
                             from exercise in week.Exercises
                             let all = report.Statuses(week, exercise).ToArray()
                             select (string[])[exercise.Id, .. statuses.Select(status => Amount.Of(all.Count(s => s == status)))]);
        html.Append("</section>\n");
    }

    private static void Failures(StringBuilder html, ClassReport report)
    {
        html.Append("<section>\n<h2>What failed most</h2>\n");
        if (report.Failures.Count == 0)
        {
            html.Append("<p>No test that ran failed.</p>\n</section>\n");
            return;
        }

        Table(html, [("Test", false), ("Failed", true), ("Most got this message", false)], report.Failures.Take(MostFailures).Select(failure => new[]
        {
            $"{failure.Exercise} · {Html.Encode(failure.Title)}{(failure.HeldBack ? " <span class=\"tag\">held back</span>" : string.Empty)}",
            FormattableString.Invariant($"{failure.Students} of {failure.Ran}"),
            failure.Message is null ? "–" : Html.Encode(failure.Message),
        }));
        if (report.Failures.Count > MostFailures)
        {
            html.Append($"<p class=\"muted\">{Amount.Count(report.Failures.Count - MostFailures, "more test")} failed for someone.</p>\n");
        }

        html.Append("</section>\n");
    }

    private static void Draw(StringBuilder html, Figure? figure)
    {
        if (figure is not null)
        {
            html.Append($"<figure class=\"chart\">{figure.ToSvg().Trim()}</figure>\n");
        }
    }

    /// <summary>Cells are HTML; the first of each row is its head.</summary>
    private static void Table(StringBuilder html, IReadOnlyList<(string Name, bool Number)> columns, IEnumerable<string[]> rows)
    {
        html.Append("<div class=\"scroll\"><table>\n<thead><tr>");
        foreach ((string name, bool number) in columns)
        {
            html.Append($"<th scope=\"col\"{(number ? " class=\"number\"" : string.Empty)}>{name}</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        foreach (string[] row in rows)
        {
            html.Append($"<tr><th scope=\"row\">{row[0]}</th>");
            for (int i = 1; i < row.Length; i++)
            {
                html.Append(CultureInfo.InvariantCulture, $"<td{(columns[i].Number ? " class=\"number\"" : string.Empty)}>{row[i]}</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table></div>\n");
    }
}
