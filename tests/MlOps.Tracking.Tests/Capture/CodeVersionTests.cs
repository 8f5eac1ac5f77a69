using System.ComponentModel;
using System.Diagnostics;
using MlOps.Tracking.Capture;

namespace MlOps.Tracking.Tests.Capture;

/// <summary>The oracle is git.</summary>
public sealed class CodeVersionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-code-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Of_WorkTree_HasCommitBranchAndChanges()
    {
        if (!HasGit())
        {
            return;
        }

        Git("init", "-q", "-b", "trunk");
        Assert.Null(CodeVersion.Of(_folder)); // no commit yet
        File.WriteAllText(Path.Join(_folder, "a.cs"), "1");
        Git("add", "a.cs");
        Git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "first");
        string commit = Git("rev-parse", "HEAD").Trim();
        Assert.Equal(new CodeVersion(commit, "trunk", false), CodeVersion.Of(_folder));

        File.WriteAllText(Path.Join(_folder, "untracked.csv"), "data");
        Assert.False(CodeVersion.Of(_folder)!.IsDirty);
        File.WriteAllText(Path.Join(_folder, "a.cs"), "2");
        Directory.CreateDirectory(Path.Join(_folder, "sub"));
        Assert.True(CodeVersion.Of(Path.Join(_folder, "sub"))!.IsDirty);
        Git("checkout", "-q", "--force", "--detach");
        Assert.Equal(new CodeVersion(commit, null, false), CodeVersion.Of(_folder));
    }

    [Fact]
    public void Of_NoWorkTreeOrNoFolder_IsNull()
    {
        Assert.Null(CodeVersion.Of(_folder));
        Assert.Null(CodeVersion.Of(Path.Join(_folder, "nowhere")));
    }

    private static bool HasGit()
    {
        try
        {
            using Process git = Process.Start(new ProcessStartInfo("git", ["--version"]) { RedirectStandardOutput = true })!;
            git.WaitForExit();
            return git.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    private string Git(params string[] arguments)
    {
        using Process git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return git.ExitCode == 0 ? output : throw new InvalidOperationException(git.StandardError.ReadToEnd());
    }
}
