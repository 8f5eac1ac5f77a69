using System.Text;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Tests.Submissions;

public class FolderTests
{
    [Theory]
    [InlineData("anna/week12/12.3-psi.cs")]
    [InlineData("anna/exercises/week12/12.3-psi.cs")]
    [InlineData("anna/12.3-psi.cs")]
    [InlineData("anna/my work/Week-12/12.3-psi.cs")]
    public void Read_EveryLayout_FindsTheExercise(string path)
    {
        using Collected collected = new Collected().File(path, "class Psi;");

        Submission anna = collected.One();

        Assert.Equal(("anna", "anna", "anna"), (anna.Student, anna.Source, anna.Key));
        Assert.Equal("class Psi;", Encoding.UTF8.GetString(anna.Find(Collected.Psi, out string? problem)!.Bytes!));
        Assert.Null(problem);
        Assert.Empty(anna.Notes);
    }

    [Fact]
    public void Read_SeveralStudents_AreInOrdinalOrderAndStrayFilesAreNone()
    {
        using Collected collected = new Collected().File("zoe/week12/12.3-psi.cs").File("Ben/12.3-psi.cs").Empty("anna").Zip("carl.zip", ("week12/12.3-psi.cs", "x"))
            .File("README").File(".DS_Store").File("submitted.csv").File("policy.yaml").File(".git/config").File("__MACOSX/anna/._x");

        IReadOnlyList<Submission> all = collected.Read();

        Assert.Equal(["Ben", "anna", "carl", "zoe"], all.Select(submission => submission.Student)); // 'B' (66) comes before 'a' (97)
        Assert.Empty(all[1].Files);
        Assert.Empty(all[1].Notes);
        Assert.Null(all[1].Find(Collected.Psi, out string? problem));
        Assert.Null(problem);
    }

    [Fact]
    public void Read_FilesThatCannotBeExercises_AreNotRead()
    {
        using Collected collected = new Collected().File("anna/week12/12.3-psi.cs").File("anna/week12/Helper.cs").File("anna/src/Program.cs").File("anna/week12/notes.txt")
            .File("anna/bin/week12/12.3-psi.cs").File("anna/.vs/12.3-psi.cs").File("anna/week12/._12.3-psi.cs").File("anna/week08/8.2-Dockerfile");

        Assert.Equal(["week08/8.2-Dockerfile", "week12/12.3-psi.cs", "week12/Helper.cs"], collected.One().Files.Select(file => file.Path));
    }

