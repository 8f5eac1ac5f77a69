using MlOps.Grading.Submissions;

namespace MlOps.Grading.Tests.Submissions;

public class FindTests
{
    [Fact]
    public void Find_ExactNameInTheWeek_ComesFirst() =>
        Assert.Equal("week12/12.3-psi.cs", Found("week12/12.3-psi (1).cs", "week12/12.3-psi.cs", "12.3-psi.cs", "week11/12.3-psi.cs"));

    [Theory]
    [InlineData("week12/12.3-PSI.CS")]
    [InlineData("week12/12.3-psi (1).cs")]
    [InlineData("week12/12.3-my-solution.cs")]
    [InlineData("Week12/12.3-psi.cs.txt")]
    public void Find_OneOtherNameOfTheExercise_IsTaken(string path)
    {
        Assert.Equal(path, Found(path, "week12/12.30-other.cs", "week12/12.31-psi.cs"));
    }

    [Fact]
    public void Find_SameExtension_BeatsAnother() => Assert.Equal("week12/12.3-x.cs", Found("week12/12.3-notes.md", "week12/12.3-x.cs"));

    [Fact]
    public void Find_SeveralCandidates_IsAProblemThatNamesThem()
    {
        Assert.Null(Made("week12/12.3-a.cs", "week12/12.3-b.cs").Find(Collected.Psi, out string? problem));
        Assert.Equal("There are 2 different files for 12.3: week12/12.3-a.cs, week12/12.3-b.cs. Keep one.", problem);
    }

    [Fact]
    public void Find_CopiesWithEqualBytes_CountAsOne()
    {
        var submission = new Submission("anna", "anna", [File("week12/12.3-a.cs", 7), File("week12/12.3-b.cs", 7)], []);

        Assert.Equal("week12/12.3-a.cs", submission.Find(Collected.Psi, out _)!.Path);
    }

    [Fact]
    public void Find_TwoFoldersOfTheWeek_TakesTheOneNearerTheTop()
    {
        Assert.Equal("week12/12.3-psi.cs", Found("old/week12/12.3-psi.cs", "week12/12.3-psi.cs"));
        Assert.Null(Made("a/week12/12.3-psi.cs", "b/week12/12.3-psi.cs").Find(Collected.Psi, out string? problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void Find_OutsideTheWeek_MustBeTheOnlyOne()
    {
        Assert.Equal("misc/12.3-psi.cs", Found("misc/12.3-psi.cs"));
        Assert.Null(Made("12.3-psi.cs", "misc/12.3-psi.cs").Find(Collected.Psi, out string? problem));
        Assert.Contains("2 different files", problem!, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NothingOfTheExercise_IsMissingWithoutAProblem()
    {
        Assert.Null(Made("week12/12.4-b.cs", "week12/2.3-psi.cs").Find(Collected.Psi, out string? problem));
        Assert.Null(problem);
    }

    [Fact]
    public void Fingerprint_OrderTimesAndNotes_DoNotMatterButPathsAndBytesDo()
    {
        SubmittedFile a = File("week12/12.1-a.cs", 1);
        SubmittedFile b = File("week12/12.2-b.cs", 2);
        string fingerprint = new Submission("anna", "anna", [a, b], []).Fingerprint;

        Assert.Equal(64, fingerprint.Length);
        Assert.Equal(fingerprint, new Submission("anna", "anna", [b, a with { Modified = default }], ["note"]).Fingerprint);
        Assert.NotEqual(fingerprint, new Submission("anna", "anna", [a, b with { Bytes = [3] }], []).Fingerprint);
        Assert.NotEqual(fingerprint, new Submission("anna", "anna", [a, b with { Path = "week12/12.2-c.cs" }], []).Fingerprint);
        Assert.NotEqual(fingerprint, new Submission("anna", "anna", [a with { Bytes = b.Bytes }, b with { Bytes = a.Bytes }], []).Fingerprint);
        Assert.NotEqual(fingerprint, new Submission("anna", "anna", [a], []).Fingerprint);
        Assert.NotEqual(fingerprint, new Submission("anna", "anna", [a, b with { Bytes = null, Problem = "too large" }], []).Fingerprint);
    }

    private static string Found(params string[] paths)
    {
        SubmittedFile? file = Made(paths).Find(Collected.Psi, out string? problem);
        Assert.Null(problem);
        return file!.Path;
    }

    private static Submission Made(params string[] paths) => new("anna", "anna", [.. paths.Select((path, i) => File(path, (byte)i))], []);

    private static SubmittedFile File(string path, byte content) => new(path, [content], null, Collected.Noon);
}
