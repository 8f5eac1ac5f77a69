using System.IO.Compression;
using System.Text;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Tests.Submissions;

public class ArchiveTests
{
    [Theory]
    [InlineData("week12/12.3-psi.cs")]
    [InlineData("exercises/week12/12.3-psi.cs")]
    [InlineData("12.3-psi.cs")]
    [InlineData("./week12/12.3-psi.cs")]
    [InlineData("anna/my course/exercises/week12/12.3-psi.cs")]
    public void Read_ZipOfOneStudent_FindsTheExercise(string path)
    {
        using Collected collected = new Collected().Zip("anna.zip", ("__MACOSX/week12/12.3-psi.cs", "not this"), ("week12/._12.3-psi.cs", "nor this"), (path, "class Psi;"));

        Submission anna = collected.One();

        Assert.Equal(("anna", "anna.zip"), (anna.Student, anna.Source));
        Assert.Equal("class Psi;", Encoding.UTF8.GetString(anna.Find(Collected.Psi, out _)!.Bytes!));
        Assert.Empty(anna.Notes);
    }

    [Fact]
    public void Read_FolderAndZipOfOneStudent_TakesTheFolder()
    {
        using Collected collected = new Collected().Zip("anna.zip", ("week12/12.3-psi.cs", "zip")).File("anna/week12/12.3-psi.cs", "folder").Zip("ben.ZIP", ("12.3-psi.cs", "x"));

        IReadOnlyList<Submission> all = collected.Read();

        Assert.Equal(["anna", "ben"], all.Select(submission => submission.Student));
        Assert.Equal("folder"u8.ToArray(), all[0].Find(Collected.Psi, out _)!.Bytes);
        Assert.Equal(["anna.zip is a second submission of the same student and was not graded; anna was."], all[0].Notes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("submissions/")]
    [InlineData("2026/submissions/")]
    public void Read_ZipOfAllStudents_FindsFoldersAndArchivesInIt(string wrapping)
    {
        using Collected collected = new Collected().File("all.zip", Collected.Zipped(
            null,
            (wrapping + "zoe/week12/12.3-psi.cs", "zoe"u8.ToArray()),
            (wrapping + "carl/", []),
            (wrapping + "anna.zip", Collected.Zipped(("work/week12/12.3-psi.cs", "anna"))),
            (wrapping + "anna/week12/12.4-b.cs", "wins"u8.ToArray()),
            (wrapping + "ben/submitted files/hand-in.zip", Collected.Zipped(("week12/12.3-psi.cs", "ben"))),
            (wrapping + "README", "x"u8.ToArray()),
            ("__MACOSX/anna/._x", [1])));

        IReadOnlyList<Submission> all = SubmissionSet.Read(collected.At("all.zip"));

        Assert.Equal(["anna", "ben", "carl", "zoe"], all.Select(submission => submission.Student));
        Assert.Equal(["week12/12.4-b.cs"], all[0].Files.Select(file => file.Path));
        Assert.Equal(["anna.zip is a second submission of the same student and was not graded; anna was."], all[0].Notes);
        Assert.Equal("ben"u8.ToArray(), all[1].Find(Collected.Psi, out _)!.Bytes);
        Assert.Empty(all[2].Files);
        Assert.Equal("zoe"u8.ToArray(), all[3].Find(Collected.Psi, out _)!.Bytes);
    }

    [Fact]
    public void Read_ZipOfOneStudentAsTheWholeSet_IsToldApart()
    {
        using Collected collected = new Collected().Zip("anna.zip", ("week12/12.3-psi.cs", "x"));

        Assert.Contains("looks like the work of one student", Assert.Throws<ArgumentException>("path", () => SubmissionSet.Read(collected.At("anna.zip"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ZipOfOneFolderWithOneStudent_IsThatStudent()
    {
        using Collected collected = new Collected().Zip("all.zip", ("anna/week12/12.3-psi.cs", "x"));

        Assert.Equal(["anna"], SubmissionSet.Read(collected.At("all.zip")).Select(submission => submission.Student));
    }

    [Fact]
    public void Read_ArchiveInAFolder_IsOpenedOnceAndNoDeeper()
    {
        byte[] inner = Collected.Zipped(("week12/12.3-psi.cs", "inner"));
        byte[] middle = Collected.Zipped(null, ("week11/11.1-a.cs", "x"u8.ToArray()), ("inner.zip", inner));
        using Collected collected = new Collected().File("anna/hand-in.zip", inner).File("ben.zip", Collected.Zipped(null, ("middle.zip", middle)));

        IReadOnlyList<Submission> all = collected.Read();

        Assert.Equal("hand-in.zip/week12/12.3-psi.cs", all[0].Find(Collected.Psi, out _)!.Path);
        Assert.Equal(["middle.zip/week11/11.1-a.cs"], all[1].Files.Select(file => file.Path));
        Assert.Equal(["middle.zip/inner.zip is an archive in an archive in an archive; it was not opened."], all[1].Notes);
    }

    [Fact]
    public void Read_TimesInAnArchive_AreOfTheClockThatIsAskedFor()
    {
        TimeZoneInfo india = TimeZoneInfo.CreateCustomTimeZone("test", new TimeSpan(5, 30, 0), "test", "test");
        using Collected collected = new Collected().Zip("anna.zip", ("week12/12.3-psi.cs", "x"));

        // The archive says 12:00 without a zone; in a class at +05:30 that is 06:30 UTC.
        Assert.Equal(new DateTimeOffset(2026, 11, 20, 6, 30, 0, TimeSpan.Zero), collected.One(new SubmissionLimits { ArchiveClock = india }).SubmittedAt(12)!.Value.ToUniversalTime());
        Assert.Equal(Collected.Noon, collected.One(new SubmissionLimits { ArchiveClock = TimeZoneInfo.Utc }).SubmittedAt(12));
    }

    [Fact]
    public void Read_StoredWithoutCompression_IsReadToo()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream content = archive.CreateEntry("week12/12.3-psi.cs", CompressionLevel.NoCompression).Open();
            content.Write("plain"u8);
        }

        using Collected collected = new Collected().File("anna.zip", stream.ToArray());
        Assert.Equal("plain"u8.ToArray(), collected.One().Find(Collected.Psi, out _)!.Bytes);
    }
}
