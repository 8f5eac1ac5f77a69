using System.Text;
using System.Text.Json;
using MlOps.Grading.Releasing;

namespace MlOps.Grading.Tests.Releasing;

/// <summary>A leak of every sort is planted and found; what only looks like one is not.</summary>
public sealed class LeakCheckTests : IDisposable
{
    private readonly MadeUpCourse _course = new();

    // The edition without its sealed answers, which take long to make and play no part here.
    public LeakCheckTests()
    {
        foreach (string path in CourseFiles.Of(_course.Root).Paths.Where(path => !EditionRules.LeavesOut(path)))
        {
            Plant(path, File.ReadAllText(_course.At(path)));
        }
    }

    public void Dispose() => _course.Dispose();

    [Fact]
    public void Run_CleanEdition_FindsNothing()
    {
        Assert.Empty(Check());
        StudentEdition.Write(_course.Root, _course.Edition + "2");
        Assert.Empty(LeakCheck.Run(_course.Root, _course.Edition + "2"));
    }

    [Theory]
    [InlineData("exercises/week98/solutions/98.9-x.cs")]
    [InlineData("exercises/week98/Solutions/98.9-x.cs")]
    [InlineData("exercises/week98/mutants/98.9-x.cs")]
    [InlineData("exercises/week98/answers.yaml")]
    [InlineData("tests/MlOps.Exercises.Tests/Week98/HeldBack/X.cs")]
    [InlineData("tests/MlOps.Exercises.Tests/Instructor/X.cs")]
    [InlineData("docs/MlOps.Exercises.Tests.dll")]
    [InlineData("docs/MlOps.Exercises.Tests.PDB")]
    public void Run_FileThatStudentsDoNotGet_IsFound(string path)
    {
        Plant(path, "nothing in it");
        Assert.Equal((path, LeakKind.File), Found());
    }

    [Fact]
    public void Run_CopyUnderAnotherName_IsFound()
    {
        Plant("docs/backup.txt", MadeUpCourse.Answers.ReplaceLineEndings("\r\n"));
        Assert.Contains(Check(), leak => leak is { Kind: LeakKind.File, What: "is a copy of exercises/week98/answers.yaml" });
    }

    [Fact]
    public void Run_TwoLinesOfASolution_AreFoundInAnyDress()
    {
        string[] lines = ["double totalOfPresent = 0;", "int countOfPresent = 0;"];
        Plant("docs/a.md", $"As follows:\n\n> {lines[0]}\n> {lines[1]}\n");
        Plant("docs/b.cs", $"class B {{ // {lines[0]}\n//{lines[0]}\r\n\r\n      //  {lines[1]}\r\n}}");
        Plant("docs/c.diff", $"+{lines[0]}\n+\t{lines[1]}\n");
        Assert.Equal(
            [
                new Leak("docs/a.md", "line 3", LeakKind.Solution, "has two lines in a row of exercises/week98/solutions/98.2-mean.cs"),
                new Leak("docs/b.cs", "line 2", LeakKind.Solution, "has two lines in a row of exercises/week98/solutions/98.2-mean.cs"),
                new Leak("docs/c.diff", "line 1", LeakKind.Solution, "has two lines in a row of exercises/week98/solutions/98.2-mean.cs"),
            ],
            Check());
    }

    [Fact]
    public void Run_SolvedCellInANotebook_IsFoundWithItsPlace()
    {
        string[] source = [.. MadeUpCourse.Solution.Split('\n').Select(line => line + "\n")];
        Plant("notebooks/solved.ipynb", JsonSerializer.Serialize(new { cells = new object[] { new { source = "# x" }, new { source } } }));
        Leak leak = Assert.Single(Check());
        Assert.Equal((LeakKind.Solution, "cells[1].source, line 4"), (leak.Kind, leak.Where));
    }

    [Fact]
    public void Run_SolutionBehindHtmlEntities_IsFound()
    {
        Plant("docs/page.html", "<pre><b>foreach</b> (<i>double</i> value <b>in</b> values.Where(double.IsFinite))\n{\n  totalOfPresent &#43;= value;\n</pre>");
        Assert.Equal(("docs/page.html", LeakKind.Solution), Found());
    }

