using MlOps.Grading.Releasing;

namespace MlOps.Grading.Tests.Releasing;

/// <summary>Where an edition may be written, and what is left behind when that goes wrong.</summary>
public sealed class EditionPlaceTests
{
    [Theory]
    [InlineData("..", "holds the course")]
    [InlineData(".", "holds the course")]
    [InlineData("student", "lies in the course")]
    [InlineData("exercises/student", "lies in the course")]
    public void Write_PlaceThatTouchesTheCourse_IsRefused(string place, string message)
    {
        foreach (bool git in new[] { false, true })
        {
            using var course = new MadeUpCourse(git);
            Refused(course, Path.Combine(course.Root, place), message);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_IgnoredFolderInTheCourse_IsFineTwice(bool git)
    {
        using var course = new MadeUpCourse(git);
        string place = course.At("artifacts/student");
        ReleaseReport first = StudentEdition.Write(course.Root, place);
        ReleaseReport second = StudentEdition.Write(course.Root, place, force: true);
        Assert.Equal(first.Files, second.Files);
        Assert.True(File.Exists(Path.Combine(place, "README.md")));
        Assert.Equal([place], Directory.EnumerateFileSystemEntries(course.At("artifacts")));
    }

    [Fact]
    public void Write_LinkThatLeadsIntoTheCourse_IsRefused()
    {
        using var course = new MadeUpCourse();
        Directory.CreateSymbolicLink(course.Edition, course.At("docs"));
        Refused(course, Path.Combine(course.Edition, "student"), "lies in the course");
    }

    [Fact]
    public void Write_FolderWithFiles_IsRefusedEvenByForce()
    {
        using var course = new MadeUpCourse();
        Directory.CreateDirectory(course.Edition);
        File.WriteAllText(course.Released("thesis.txt"), "mine");
        Refused(course, course.Edition, "holds files that are no student edition", force: true);
        Assert.Equal("mine", File.ReadAllText(course.Released("thesis.txt")));
    }

    [Fact]
    public void Write_EarlierEdition_IsReplacedByForceOnly()
    {
        using var course = new MadeUpCourse();
        StudentEdition.Write(course.Root, course.Edition);
        File.WriteAllText(course.Released("old.txt"), "old");
        Refused(course, course.Edition, "Add --force");
        Assert.True(File.Exists(course.Released("old.txt")));
        StudentEdition.Write(course.Root, course.Edition, force: true);
        Assert.False(File.Exists(course.Released("old.txt")));
    }

    [Fact]
    public void Write_EditionThatIsARepository_KeepsItsHistory()
    {
        using var course = new MadeUpCourse();
        Directory.CreateDirectory(course.Released(".git"));
        File.WriteAllText(course.Released(".git/HEAD"), "ref: refs/heads/main\n");
        StudentEdition.Write(course.Root, course.Edition);
        StudentEdition.Write(course.Root, course.Edition, force: true);
        Assert.Equal("ref: refs/heads/main\n", File.ReadAllText(course.Released(".git/HEAD")));
        Assert.True(File.Exists(course.Released("README.md")));
        NothingBeside(course);
    }

    [Fact]
    public void Write_File_IsRefused()
    {
        using var course = new MadeUpCourse();
        File.WriteAllText(course.Edition, "a file");
        Refused(course, course.Edition, "is a file");
    }

    [Fact]
    public void Write_FolderThatIsNoCourse_IsRefused()
    {
        using var course = new MadeUpCourse();
        Assert.Contains("has no folder 'exercises'", Assert.Throws<ReleaseException>(() => StudentEdition.Write(course.At("docs"), course.Edition)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FromAnEdition_IsRefused()
    {
        using var course = new MadeUpCourse();
        StudentEdition.Write(course.Root, course.Edition);
        Assert.Contains("is a student edition itself", Assert.Throws<ReleaseException>(() => StudentEdition.Write(course.Edition, course.Edition + "2")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Leak_LeavesTheEarlierEditionAlone()
    {
        using var course = new MadeUpCourse();
        StudentEdition.Write(course.Root, course.Edition);
        course.Write("docs/oops.md", $"Hint: {MadeUpCourse.Why}\n");
        ReleaseException refused = Assert.Throws<ReleaseException>(() => StudentEdition.Write(course.Root, course.Edition, force: true));
        Leak leak = Assert.Single(refused.Leaks);
        Assert.Equal(new Leak("docs/oops.md", "line 1", LeakKind.Explanation, "explains a wrong answer to 98.1 Pick"), leak);
        Assert.Contains("docs/oops.md, line 1: explains a wrong answer to 98.1 Pick", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(course.Released("docs/oops.md")));
        Assert.True(File.Exists(course.Released("README.md")));
        NothingBeside(course);
    }

    [Fact]
    public void Write_Cancelled_LeavesNothing()
    {
        using var course = new MadeUpCourse();
        using var stop = new CancellationTokenSource();
        var half = new StopAt(0.1, stop);
        Assert.Throws<OperationCanceledException>(() => StudentEdition.Write(course.Root, course.Edition, progress: half, cancellationToken: stop.Token));
        Assert.False(Path.Exists(course.Edition));
        NothingBeside(course);
    }

    [Fact]
    public void Write_AfterAKilledRun_FinishesOrPutsBack()
    {
        // The three states that a kill can leave: a half new edition; the old one moved away; the new one there, .git not yet moved.
        using var course = new MadeUpCourse();
        StudentEdition.Write(course.Root, course.Edition);
        Directory.CreateDirectory(course.Released(".git"));
        Directory.CreateDirectory(course.Edition + ".new");
        File.Copy(course.Released(".mlops-student-edition"), Path.Combine(course.Edition + ".new", ".mlops-student-edition"));
        StudentEdition.Write(course.Root, course.Edition, force: true);
        NothingBeside(course);

        Directory.Move(course.Edition, course.Edition + ".old");
        StudentEdition.Write(course.Root, course.Edition, force: true);
        Assert.True(Directory.Exists(course.Released(".git")));
        NothingBeside(course);

        Directory.CreateDirectory(course.Edition + ".old");
        Directory.Move(course.Released(".git"), Path.Combine(course.Edition + ".old", ".git"));
        StudentEdition.Write(course.Root, course.Edition, force: true);
        Assert.True(Directory.Exists(course.Released(".git")));
        NothingBeside(course);
    }

    [Theory]
    [InlineData(".new")]
    [InlineData(".old")]
    public void Write_SomebodysFolderUnderTheWorkingName_IsNotDeleted(string ending)
    {
        using var course = new MadeUpCourse();
        StudentEdition.Write(course.Root, course.Edition);
        Directory.CreateDirectory(course.Edition + ending);
        File.WriteAllText(Path.Combine(course.Edition + ending, "thesis.txt"), "mine");
        Refused(course, course.Edition, "is in the way", force: true);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(course.Edition + ending, "thesis.txt")));
        Assert.True(File.Exists(course.Released("README.md")));
    }

    [Fact]
    public void Write_WhileAnotherRunWrites_IsRefused()
    {
        using var course = new MadeUpCourse();
        using (new FileStream(course.Edition + ".lock", FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            Refused(course, course.Edition, "another run is writing this edition");
        }
    }

    [Fact]
    public void Write_WrongAnswerSheet_NamesIt()
    {
        using var course = new MadeUpCourse();
        course.Write("exercises/week98/answers.yaml", "answers: { \"98.1\": { Pick: } }");
        Refused(course, course.Edition, "98.1 Pick needs a value");
        NothingBeside(course);
    }

    [Fact]
    public void Write_BrokenRepository_SaysWhatGitSays()
    {
        using var course = new MadeUpCourse();
        course.Write(".git", "gitdir: nowhere\n");
        Refused(course, course.Edition, "git cannot list the files");
    }

    private static void Refused(MadeUpCourse course, string place, string message, bool force = false)
    {
        ReleaseException refused = Assert.Throws<ReleaseException>(() => StudentEdition.Write(course.Root, place, force));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    private static void NothingBeside(MadeUpCourse course) =>
        Assert.Equal(new[] { course.Root, course.Edition }.Where(Path.Exists), Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(course.Root)!).Order(StringComparer.Ordinal));

    private sealed class StopAt(double share, CancellationTokenSource stop) : IProgress<double>
    {
        public void Report(double value)
        {
            if (value >= share)
            {
                stop.Cancel();
            }
        }
    }
}
