using System.Diagnostics;
using MlOps.Grading.Submissions;

namespace MlOps.Grading.Tests.Submissions;

/// <summary>What a folder can hold beside plain files. Links and pipes are made the Unix way; on Windows these tests have nothing to do.</summary>
public class HostileDiskTests
{
    [Fact]
    public void Read_Links_AreNotFollowed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using Collected collected = new Collected().File("ben/week12/12.3-psi.cs", "secret").Empty("anna/week12").Empty("carl/week11");
        File.CreateSymbolicLink(collected.At("anna/week12/12.3-psi.cs"), collected.At("ben/week12/12.3-psi.cs"));
        File.CreateSymbolicLink(collected.At("anna/week12/12.4-broken.cs"), collected.At("nowhere"));
        Directory.CreateSymbolicLink(collected.At("anna/week11"), collected.At("ben/week12"));
        Directory.CreateSymbolicLink(collected.At("anna/week12/loop"), collected.At("anna"));
        Directory.CreateSymbolicLink(collected.At("dora"), collected.At("ben"));
        File.CreateSymbolicLink(collected.At("emil.zip"), collected.At("ben/week12/12.3-psi.cs"));

        IReadOnlyList<Submission> all = collected.Read();

        Assert.Equal(["anna", "ben", "carl", "dora", "emil"], all.Select(submission => submission.Student));
        Assert.Null(all[0].Find(Collected.Psi, out string? problem));
        Assert.Equal("12.3-psi.cs is a link to another place; hand in the file itself.", problem);
        Assert.All(all[0].Files, file => Assert.Null(file.Bytes));
        Assert.Equal(
            ["week11 is a link; links are not followed.", "week12/12.3-psi.cs is a link; links are not followed.", "week12/12.4-broken.cs is a link; links are not followed.", "week12/loop is a link; links are not followed."],
            all[0].Notes);
        Assert.Empty(all[3].Files);
        Assert.Equal(["dora is a link; links are not followed."], all[3].Notes);
        Assert.Equal(["emil.zip is a link; links are not followed."], all[4].Notes);
    }

    [Fact]
    public void Read_PipesSocketsAndEmptyFiles_AreNeverOpened()
    {
        using Collected collected = new Collected().File("anna/week12/12.1-empty.cs", "").File("ben.zip", "");
        if (!OperatingSystem.IsWindows())
        {
            // A pipe without a writer blocks whoever opens it: this test would not end.
            MakePipe(collected.At("anna/week12/12.3-psi.cs"));
            MakePipe(collected.At("anna/week12/more.zip"));
            MakePipe(collected.At("carl.zip"));
            MakePipe(collected.At("dora"));
        }

        IReadOnlyList<Submission> all = collected.Read();

        Assert.Null(all[0].Find(Collected.Exercise("12.1", "12.1-empty.cs"), out string? empty));
        Assert.Equal("12.1-empty.cs is empty, or is not a plain file.", empty);
        Assert.Equal(["The archive is empty, or is not a plain file."], all[1].Notes);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Null(all[0].Find(Collected.Psi, out string? pipe));
            Assert.Equal("12.3-psi.cs is empty, or is not a plain file.", pipe);
            Assert.Equal(["anna", "ben", "carl"], all.Select(submission => submission.Student));
            Assert.Equal(["The archive is empty, or is not a plain file."], all[2].Notes);
        }
    }

    [Fact]
    public void Read_NamesThatAreNotText_AreToldAndTheRestIsRead()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // other systems refuse to make such names
        }

        using Collected collected = new Collected().File("anna/week12/12.4-b.cs");
        Run("bash", "-c", "printf x > \"$1/anna/week12/$(printf '12.3-\\377.cs')\"; mkdir -p \"$1/$(printf 'caf\\351')/week12\" \"$1/$(printf 'caf\\350')\"", "bash", collected.Folder);

        try
        {
            IReadOnlyList<Submission> all = collected.Read();

            Assert.Equal(["anna", "caf\uFFFD"], all.Select(submission => submission.Student));
            Assert.NotNull(all[0].Find(Collected.Exercise("12.4", "12.4-b.cs"), out _));
            Assert.Null(all[0].Find(Collected.Psi, out string? problem));
            Assert.Equal("12.3-\uFFFD.cs cannot be opened under its name; a name of plain letters and digits can.", problem);
            Assert.Equal(
                ["The folder caf\uFFFD could not be opened: its name may not be valid text.", "caf\uFFFD is a second submission of the same student and was not graded; caf\uFFFD was."],
                all[1].Notes);
        }
        finally
        {
            Run("bash", "-c", "rm -rf \"$1\"/*", "bash", collected.Folder); // .NET can see these names but not delete them
        }
    }

    [Fact]
    public void Read_TimeBeyondTheCalendar_IsReadAllTheSame()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // The year is 28521834. File systems that cannot hold it clamp it; in memory (/dev/shm) it stays, and .NET cannot express it.
        using Collected collected = new Collected().File("anna/week12/12.3-psi.cs");
        DirectoryInfo inMemory = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : collected.Folder, Path.GetFileName(collected.Folder)));
        try
        {
            Run("cp", "-r", collected.At("anna"), inMemory.FullName);
            Run("touch", "-d", "@900000000000000", Path.Combine(inMemory.FullName, "anna/week12/12.3-psi.cs"));

            Assert.NotNull(Assert.Single(SubmissionSet.Read(inMemory.FullName)).Find(Collected.Psi, out _));
        }
        finally
        {
            inMemory.Delete(recursive: true);
        }
    }

    [Fact]
    public void Read_WithoutPermission_IsAProblemOfThatFile()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            return; // root may read everything
        }

        using Collected collected = new Collected().File("anna/week12/12.3-psi.cs").File("anna/week12/12.4-b.cs").Zip("ben.zip", ("week12/12.3-psi.cs", "x")).File("carl/week12/12.3-psi.cs");
        File.SetUnixFileMode(collected.At("anna/week12/12.3-psi.cs"), UnixFileMode.None);
        File.SetUnixFileMode(collected.At("ben.zip"), UnixFileMode.None);
        File.SetUnixFileMode(collected.At("carl/week12"), UnixFileMode.None);
        try
        {
            IReadOnlyList<Submission> all = collected.Read();

            Assert.Null(all[0].Find(Collected.Psi, out string? problem));
            Assert.Equal("12.3-psi.cs may not be read: its permissions forbid it.", problem);
            Assert.NotNull(all[0].Find(Collected.Exercise("12.4", "12.4-b.cs"), out _));
            Assert.Equal(["The archive may not be read: its permissions forbid it."], all[1].Notes);
            Assert.Equal(["The folder week12 could not be opened: its permissions forbid it."], all[2].Notes);
        }
        finally
        {
            File.SetUnixFileMode(collected.At("carl/week12"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void Read_ContentThatCannotBeRead_TellsNoPathOfThisMachine()
    {
        var draft = new SubmissionDraft("anna", "anna", new SubmissionLimits());
        draft.Read("week12/12.1-a.cs", default, 5, () => throw new UnauthorizedAccessException("/home/teacher/secret"));
        draft.Read("week12/12.2-b.cs", default, 5, () => throw new IOException("/home/teacher/secret"));

        Assert.Equal(["12.1-a.cs may not be read: its permissions forbid it.", "12.2-b.cs could not be read."], draft.Finish().Files.Select(file => file.Problem));
    }

    private static void MakePipe(string path) => Run("mkfifo", path);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
