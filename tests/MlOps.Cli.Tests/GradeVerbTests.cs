using System.Diagnostics;

namespace MlOps.Cli.Tests;

public sealed class GradeVerbTests : IDisposable
{
    private readonly TestCourse _course = new();

    public void Dispose() => _course.Dispose();

    [InstructorFact]
    public void Grade_Class_WritesEveryFileWithTheRightPoints()
    {
        _course.HandIn("anna");
        _course.HandIn("ravi", ("12.3", _course.Filled("12.3", "        return 0;")), ("12.4", null), ("12.5", "class Broken {"), ("12.1", File.ReadAllText(Path.Combine(_course.Week, TestCourse.FileOf("12.1")))));
        CommandResult result = Grade();

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal(20, _course.Grades("anna").Values.Sum(grade => grade.Points));
        Assert.Equal("student,week,exercise,points,max,late,status", File.ReadLines(Path.Combine(_course.Out(), "gradebook.csv")).First());
        var ravi = _course.Grades("ravi");
        Assert.Equal((0, "not attempted"), ravi["12.1"]);
        Assert.Equal((0.5, "graded"), ravi["12.3"]); // equal shares do give 0, and so do swapped ones: 0.25 each
        Assert.Equal((0, "missing"), ravi["12.4"]);
        Assert.Equal((0, "does not compile"), ravi["12.5"]);
        Assert.Equal((3, "graded"), ravi["12.6"]);
        Assert.All(
            new[] { "gradebook.json", "canvas.csv", "moodle.csv", "report.html", "feedback/anna.html", "feedback/ravi.html" },
            file => Assert.True(new FileInfo(Path.Combine(_course.Out(), file)).Length > 0, file));
        string feedback = File.ReadAllText(Path.Combine(_course.Out(), "feedback", "ravi.html"));
        Assert.Contains("12.5-page-hinkley.cs, line", feedback, StringComparison.Ordinal);
        Assert.DoesNotContain("EmptyBinOnOneSide", feedback, StringComparison.Ordinal);
        Assert.DoesNotContain("anna", feedback, StringComparison.Ordinal);
    }

