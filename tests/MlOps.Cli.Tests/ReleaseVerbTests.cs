namespace MlOps.Cli.Tests;

/// <summary>The student edition of this very course.</summary>
public sealed class ReleaseVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-release-");

    private string Edition => Path.Combine(_folder.FullName, "students");

    public void Dispose() => _folder.Delete(recursive: true);

    [InstructorFact]
    public void Release_OfThisCourse_LeaksNothingAndCanBeChecked()
    {
        using var course = new TestCourse();
        CommandResult released = MlopsCommand.Run("release", "--out", Edition);
        Assert.True(released.ExitCode == 0, released.Errors);

        string[] files = [.. Directory.EnumerateFiles(Edition, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Edition, path).Replace('\\', '/'))];
        Assert.DoesNotContain(files, file => file.Contains("/solutions/", StringComparison.Ordinal) || file.Contains("/mutants/", StringComparison.Ordinal)
            || file.Contains("/HeldBack/", StringComparison.Ordinal) || file.Contains("/Instructor/", StringComparison.Ordinal) || file.EndsWith("answers.yaml", StringComparison.Ordinal));
        Assert.Contains("exercises/week12/answers.sealed.json", files);
        Assert.Contains("exercises/week12/12.3-psi.cs", files);
        Assert.Contains("tests/MlOps.Exercises.Tests/Week12/Ex12_3_PsiTests.cs", files);
        Assert.Contains(".github/workflows/autograde.yml", files);
        Assert.Contains("mlops", files);
        Assert.Contains(".vscode/settings.json", files);
        CommandResult kernel = MlopsCommand.Run(Edition, ["kernel", "install", "--prefix", Path.Combine(_folder.FullName, "jupyter")]);
        Assert.True(kernel.ExitCode == 0, kernel.Errors);
        Assert.Contains($"It starts the course in {Edition}.", kernel.Output, StringComparison.Ordinal);

        foreach (string exercise in new[] { "12.1", "12.2", "12.7" })
        {
            File.WriteAllText(Path.Combine(Edition, "exercises", "week12", TestCourse.FileOf(exercise)), course.Solution(exercise));
        }

        CommandResult check = MlopsCommand.Run(Edition, ["check", "12.1", "12.2", "12.7"]);
        Assert.True(check.ExitCode == 0, check.Output + check.Errors);
        Assert.Contains("Together: 6 of 6 points", check.Output, StringComparison.Ordinal);
    }

    [InstructorFact]
    public void Release_OverAForeignFolder_IsRefusedAndChangesNothing()
    {
        Directory.CreateDirectory(Edition);
        File.WriteAllText(Path.Combine(Edition, "mine.txt"), "mine");
        CommandResult refused = MlopsCommand.Run("release", "--out", Edition);

        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("mlops: ", refused.Errors, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(Edition).Select(path => Path.GetFileName(path)));
    }
}
