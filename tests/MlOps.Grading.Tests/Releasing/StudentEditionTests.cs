using System.Runtime.Versioning;
using MlOps.Grading.Answers;
using MlOps.Grading.Releasing;

namespace MlOps.Grading.Tests.Releasing;

/// <summary>What is in the edition, and what is not.</summary>
public sealed class StudentEditionTests
{
    private static readonly string[] s_expected =
    [
        ".github/workflows/autograde.yml",
        ".github/workflows/model.yml",
        ".mlops-student-edition",
        "README.md",
        "STUDENT.md",
        "docs/instructor.md",
        "exercises/week98/98.1-share.cs",
        "exercises/week98/98.2-mean.cs",
        "exercises/week98/98.3-odds.cs",
        "exercises/week98/README.md",
        "exercises/week98/answers.sealed.json",
        "mlops",
        "notebooks/week98.ipynb",
        "src/Library/Odds.cs",
        "tests/MlOps.Exercises.Tests/Week98/MeanTests.cs",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_Course_LeavesOutWhatStudentsMustNotHave(bool git)
    {
        using var course = new MadeUpCourse(git);
        course.Write("artifacts/mlops/notes.txt", "built");
        course.Write("src/Library/obj/notes.txt", "built");
        if (git)
        {
            course.Git("rm", "--cached", "--quiet", "--ignore-unmatch", "src/Library/obj/notes.txt");
            course.Write(".gitignore", "artifacts/\nobj/\n");
        }

        ReleaseReport report = StudentEdition.Write(course.Root, course.Edition);
        Assert.Equal(git ? [.. s_expected.Append(".gitignore").Order(StringComparer.Ordinal)] : s_expected, course.ReleasedFiles());
        Assert.Equal(
            [
                ".github/ISSUE_TEMPLATE/problem.yml",
                ".github/workflows/course.yml",
                "exercises/week98/answers.yaml",
                "exercises/week98/mutants/98.2-counts-missing.cs",
                "exercises/week98/solutions/98.2-mean.cs",
                "exercises/week98/solutions/98.3-odds.cs",
                "tests/MlOps.Exercises.Tests/Instructor/SolutionTests.cs",
                "tests/MlOps.Exercises.Tests/Week98/HeldBack/MeanHeldBack.cs",
            ],
            report.LeftOut);
        Assert.Equal(course.ReleasedFiles().Length, report.Files);
        Assert.Equal(course.ReleasedFiles().Sum(file => new FileInfo(course.Released(file)).Length), report.Bytes);
    }

    [Fact]
    public void Write_Answers_AreSealedAndStillChecked()
    {
        using var course = new MadeUpCourse();
        StudentEdition.Write(course.Root, course.Edition);
        AnswerKey key = AnswerKey.Load(course.Released("exercises/week98"));
        Assert.True(key.IsSealed);
        Assert.True(key.Check("98.1", "Pick", "b").IsRight);
        Assert.Equal(MadeUpCourse.Why, key.Check("98.1", "Pick", "A").Why);
    }

    [Fact]
    public void Write_AnswersThatGitIgnores_AreSealedToo()
    {
        using var course = new MadeUpCourse(git: true);
        course.Git("rm", "--cached", "--quiet", "exercises/week98/answers.yaml");
        course.Write(".gitignore", "answers.yaml\n");
        StudentEdition.Write(course.Root, course.Edition);
        Assert.True(File.Exists(course.Released("exercises/week98/answers.sealed.json")));
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytes()
    {
        using var course = new MadeUpCourse();
        StudentEdition.Write(course.Root, course.Edition);
        Dictionary<string, byte[]> first = course.ReleasedFiles().ToDictionary(file => file, file => File.ReadAllBytes(course.Released(file)));
        StudentEdition.Write(course.Root, course.Edition, force: true);
        Assert.Equal(first.Keys, course.ReleasedFiles());
        Assert.All(first, file => Assert.Equal(file.Value, File.ReadAllBytes(course.Released(file.Key))));
    }

    [Fact]
    public void Write_ExecutableFiles_StayExecutable()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // no such bit there
        }

        using var course = new MadeUpCourse();
        File.SetUnixFileMode(course.At("README.md"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        StudentEdition.Write(course.Root, course.Edition);
        Assert.Equal("755", Octal(course.Released("mlops")));
        Assert.Equal("644", Octal(course.Released("README.md")));
    }

    [Fact]
    public void Write_WithGit_TakesNewFilesNamesThemAndSkipsIgnoredAndDeletedOnes()
    {
        using var course = new MadeUpCourse(git: true);
        course.Write("docs/new.md", "# New\n");
        course.Write("class-list.secret", "names");
        course.Write("exercises/week98/solutions/98.1-share.cs", "// not tracked either, and left out\n");
        File.Delete(course.At("docs/instructor.md"));
        ReleaseReport report = StudentEdition.Write(course.Root, course.Edition);
        Assert.Equal(["docs/new.md"], report.Untracked);
        Assert.True(File.Exists(course.Released("docs/new.md")));
        Assert.False(File.Exists(course.Released("class-list.secret")));
        Assert.False(File.Exists(course.Released("docs/instructor.md")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_SymbolicLinks_AreNeitherFollowedNorCopied(bool git)
    {
        using var course = new MadeUpCourse(git);
        DirectoryInfo outside = Directory.CreateTempSubdirectory("mlops-outside-");
        try
        {
            File.WriteAllText(Path.Combine(outside.FullName, "private.txt"), "private");
            File.CreateSymbolicLink(course.At("docs/private.txt"), Path.Combine(outside.FullName, "private.txt"));
            File.CreateSymbolicLink(course.At("docs/answer.cs"), course.At("exercises/week98/solutions/98.3-odds.cs"));
            Directory.CreateSymbolicLink(course.At("notes"), outside.FullName);
            ReleaseReport report = StudentEdition.Write(course.Root, course.Edition);
            Assert.Equal(["docs/answer.cs", "docs/private.txt", "notes"], report.Links);
            Assert.DoesNotContain(course.ReleasedFiles(), file => file.StartsWith("notes", StringComparison.Ordinal) || file is "docs/private.txt" or "docs/answer.cs");
        }
        finally
        {
            outside.Delete(recursive: true);
        }
    }

    [Fact]
    public void Write_FolderThatGitTracksReplacedByALink_IsNotFollowed()
    {
        using var course = new MadeUpCourse(git: true);
        Directory.Move(course.At("docs"), course.Root + "-docs");
        Directory.CreateSymbolicLink(course.At("docs"), course.Root + "-docs");
        ReleaseReport report = StudentEdition.Write(course.Root, course.Edition);
        Assert.Contains("docs/instructor.md", report.Links);
        Assert.False(Path.Exists(course.Released("docs")));
    }

    [Fact]
    public void Write_FileOfTheEdition_ReplacesTheCoursesOwn()
    {
        using var course = new MadeUpCourse();
        course.Write("eng/student/README.md", "# For students only\n");
        StudentEdition.Write(course.Root, course.Edition);
        Assert.Equal("# For students only\n", File.ReadAllText(course.Released("README.md")));
    }

    [Fact]
    public void Write_Progress_GrowsFromZeroToOne()
    {
        using var course = new MadeUpCourse();
        var seen = new Seen();
        StudentEdition.Write(course.Root, course.Edition, progress: seen);
        Assert.Equal(seen.Values.Order(), seen.Values);
        Assert.InRange(seen.Values[0], 0, 0.1);
        Assert.Equal(1, seen.Values[^1]);
    }

    [UnsupportedOSPlatform("windows")]
    private static string Octal(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);

    private sealed class Seen : IProgress<double>
    {
        internal List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }
}