    [Fact]
    public void Run_SolutionOfOneLine_IsFoundWithItsSignatureOnly()
    {
        Plant("notebooks/formula.md", "Odds are\n\n    return probability / (1 - probability);\n");
        Assert.Empty(Check());
        Plant("notebooks/formula.md", "    public static double OddsOf(double probability)\n    {\n        return probability / (1 - probability);\n    }\n");
        Assert.Equal(("notebooks/formula.md", LeakKind.Solution), Found());
    }

    [Fact]
    public void Run_SolvedStarter_IsFoundEvenIfTheCourseHasItSolvedToo()
    {
        Plant("exercises/week98/98.2-mean.cs", MadeUpCourse.Solution);
        _course.Write("exercises/week98/98.2-mean.cs", MadeUpCourse.Solution);
        Assert.Equal(("exercises/week98/98.2-mean.cs", LeakKind.Solution), Found());
    }

    [Fact]
    public void Run_LectureThatSharesOneLine_IsNoLeak()
    {
        Plant("notebooks/lecture.md", "    totalOfPresent += value;\n    Console.WriteLine(totalOfPresent);\n    return totalOfPresent / Math.Max(1, countOfPresent);\n");
        Assert.Empty(Check());
    }

    [Fact]
    public void Run_LibraryThatDoesTheSame_IsNoLeakNorIsALectureThatShowsIt()
    {
        // The course's own library may hold all of it: students have that anyway.
        string body = string.Join('\n', MadeUpCourse.Solution.Split('\n').Skip(5));
        _course.Write("src/Library/Means.cs", body);
        Plant("src/Library/Means.cs", body);
        Plant("notebooks/lecture.md", body);
        Assert.Empty(Check());
        Plant("notebooks/lecture.md", MadeUpCourse.Mutant);
        Assert.Contains(Check(), leak => leak.Kind is LeakKind.Mutant);
    }

    [Fact]
    public void Run_LinesOfAMutant_AreFound()
    {
        Plant("docs/wrong.md", "    // Counts the missing values too.\n    // Exercise 98.2: the mean of what is there.\n");
        Assert.Equal(("docs/wrong.md", LeakKind.Mutant), Found());
    }

    [Theory]
    [InlineData("The mutant 98.2-counts-missing fails.", true)]
    [InlineData("98.2-counts-missing.cs", true)]
    [InlineData("98.2-counts-missing-values", false)]
    [InlineData("98.2-mean.cs", false)]
    public void Run_NameOfAMutant_IsFound(string text, bool leak)
    {
        Plant("docs/notes.md", text);
        Assert.Equal(leak ? [LeakKind.Mutant] : [], Check().Select(found => found.Kind));
    }

    [Theory]
    [InlineData("{\"test\": \"Mean_NothingPresent_IsZero\"}", true)]
    [InlineData("MeanHeldBack.Mean_NothingPresent_IsZero()", true)]
    [InlineData("Mean NothingPresent IsZero: failed", true)]
    [InlineData("Mean_NothingPresent_IsZeroOrNaN", false)]
    [InlineData("Mean_OneValue_IsThatValue", false)] // a public test bears the name too
    [InlineData("Helper_NotATest", false)]
    public void Run_NameOfAHeldBackTest_IsFound(string text, bool leak)
    {
        Plant("docs/result.json", text);
        Assert.Equal(leak ? [LeakKind.HeldBackTest] : [], Check().Select(found => found.Kind));
    }

    [Fact]
    public void Run_DataOfAHeldBackTest_IsFound()
    {
        _course.Write("tests/MlOps.Exercises.Tests/Week98/HeldBack/Samples.cs", "using System.Globalization;\n\nstatic class Samples\n{\n    static readonly double[] s_before = [0.13, 0.58];\n    static readonly double[] s_after = [0.21, 0.34];\n}\n");
        Plant("docs/data.txt", "    static readonly double[] s_before = [0.13, 0.58];\n    static readonly double[] s_after = [0.21, 0.34];\n");
        Plant("docs/usings.cs", "using System.Globalization;\nusing System.Text.Json;\n");
        Assert.Equal(("docs/data.txt", LeakKind.HeldBackTest), Found());
    }

