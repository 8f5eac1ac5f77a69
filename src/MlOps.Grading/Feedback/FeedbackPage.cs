using System.Globalization;
using System.Text;
using MlOps.Grading.Exercises;
using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>The page a student gets back: results of all graded weeks, comments, and what to read again.</summary>
/// <remarks>
/// Holds nothing of other students, no test code and no solution. Of a held-back test it says whether it passed and the text meant for
/// students, nothing else. What the instructor should know of a submission (<see cref="SubmissionResult.Notes"/>) is left out.
/// </remarks>
public static class FeedbackPage
{
    /// <summary>Writes one page as self-contained HTML, without script.</summary>
    /// <param name="grades">The student's weeks.</param>
    /// <param name="course">The course's name, shown above the title.</param>
    public static string ToHtml(StudentGrades grades, string course = "MLOps")
    {
        ArgumentNullException.ThrowIfNull(grades);
        ArgumentNullException.ThrowIfNull(course);
        string title = $"Feedback for {PlainText.Line(grades.Student)}";
        var html = new StringBuilder();
        html.Append($"<header>\n<p class=\"eyebrow\">{Html.Encode(course)}</p>\n<h1>{Html.Encode(title)}</h1>\n");
        html.Append(grades.Weeks.Count == 0
            ? "<p class=\"lead\">No week is graded yet.</p>\n</header>\n"
            : $"<p class=\"lead\">{Amount.Points(grades.Points, grades.Max)} in {Amount.Count(grades.Weeks.Count(week => !week.Dropped), "week")}.</p>\n</header>\n");
        if (grades.Weeks.Count > 1)
        {
            Overview(html, grades);
        }

        foreach (WeekGrade week in grades.Weeks)
        {
            Week(html, week);
        }

        return PageFrame.Write(title, html.ToString().TrimEnd());
    }

    private static void Overview(StringBuilder html, StudentGrades grades)
    {
        html.Append("<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Week</th><th scope=\"col\" class=\"number\">Earned</th><th scope=\"col\" class=\"number\">Days late</th><th scope=\"col\" class=\"number\">Penalty</th><th scope=\"col\" class=\"number\">Points</th></tr></thead>\n<tbody>\n");
        foreach (WeekGrade week in grades.Weeks)
        {
            html.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\"><a href=\"#week-{week.Week.Number}\">{week.Week.Number} · {Html.Encode(week.Week.Title)}</a></th><td class=\"number\">{Amount.Of(week.Earned)}</td><td class=\"number\">{Amount.Of(week.LateDays)}</td><td class=\"number\">{Amount.Of(-week.Penalty)}</td><td class=\"number\">{Amount.Of(week.Points)} of {Amount.Of(week.Week.Points)}{(week.Dropped ? ", dropped" : string.Empty)}</td></tr>\n");
        }

        html.Append("</tbody>\n</table></div>\n");
    }

    private static void Week(StringBuilder html, WeekGrade week)
    {
        html.Append(CultureInfo.InvariantCulture, $"<section>\n<h2 id=\"week-{week.Week.Number}\">Week {week.Week.Number} · {Html.Encode(week.Week.Title)}</h2>\n<p class=\"sum\">{Sum(week)}</p>\n");
        foreach (Exercise exercise in week.Week.Exercises)
        {
            Write(html, week, exercise);
        }

        html.Append("</section>\n");
    }

    private static string Sum(WeekGrade week)
    {
        string days = Amount.Of(week.LateDays) == "1" ? "1 day" : $"{Amount.Of(week.LateDays)} days";
        string late = week.LateDays > 0 ? $" Handed in {days} late: " : " Penalty: ";
        string taken = week.Penalty > 0 ? $"{late}{Amount.Points(week.Penalty)} taken off {Amount.Of(week.Earned)}."
            : week.LateDays > 0 ? $"{late}no points taken off."
            : string.Empty;
        bool waits = week.Week.Exercises.Any(week.AwaitsMarks);
        return $"<strong>{Amount.Points(week.Points, week.Week.Points)}.</strong>{taken}{(waits ? " An essay still waits for marks." : string.Empty)}{(week.Dropped ? " As one of your lowest, this week does not count towards the total." : string.Empty)}";
    }

    private static void Write(StringBuilder html, WeekGrade week, Exercise exercise)
    {
        ExerciseResult result = week.ResultOf(exercise);
        InstructorMark? mark = week.MarkOf(exercise);
        bool waits = week.AwaitsMarks(exercise);
        string points = waits ? $"up to {Amount.Points(result.Max)}" : Amount.Points(week.PointsOf(exercise), result.Max);
        html.Append($"<article class=\"exercise\">\n<h3>{exercise.Id} · {Html.Encode(exercise.Title)} <span class=\"worth\">{points}</span></h3>\n");
        ExerciseHtml.Problems(html, exercise, waits || result.Status != ExerciseStatus.AwaitsMarks ? result : result with { Status = ExerciseStatus.Graded }, Look.Page);
        ExerciseHtml.Tests(html, result, Look.Page);
        if (mark is not null)
        {
            Mark(html, mark, result);
        }

        html.Append(CultureInfo.InvariantCulture, $"<details><summary>What was asked, and where to read again</summary>\n<dl class=\"source\"><dt>Objective</dt><dd>{CourseText.ToInlineHtml(exercise.Objective)}</dd><dt>Read again</dt><dd>“{Html.Encode(exercise.Section)}” in the notebook of week {week.Week.Number}</dd><dt>File</dt><dd><code>{Html.Encode(Wording.PathOf(exercise))}</code></dd></dl>\n<div class=\"statement\">{CourseText.ToHtml(exercise.Statement)}</div>\n</details>\n</article>\n");
    }

    private static void Mark(StringBuilder html, InstructorMark mark, ExerciseResult result)
    {
        html.Append("<div class=\"marks\">\n<h4>From your instructor</h4>\n");
        if (mark.Points is { } points && result.Tests.Any(test => test.Points > 0))
        {
            html.Append($"<p>{Amount.Points(points)}, in place of the {Amount.Of(result.Points)} from tests.</p>\n");
        }

        if (mark.Criteria.Count > 0)
        {
            html.Append("<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">Criterion</th><th scope=\"col\" class=\"number\">Points</th><th scope=\"col\">Comment</th></tr></thead>\n<tbody>\n");
            foreach (CriterionMark row in mark.Criteria)
            {
                html.Append($"<tr><th scope=\"row\">{Html.Encode(row.Criterion)}</th><td class=\"number\">{(row.Points is { } given ? Amount.Of(given) : "–")} of {Amount.Of(row.Max)}</td><td>{Html.Encode(row.Comment)}</td></tr>\n");
            }

            html.Append("</tbody>\n</table></div>\n");
        }

        foreach (string paragraph in mark.Comment.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            html.Append($"<p>{Html.Encode(paragraph)}</p>\n");
        }

        html.Append("</div>\n");
    }
}
