using System.CommandLine;
using MlOps.Grading.Exercises;
using MlOps.Grading.Feedback;
using MlOps.Grading.Running;
using Spectre.Console;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops check</c>: a student's exercises against the public tests.</summary>
internal static class CheckVerb
{
    internal static Command Create()
    {
        var names = new Argument<string[]>("exercises") { Description = "A week (12), an exercise (12.3) or its file; all without a name.", Arity = ArgumentArity.ZeroOrMore };
        var hint = new Option<bool>("--hint") { Description = "Open the next hint of each exercise named." };
        var all = new Option<bool>("--held-back") { Description = "Also run the tests that are held back for grading, where this copy of the course has them." };
        var folder = new Option<string?>("--exercises") { Description = "The folder 'exercises' of another copy of the course, to check with the tests of this one." };
        var output = new Option<string?>("--out", "-o") { Description = "The JSON file to write as well." };
        Option<bool> json = SharedOptions.Json();
        var summary = new Option<string?>("--summary") { Description = "File to which the result is appended as Markdown, such as a CI job's summary." };
        var sandbox = SharedOptions.RequireSandbox();
        var verb = new Verb(
            "check",
            "Checks exercises. Exit code 0 every test shown passes, 1 one fails, 2 bad input.",
            "./mlops check 12.3",
            "./mlops check 12.3 --hint",
            "./mlops check 12 --json",
            "./mlops check 12 --out result.json --summary result.md")
        {
            names, hint, all, folder, output, json, summary, sandbox,
        };
        verb.SetAction((parsed, _) => Task.FromResult(Check(
            parsed.GetValue(names) ?? [],
            parsed.GetValue(hint),
            parsed.GetValue(all) ? TestSelection.All : TestSelection.Public,
            parsed.GetValue(folder) ?? CourseExercises.Folder,
            new Wanted(parsed.GetValue(json), parsed.GetValue(output) is { } path ? OutputPath.Checked(path) : null, parsed.GetValue(summary) is { } notes ? OutputPath.Checked(notes) : null),
            parsed.GetValue(sandbox))));
        return verb;
    }

    /// <summary>Where the result goes: standard output as JSON instead of text, a JSON file, a Markdown file.</summary>
    private readonly record struct Wanted(bool Json, string? File, string? Summary);

    private static int Check(string[] names, bool hint, TestSelection selection, string folder, Wanted wanted, bool requireSandbox)
    {
        ExerciseCourse course = CourseExercises.Open();
        Exercise[] exercises = [.. names.Length == 0 ? course.Catalog.Find(null) : names.SelectMany(course.Catalog.Find).Distinct()];
        CourseExercises.CheckSandbox(course, requireSandbox);
        bool isOwn = Path.GetFullPath(folder) == course.Catalog.Folder;
        ProgressStore? progress = isOwn ? ProgressStore.Open(CourseExercises.ProgressFile) : null;
        CheckReport report = StudentCheck.Run(course, exercises, folder, selection, progress, hint);
        CourseSiteFiles.WriteChecks();
        AnsiConsole.Profile.Width = int.MaxValue; // lines are broken already; values must not be
        foreach (ReportLine line in wanted.Json ? [] : report.ToLines())
        {
            AnsiConsole.Write(new Text(line.Text + Environment.NewLine, StyleOf(line.Role)));
        }

        if (wanted.Json)
        {
            Console.WriteLine(CheckSummary.ToJson(report));
        }

        if (wanted.File is { } file)
        {
            File.WriteAllText(file, CheckSummary.ToJson(report));
        }

        if (wanted.Summary is { } summary)
        {
            File.AppendAllText(summary, CheckSummary.ToMarkdown(report));
        }

        return report.Points >= report.PointsShown ? Program.Ok : Program.GateFailed;
    }

    private static Style StyleOf(LineRole role) => role switch
    {
        LineRole.Heading => new Style(decoration: Decoration.Bold),
        LineRole.Good => new Style(Color.Green),
        LineRole.Bad => new Style(Color.Red),
        LineRole.Hint => new Style(Color.Yellow),
        LineRole.Muted => new Style(Color.Grey),
        _ => Style.Plain,
    };
}
