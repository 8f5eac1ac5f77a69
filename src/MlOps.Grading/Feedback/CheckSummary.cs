using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Grading.Results;

namespace MlOps.Grading.Feedback;

/// <summary>A check as a CI job passes it on: <c>result.json</c> for programs, Markdown for the job's summary page.</summary>
/// <remarks>Both may lie open for students, so of a held-back test they hold only the words meant for them.</remarks>
public static class CheckSummary
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the check as JSON: points, and for each exercise its status, problems and tests.</summary>
    public static string ToJson(CheckReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var exercises = new JsonArray([.. report.Exercises.Select(item => (JsonNode)new JsonObject
        {
            ["exercise"] = item.Exercise.Id,
            ["title"] = item.Exercise.Title,
            ["status"] = item.Result.Status.ToString(),
            ["points"] = item.Result.Points,
            ["max"] = item.PointsShown,
            ["problems"] = new JsonArray([.. item.Result.Problems.Select(problem => JsonValue.Create(problem))]),
            ["tests"] = new JsonArray([.. item.Result.Tests.Select(Test)]),
        })]);
        return new JsonObject { ["points"] = report.Points, ["max"] = report.PointsShown, ["exercises"] = exercises }.ToJsonString(s_json) + "\n";
    }

    /// <summary>Writes the check as a Markdown table with a line of points above.</summary>
    public static string ToMarkdown(CheckReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {report.Points:0.##} of {report.PointsShown:0.##} points\n\n| exercise | test | points | |\n|---|---|---|---|\n");
        foreach (CheckedExercise item in report.Exercises)
        {
            foreach (VisibleTest test in item.Result.Tests.Select(VisibleTest.Of))
            {
                text.Append(CultureInfo.InvariantCulture, $"| {item.Exercise.Id} {Cell(item.Exercise.Title)} | {test.Mark} {Cell(test.Sentence)} | {test.Worth} | {Cell(test.Message)} |\n");
            }
        }

        return text.Append('\n').ToString();
    }

    private static JsonObject Test(TestOutcome outcome)
    {
        var test = VisibleTest.Of(outcome);
        return new JsonObject
        {
            ["test"] = test.Sentence,
            ["heldBack"] = outcome.HeldBack is not null,
            ["points"] = outcome.Earned,
            ["max"] = test.Points,
            ["verdict"] = test.Verdict.ToString(),
            ["message"] = test.Message,
            ["expected"] = test.Expected,
            ["actual"] = test.Actual,
        };
    }

    /// <summary>A message of a student's exception must not become a table row, a link or markup of its own.</summary>
    private static string Cell(string? text)
    {
        string cut = ShortText.Of(PlainText.Line(text ?? string.Empty), 200);
        return string.Concat(cut.Select(c => c is '|' or '<' or '>' or '[' or ']' or '`' or '*' or '_' or '!' or '&' ? FormattableString.Invariant($"&#{(int)c};") : c.ToString()));
    }
}
