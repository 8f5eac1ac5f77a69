using System.Text.Json.Nodes;

namespace MlOps.Cli.Tests;

public sealed class CheckVerbTests : IDisposable
{
    private readonly TestCourse _course = new();

    public void Dispose() => _course.Dispose();

    [InstructorFact]
    public void Check_Starter_PointsToTheFileAndEndsWithOne()
    {
        CommandResult result = _course.Run("check", "12.3");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Not attempted yet. Open exercises/week12/12.3-psi.cs", result.Output, StringComparison.Ordinal);
        Assert.Contains("3 hints left", result.Output, StringComparison.Ordinal);
    }

    [InstructorFact]
    public void Check_Solution_EarnsAllPointsShownAndTellsOfTheRest()
    {
        Solve("12.3");
        CommandResult result = _course.Run("check", "12.3");

        Assert.True(result.ExitCode == 0, result.Output + result.Errors);
        Assert.Contains("1.75 of 1.75 points", result.Output, StringComparison.Ordinal);
        Assert.Contains("1.25 more points are decided by tests on grading", result.Output, StringComparison.Ordinal);
    }

    [InstructorFact]
    public void Check_WrongCode_ShowsCallValueAndExpectation()
    {
        File.WriteAllText(FileOf("12.3"), _course.Filled("12.3", "        return 7;"));
        CommandResult result = _course.Run("check", "12.3");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Psi([0.15, 0.3, 0.25, 0.2, 0.1], [0.22, 0.28, 0.2, 0.18, 0.12])", result.Output, StringComparison.Ordinal);
        Assert.Contains("0.0451", result.Output, StringComparison.Ordinal);
    }

    [InstructorFact]
    public void Check_CodeThatDoesNotCompile_NamesLineAndRemedy()
    {
        File.WriteAllText(FileOf("12.3"), _course.Filled("12.3", "        return 7"));
        CommandResult result = _course.Run("check", "12.3");

        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"12\.3-psi\.cs, line \d+: ; expected\. Put a ';'", result.Output);
    }

    [InstructorFact]
    public void Check_Hint_OpensOneMoreEachTime()
    {
        Assert.Contains("Hint 1 of 3", _course.Run("check", "12.6", "--hint").Output, StringComparison.Ordinal);
        string second = _course.Run("check", "12.6", "--hint").Output;

        Assert.Contains("Hint 2 of 3", second, StringComparison.Ordinal);
        Assert.DoesNotContain("Hint 3 of 3", second, StringComparison.Ordinal);
    }

    [InstructorFact]
    public void Status_AfterACheck_ShowsWhatWasEarned()
    {
        Assert.Contains("0 of 20 points", _course.Run("status").Output, StringComparison.Ordinal);
        Solve("12.3");
        string site = Path.Combine(_course.Root, "artifacts", "site", "assets");
        Directory.CreateDirectory(site);
        File.WriteAllText(Path.Combine(site, "checks.js"), "before");
        _course.Run("check", "12.3");
        Assert.Equal("window.courseChecks = {\"12.3\":[1.75,1.75]};\n", File.ReadAllText(Path.Combine(site, "checks.js")));
        string status = _course.Run("status").Output;

        Assert.Contains("1.75 of 20 points", status, StringComparison.Ordinal);
        Assert.Contains("1.75 of 3, 1.25 decided on grading", status, StringComparison.Ordinal);
        File.AppendAllText(FileOf("12.3"), "// later\n");
        Assert.Contains("changed since the last check", _course.Run("status").Output, StringComparison.Ordinal);
    }

    [InstructorFact]
    public void Check_OtherCopyOfTheCourse_IsGradedWithTheTestsOfThisOne()
    {
        using var student = new TestCourse();
        File.WriteAllText(Path.Combine(student.Week, TestCourse.FileOf("12.3")), student.Solution("12.3"));
        string json = Path.Combine(_course.Root, "result.json");
        string summary = Path.Combine(_course.Root, "summary.md");
        CommandResult result = _course.Run("check", "12.3", "12.6", "--held-back", "--exercises", Path.Combine(student.Root, "exercises"), "--out", json, "--summary", summary);

        Assert.Equal(1, result.ExitCode);
        JsonNode written = JsonNode.Parse(File.ReadAllText(json))!;
        Assert.Equal((3.0, 6.0), ((double)written["points"]!, (double)written["max"]!));
        Assert.Equal("NotAttempted", (string)written["exercises"]![1]!["status"]!);
        Assert.DoesNotContain("Psi_EmptyBinOnOneSide", File.ReadAllText(json) + File.ReadAllText(summary), StringComparison.Ordinal);
        Assert.Contains("## 3 of 6 points", File.ReadAllText(summary), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_course.Root, "artifacts", "progress.json")));
    }

    [InstructorFact]
    public void Check_UnknownExercise_ListsWhatThereIs()
    {
        CommandResult result = _course.Run("check", "99.1");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("There is no exercise '99.1'. There are weeks 2, ", result.Errors, StringComparison.Ordinal);
    }

    [InstructorFact]
    public void Cell_ThatBeginsWithExercise_SavesTheFileAndChecksIt()
    {
        using var notebook = new TestNotebook("#!exercise 12.3\n" + _course.Solution("12.3"), "Check(\"12.3\").Points", "#!exercise 12.3\n");
        CommandResult result = _course.Run("execute", notebook.Input, "-o", notebook.Output);

        Assert.Equal(1, result.ExitCode); // the third cell holds nothing, and must not wipe the file
        Assert.Contains("1.75 of 1.75 points", Assert.Single(notebook.TextsOf(1)), StringComparison.Ordinal);
        Assert.Equal("1.75", Assert.Single(notebook.TextsOf(2)));
        Assert.Equal(["ArgumentException"], notebook.TextsOf(3));
        Assert.Equal(_course.Solution("12.3"), File.ReadAllText(FileOf("12.3")));
        Assert.Contains("NotImplementedException", File.ReadAllText(FileOf("12.3") + ".before"), StringComparison.Ordinal);
    }

    private string FileOf(string exercise) => Path.Combine(_course.Week, TestCourse.FileOf(exercise));

    private void Solve(string exercise) => File.WriteAllText(FileOf(exercise), _course.Solution(exercise));
}
