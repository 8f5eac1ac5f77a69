using System.Text;
using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>A check as a self-contained HTML fragment.</summary>
internal static class CheckHtml
{
    internal static string Write(CheckReport report)
    {
        if (report.Exercises.Count == 0)
        {
            return "<p>There is no exercise to check.</p>";
        }

        var html = new StringBuilder("<div style=\"color:inherit;line-height:1.45;max-width:52em\">\n");
        foreach (CheckedExercise item in report.Exercises)
        {
            Write(html, item, report.Options);
        }

        if (report.Exercises.Count > 1)
        {
            html.Append($"<p{Look.Notebook.As("title")}>{Html.Encode(Wording.Overall(report))}</p>\n");
        }

        return html.Append("</div>").ToString();
    }

    private static void Write(StringBuilder html, CheckedExercise item, CheckOptions options)
    {
        Look look = Look.Notebook;
        html.Append($"<div{look.As("exercise")}>\n<p{look.As("title")}>{item.Exercise.Id} · {Html.Encode(item.Exercise.Title)} <span{look.As("worth")}>· {Wording.PointsOf(item)}</span></p>\n");
        ExerciseHtml.Problems(html, item.Exercise, item.Result, look);
        if (item.Result.Status == ExerciseStatus.NotAttempted)
        {
            html.Append($"<div{look.As("statement")}>{CourseText.ToHtml(item.Exercise.Statement)}</div>\n");
        }

        ExerciseHtml.Tests(html, item.Result, look);
        if (Wording.Later(item) is { } later)
        {
            html.Append($"<p{look.As("later")}>{later}</p>\n");
        }

        Hints(html, item, options, look);
        html.Append("</div>\n");
    }

    private static void Hints(StringBuilder html, CheckedExercise item, CheckOptions options, Look look)
    {
        for (int i = 0; i < (options.ShowHints ? item.HintsOpened : 0); i++)
        {
            html.Append($"<div{look.As("hint")}><b>{Wording.HintName(item, i)}.</b> {CourseText.ToInlineHtml(item.Exercise.Hints[i])}</div>\n");
        }

        bool allShown = options.ShowHints && item.HintsOpened == item.Exercise.Hints.Count;
        if (Wording.HintsLeft(item) is { } left && !allShown)
        {
            html.Append($"<p{look.As("later")}>{left} <code>{Html.Encode(Wording.HintCommand(item, options))}</code></p>\n");
        }
    }
}
