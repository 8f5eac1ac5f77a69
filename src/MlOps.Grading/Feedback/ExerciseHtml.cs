using System.Text;
using MlOps.Grading.Exercises;
using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>Problems and tests of an exercise as HTML, for pages and notebooks.</summary>
internal static class ExerciseHtml
{
    internal static void Problems(StringBuilder html, Exercise exercise, ExerciseResult result, Look look)
    {
        if (Wording.OfStatus(exercise, result.Status) is { } status)
        {
            html.Append($"<p{look.As("status")}>{Html.Encode(status)}</p>\n");
        }

        if (result.Problems.Count > 0)
        {
            html.Append($"<ul{look.As("problems")}>");
            foreach (string problem in result.Problems)
            {
                html.Append($"<li>{Html.Encode(problem)}</li>");
            }

            html.Append("</ul>\n");
        }
    }

    internal static void Tests(StringBuilder html, ExerciseResult result, Look look)
    {
        VisibleTest[] tests = [.. VisibleTest.Of(result)];
        if (tests.Length == 0)
        {
            return;
        }

        html.Append($"<ul{look.As("tests")}>\n");
        foreach (VisibleTest test in tests)
        {
            string mark = look.As(test.Passed ? "mark good" : test.Verdict == TestVerdict.NotRun ? "mark none" : "mark bad");
            html.Append($"<li{look.As("test")}><span{mark} role=\"img\" aria-label=\"{test.MarkInWords}\">{test.Mark}</span>{Html.Encode(test.Sentence)} <span{look.As("worth")}>({test.Worth})</span>");
            Details(html, test, look);
            html.Append("</li>\n");
        }

        html.Append("</ul>\n");
    }

    private static void Details(StringBuilder html, VisibleTest test, Look look)
    {
        if (test.Message is null)
        {
            return;
        }

        html.Append($"<div{look.As("detail")}><p{look.As("message")}>{Html.Encode(test.Message)}</p>");
        (string Label, string Value)[] facts =
        [
            .. test.Calls.Select((call, i) => (i == 0 ? "tried" : string.Empty, $"{PlainText.Line(call.Call)} → {PlainText.Line(call.Result)}")),
            .. Fact("came", test.Actual),
            .. Fact("expected", test.Expected),
            .. Fact("printed", test.Printed?.TrimEnd()),
        ];
        if (facts.Length > 0)
        {
            html.Append($"<table{look.As("facts")}><tbody>");
            foreach ((string label, string value) in facts)
            {
                string head = label.Length > 0 ? $"<th scope=\"row\"{look.As("label")}>{label}</th>" : $"<td{look.As("label")}></td>";
                html.Append($"<tr>{head}<td{look.As("value")}>{Html.Encode(value)}</td></tr>");
            }

            html.Append("</tbody></table>");
        }

        html.Append("</div>");
    }

    private static (string Label, string Value)[] Fact(string label, string? value) => value is null ? [] : [(label, value)];
}