    [Fact]
    public void Read_NoSuchPathOrNoStudents_TellsTheLayout()
    {
        using Collected collected = new Collected().File("README");

        Assert.Contains("one folder per student", Assert.Throws<ArgumentException>("path", () => collected.Read()).Message, StringComparison.Ordinal);
        Assert.Contains("There is no folder or zip", Assert.Throws<ArgumentException>("path", () => SubmissionSet.Read(collected.At("nowhere"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("path", () => SubmissionSet.Read(collected.At("README")));
    }

    [Theory]
    [InlineData("week12/anna/12.3-psi.cs")]
    [InlineData("week12/12.3-psi.cs")]
    [InlineData("exercises/week12/12.3-psi.cs")]
    [InlineData("12.3-psi.cs")]
    public void Read_OneStudentsFolderOrSortedByWeek_IsToldApart(string path)
    {
        using Collected collected = new Collected().File(path);

        Assert.Contains("looks like the work of one student or is sorted by week", Assert.Throws<ArgumentException>(nameof(path), () => collected.Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FileAboveTheLimit_SaysHowLarge()
    {
        using Collected collected = new Collected().File("anna/week12/12.3-psi.cs", new byte[10 << 20]).File("ben/week12/12.3-psi.cs", new byte[(1 << 20) + 1]).File("carl/week12/12.3-psi.cs", new byte[1 << 20]);
        IReadOnlyList<Submission> all = collected.Read();

        Assert.Null(all[0].Find(Collected.Psi, out string? ten));
        Assert.Equal("12.3-psi.cs has 10.0 MB; at most 1 MB is read.", ten);
        Assert.Null(all[1].Find(Collected.Psi, out string? above));
        Assert.Equal("12.3-psi.cs has 1.1 MB; at most 1 MB is read.", above);
        Assert.Equal(1 << 20, all[2].Find(Collected.Psi, out _)!.Bytes!.Length);
    }

    [Fact]
    public void Read_ManyFilesAndBytes_StopsAtTheLimitsOfOneStudent()
    {
        using var collected = new Collected();
        for (int i = 0; i < 8; i++)
        {
            collected.File($"anna/week12/12.{i}-a.cs", new string('x', 100)).File($"ben/week12/12.{i}-a.cs", "x");
        }

        Submission few = collected.Read(new SubmissionLimits { Files = 3 })[0];
        Assert.Equal(["week12/12.0-a.cs", "week12/12.1-a.cs", "week12/12.2-a.cs"], few.Files.Select(file => file.Path));
        Assert.Equal("There are more than 3 exercise files; the rest was not read.", Assert.Single(few.Notes));

        IReadOnlyList<Submission> bytes = collected.Read(new SubmissionLimits { TotalBytes = 350 });
        Assert.Equal(3, bytes[0].Files.Count(file => file.Bytes is not null));
        Assert.Equal(8, bytes[1].Files.Count(file => file.Bytes is not null));
        Assert.Contains("was not read: the submission has more than", bytes[0].Files[3].Problem!, StringComparison.Ordinal);

        Assert.Contains("more than 5 files and folders", Assert.Single(collected.Read(new SubmissionLimits { Entries = 5 })[0].Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FoldersTooDeep_AreLeftWithANote()
    {
        string deep = string.Concat(Enumerable.Repeat("d/", 200));
        using Collected collected = new Collected().File($"anna/{deep}week12/12.3-psi.cs").File("anna/week11/11.1-a.cs");

        Submission anna = collected.One();

        Assert.Equal(["week11/11.1-a.cs"], anna.Files.Select(file => file.Path));
        Assert.Equal("Folders more than 16 deep were not read.", Assert.Single(anna.Notes));
    }

    [Fact]
    public void Read_OddNames_AreHandledAndShownOnOneLine()
    {
        string[] students = ["a,b", "a\"b", "a\nb", "=cmd()", "🙂", new('n', 200)];
        using var collected = new Collected();
        foreach (string student in students)
        {
            if (!OperatingSystem.IsWindows() || student.AsSpan().IndexOfAny("\"\n") < 0)
            {
                collected.File($"{student}/week12/12.3-a\u202Eb.cs", new byte[2 << 20]);
            }
        }

        foreach (Submission submission in collected.Read())
        {
            Assert.Contains(submission.Student, students);
            Assert.Null(submission.Find(Collected.Psi, out string? problem));
            Assert.StartsWith("12.3-a\\u202Eb.cs has 2.0 MB", problem!, StringComparison.Ordinal);
            Assert.Equal(Path.GetFileName(submission.Key), submission.Key);
            Assert.DoesNotContain(submission.Key, c => char.IsControl(c) || "<>:\"/\\|?*".Contains(c, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void SubmittedAt_SeveralFiles_IsTheNewestOfTheWeek()
    {
        using Collected collected = new Collected().File("anna/week12/12.1-a.cs").File("anna/week12/12.2-b.cs").File("anna/week11/11.1-c.cs").File("anna/12.9-outside.cs");
        File.SetLastWriteTimeUtc(collected.At("anna/week12/12.2-b.cs"), new DateTime(2026, 11, 21, 8, 30, 0, DateTimeKind.Utc));
        File.SetLastWriteTimeUtc(collected.At("anna/week11/11.1-c.cs"), new DateTime(2026, 12, 24, 0, 0, 0, DateTimeKind.Utc));
        Submission anna = collected.One();

        Assert.Equal(new DateTimeOffset(2026, 11, 21, 8, 30, 0, TimeSpan.Zero), anna.SubmittedAt(12));
        Assert.Null(anna.SubmittedAt(1)); // 12.1 is not week 1

        File.SetLastWriteTimeUtc(collected.At("anna/12.9-outside.cs"), new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), collected.One().SubmittedAt(12));
    }
}