    [InstructorFact]
    public void Example_GradedByItself_ShowsWhatItsReadmeSays()
    {
        CommandResult made = _course.Run("grade", "example", _course.Submissions);
        CommandResult result = Grade("--weeks", "12"); // one of its two weeks: the essays are in the other

        Assert.True(made.ExitCode == 0, made.Errors);
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("12 of 12 submissions graded", result.Output, StringComparison.Ordinal);
        IReadOnlyDictionary<string, (double Points, string Status)> Of(string student) => _course.Grades(student);
        Assert.Equal(20, Of("amara").Values.Sum(grade => grade.Points));
        Assert.InRange(Of("bao").Values.Sum(grade => grade.Points), 1, 15);
        Assert.All(Of("elif").Values, grade => Assert.Equal(0, grade.Points));
        Assert.Contains(Of("farid").Values, grade => grade.Status == "missing");
        Assert.Contains(Of("grace").Values, grade => grade.Status == "does not compile");
        Assert.True(Of("hiro").Values.Sum(grade => grade.Points) < Of("amara").Values.Sum(grade => grade.Points));
        Assert.True(Of("ines").Values.Sum(grade => grade.Points) < Of("amara").Values.Sum(grade => grade.Points));
        Assert.InRange(Of("jamal").Values.Sum(grade => grade.Points), 15, 20);

        CommandResult again = _course.Run("grade", "example", _course.Submissions);
        Assert.Equal(2, again.ExitCode);
        Assert.Contains("is not empty", again.Errors, StringComparison.Ordinal);
        string other = Path.Combine(_course.Root, "other");
        _course.Run("grade", "example", other);
        Assert.All(Directory.EnumerateFiles(other, "*", SearchOption.AllDirectories), file => Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(_course.Submissions, Path.GetRelativePath(other, file)))));
    }

    [Fact]
    public void Example_StudentEdition_SaysThatItHasNoSolutions()
    {
        foreach (string solutions in Directory.EnumerateDirectories(Path.Combine(_course.Root, "exercises"), "solutions", SearchOption.AllDirectories).ToArray())
        {
            Directory.Delete(solutions, recursive: true);
        }

        CommandResult result = _course.Run("grade", "example", _course.Submissions);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("Run this in the instructor's edition.", result.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_course.Submissions));
    }

    [InstructorFact]
    public void Grade_Twice_IsByteIdenticalAndGradesNothingAgain()
    {
        _course.HandIn("anna");
        _course.HandIn("ravi", ("12.6", _course.Filled("12.6", "        return quiet.Max();")));
        Grade();
        Dictionary<string, byte[]> first = Snapshot();
        File.WriteAllText(Path.Combine(_course.Out(), "results", "marker"), "kept");
        Dictionary<string, DateTime> times = Directory.EnumerateFiles(Path.Combine(_course.Out(), "results"), "*.json", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        Grade();

        Assert.All(first, entry => Assert.Equal(entry.Value, File.ReadAllBytes(entry.Key)));
        Assert.All(times, entry => Assert.Equal(entry.Value, File.GetLastWriteTimeUtc(entry.Key)));
        Grade("--jobs", "1", "--out", _course.Out("alone"));
        Assert.Equal(first[Path.Combine(_course.Out(), "gradebook.csv")], File.ReadAllBytes(Path.Combine(_course.Out("alone"), "gradebook.csv")));
        Assert.Equal(first[Path.Combine(_course.Out(), "gradebook.json")], File.ReadAllBytes(Path.Combine(_course.Out("alone"), "gradebook.json")));
    }

    [InstructorFact]
    public void Grade_ChangedSubmission_IsGradedAgain()
    {
        _course.HandIn("anna", ("12.3", null));
        Grade();
        Assert.Equal("missing", _course.Grades("anna")["12.3"].Status);
        _course.HandIn("anna");
        Grade();

        Assert.Equal((3, "graded"), _course.Grades("anna")["12.3"]);
    }

    [InstructorFact]
    public async Task Grade_KilledOnTheWay_GoesOnWhereItWas()
    {
        for (int i = 0; i < 12; i++)
        {
            _course.HandIn($"student-{i:00}");
        }

        using (Process process = MlopsCommand.Start(_course.Root, "grade", _course.Submissions, "--out", _course.Out(), "--jobs", "1"))
        {
            string results = Path.Combine(_course.Out(), "results");
            while (!process.HasExited && (!Directory.Exists(results) || Directory.EnumerateFiles(results, "*.json", SearchOption.AllDirectories).Count() < 2))
            {
                await Task.Delay(5);
            }

            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        Dictionary<string, DateTime> done = Directory.EnumerateFiles(Path.Combine(_course.Out(), "results"), "*.json", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        Assert.InRange(done.Count, 1, 12);
        Grade();

        Assert.All(done, entry => Assert.Equal(entry.Value, File.GetLastWriteTimeUtc(entry.Key)));
        Assert.All(Enumerable.Range(0, 12), i => Assert.Equal(20, _course.Grades($"student-{i:00}").Values.Sum(grade => grade.Points)));
    }

    [InstructorFact]
    public void Grade_InShards_TogetherIsTheWholeClass()
    {
        _course.HandIn("anna");
        _course.HandIn("ravi");
        _course.HandIn("zoe", ("12.1", null));
        Grade("--shard", "1/2");
        Assert.Empty(_course.Grades("ravi"));
        Grade("--shard", "2/2");
        Grade("--out", _course.Out("whole"));

        Assert.Equal(File.ReadAllBytes(Path.Combine(_course.Out("whole"), "gradebook.csv")), File.ReadAllBytes(Path.Combine(_course.Out(), "gradebook.csv")));
    }

    [InstructorFact]
    public void Grade_HostileClass_CostsNobodyElseAnything()
    {
        string psi = _course.Solution("12.3");
        string At(string statement) => _course.Filled("12.3", $"        {statement}\n        return 0;");
        _course.HandIn("anna");
        _course.HandIn("Anna", ("12.1", null));
        _course.HandIn("breaks-the-compiler", ("12.3", $"class A {{ int B() => {new string('(', 50_000)}1; }}"));
        _course.HandIn("ends-the-process", ("12.3", At("Environment.Exit(0);")));
        _course.HandIn("ends-on-load", ("12.3", psi + "\nstatic class Load { [System.Runtime.CompilerServices.ModuleInitializer] internal static void Now() => Environment.FailFast(\"now\"); }"));
        _course.HandIn("equals-everything", ("12.3", _course.Filled("12.3", "        return double.NaN;").Replace("public static double Psi", "public static dynamic Psi", StringComparison.Ordinal)));
        _course.HandIn("forges-files", ("12.3", At("foreach (string place in new[] { \"/tmp\", Environment.CurrentDirectory, \"" + _course.Out() + "\" }) { try { File.WriteAllText(Path.Combine(place, \"gradebook.csv\"), \"forged\"); } catch (Exception) { } }")));
        _course.HandIn("leaves-a-thread", ("12.3", _course.Filled("12.3", "        new Thread(() => { while (true) { } }).Start();\n        return 0;")));
        _course.HandIn("links", ("12.3", null));
        File.CreateSymbolicLink(Path.Combine(_course.Submissions, "links", "week12", TestCourse.FileOf("12.3")), Path.Combine(_course.Week, "solutions", TestCourse.FileOf("12.3")));
        _course.HandIn("too-large", ("12.3", psi + new string(' ', 10_000_000)));
        _course.HandIn("utf-16", ("12.3", null));
        File.WriteAllText(Path.Combine(_course.Submissions, "utf-16", "week12", TestCourse.FileOf("12.3")), psi.Replace("\n", "\r\n", StringComparison.Ordinal), System.Text.Encoding.Unicode);
        File.WriteAllBytes(Path.Combine(_course.Submissions, "not-a-zip.zip"), [1, 2, 3]);
        CommandResult result = Grade();

        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal(20, _course.Grades("anna").Values.Sum(grade => grade.Points));
        Assert.Equal(19, _course.Grades("Anna").Values.Sum(grade => grade.Points));
        Assert.Equal(20, _course.Grades("utf-16").Values.Sum(grade => grade.Points));
        Assert.Equal(3, _course.Grades("ends-on-load").Count(grade => grade.Value.Points == 3)); // 12.5, 12.6 and 12.7, not 12.3
        Assert.Equal((0, "does not compile"), _course.Grades("breaks-the-compiler")["12.3"]);
        Assert.Equal((0, "graded"), _course.Grades("ends-the-process")["12.3"]);
        Assert.Equal((0, "graded"), _course.Grades("ends-on-load")["12.3"]);
        Assert.Equal((0, "graded"), _course.Grades("equals-everything")["12.3"]);
        Assert.Equal((0.5, "graded"), _course.Grades("forges-files")["12.3"]); // 0 is right for equal and for swapped shares
        Assert.Equal((0.5, "graded"), _course.Grades("leaves-a-thread")["12.3"]);
        Assert.Equal((0, "unreadable"), _course.Grades("links")["12.3"]);
        Assert.Equal((0, "unreadable"), _course.Grades("too-large")["12.3"]);
        Assert.Equal(0, _course.Grades("not-a-zip").Values.Sum(grade => grade.Points));
        Assert.All(
            new[] { "breaks-the-compiler", "ends-the-process", "ends-on-load", "equals-everything", "links", "too-large" },
            student => Assert.Equal(17, _course.Grades(student).Values.Sum(grade => grade.Points)));
    }

    [InstructorFact]
    public void Grade_LateWork_LosesWhatThePolicySays()
    {
        _course.HandIn("anna");
        _course.HandIn("ravi");
        File.WriteAllText(Path.Combine(_course.Submissions, "policy.yaml"), "weeks: { 12: { due: 2026-11-20T23:59+00:00 } }\nlate: { perDay: 0.1 }\n");
        File.WriteAllText(Path.Combine(_course.Submissions, "submitted.csv"), "student,week,submitted\nanna,12,2026-11-20T20:00+00:00\nravi,12,2026-11-22T10:00+00:00\n");
        Grade();

        // Two started days at a tenth each: 20 · 0.8.
        Assert.Equal(20, _course.Grades("anna").Values.Sum(grade => grade.Points), 1e-9);
        Assert.Equal(16, _course.Grades("ravi").Values.Sum(grade => grade.Points), 1e-9);
        Assert.Contains("ravi,12,12.3,2.4,3,2,graded", File.ReadAllText(Path.Combine(_course.Out(), "gradebook.csv")), StringComparison.Ordinal);
    }

    [InstructorFact]
    public void Grade_NoSuchFolderWeekOrShard_IsToldInASentence()
    {
        _course.HandIn("anna");

        Assert.All(
            new[] { Grade("--weeks", "77"), Grade("--shard", "3/2"), Grade("--shard", "x"), Grade("--weeks", "x"), _course.Run("grade", Path.Combine(_course.Root, "none"), "--out", _course.Out()) },
            result =>
            {
                Assert.Equal(2, result.ExitCode);
                Assert.StartsWith("mlops: ", result.Errors, StringComparison.Ordinal);
                Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
            });
    }

    private CommandResult Grade(params string[] more) =>
        _course.Run(["grade", _course.Submissions, .. more.Contains("--out") ? [] : new[] { "--out", _course.Out() }, .. more]);

    private Dictionary<string, byte[]> Snapshot() =>
        Directory.EnumerateFiles(_course.Out(), "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);
}