    [Theory]
    [InlineData("Exercise 98.1\npublic static string Pick => \"B\";", true)]
    [InlineData("Exercise98_1 { public static string Pick { get; } = \"b\"; }", true)]
    [InlineData("\"98.1\":\n  Pick: { value: B, why: {} }", true)]
    [InlineData("\"98.1\":\n  Pick:\n    value: B\n", true)]
    [InlineData("{\"98.1\": {\"Pick\": \"B\"}}", true)]
    [InlineData("| 98.1 | `Pick` | B |", true)]
    [InlineData("98.1 Pick = B.", true)]
    [InlineData("98.1 Pick = \"A\"", false)]
    [InlineData("98.1 Pick => \"?\"", false)]
    [InlineData("98.1 Pick: B is one of the options", false)]
    [InlineData("98.1, then 98.2: Pick = \"B\"", false)] // another exercise's property
    [InlineData("Pick = \"B\"", false)]
    [InlineData("98.1 Picked = \"B\"", false)]
    [InlineData("198.1 Pick = \"B\"", false)]
    [InlineData("98.1: Share = 0.0213", true)]
    [InlineData("98.1: Share = 0.02", false)] // not within the tolerance
    [InlineData("Share => 0.0215;", true)]
    [InlineData("Share = 2.13e-2", true)]
    [InlineData("Share = 0.021", false)] // two digits without the exercise's number may be anything
    [InlineData("98.1: Share = 0.021", true)]
    [InlineData("The share is 0.0213.", false)]
    public void Run_AnswerBesideItsProperty_IsFound(string text, bool leak)
    {
        Plant("docs/notes.txt", text);
        Assert.Equal(leak ? [LeakKind.Answer] : [], Check().Select(found => found.Kind));
    }

    [Fact]
    public void Run_AnswerInTheExercisesOwnFile_NeedsNoNumber()
    {
        Plant("exercises/week98/98.1-share.cs", "public static class Shares { public static string Pick => \"B\"; }");
        Assert.Equal(("exercises/week98/98.1-share.cs", LeakKind.Answer), Found());
    }

    [Fact]
    public void Run_Explanation_IsFoundAcrossLinesAndInJson()
    {
        string[] words = MadeUpCourse.Why.Split(' ');
        Plant("docs/a.md", "First line.\n" + string.Join("\n   ", words).ToUpperInvariant());
        Plant("docs/b.json", JsonSerializer.Serialize(new { note = "\u00bb" + MadeUpCourse.Why }));
        Plant("docs/c.txt", "Too low."); // also an explanation, but a text of everyday
        Assert.Equal(
            [
                new Leak("docs/a.md", "line 2", LeakKind.Explanation, "explains a wrong answer to 98.1 Pick"),
                new Leak("docs/b.json", "note, line 1", LeakKind.Explanation, "explains a wrong answer to 98.1 Pick"),
            ],
            Check());
    }

    [Fact]
    public void Run_OtherEncodings_AreReadAndPicturesPassedOver()
    {
        File.WriteAllText(_course.Released("docs/utf16.txt"), MadeUpCourse.Why, Encoding.Unicode);
        File.WriteAllText(_course.Released("docs/utf8.txt"), MadeUpCourse.Why, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.WriteAllBytes(_course.Released("docs/picture.png"), [0x89, 0, 1, 2, 0]);
        Assert.Equal(["docs/utf16.txt", "docs/utf8.txt"], Check().Select(leak => leak.File));
    }

    [Fact]
    public void Run_GitFolderOfTheEdition_IsPassedOver()
    {
        Plant(".git/answers.yaml", MadeUpCourse.Answers);
        Assert.Empty(Check());
    }

    [Fact]
    public void Run_CourseWithoutSecrets_FindsNothing()
    {
        Directory.Delete(_course.At("exercises"), recursive: true);
        Directory.Delete(_course.At("tests"), recursive: true);
        Directory.Delete(_course.At("src"), recursive: true);
        Assert.Empty(Check());
    }

    [Fact]
    public void Run_NoFolder_SaysSo() =>
        Assert.Throws<DirectoryNotFoundException>(() => LeakCheck.Run(_course.Root, _course.At("nowhere")));

    private void Plant(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_course.Released(path))!);
        File.WriteAllText(_course.Released(path), text);
    }

    private IReadOnlyList<Leak> Check() => LeakCheck.Run(_course.Root, _course.Edition);

    private (string File, LeakKind Kind) Found() => Check().Select(leak => (leak.File, leak.Kind)).Distinct().Single();
}
