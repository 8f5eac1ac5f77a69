using System.ComponentModel;
using System.Diagnostics;

namespace MlOps.Tracking.Capture;

/// <summary>The state of a git work tree.</summary>
/// <param name="Commit">The commit's 40 (or 64) hexadecimal digits.</param>
/// <param name="Branch">Its branch; null if none is checked out.</param>
/// <param name="IsDirty">Whether a tracked file differs from the commit. Files that git does not track do not count: data and results lie among them.</param>
internal sealed record CodeVersion(string Commit, string? Branch, bool IsDirty)
{
    internal const string CommitKey = "mlflow.source.git.commit";
    internal const string BranchKey = "mlflow.source.git.branch";
    internal const string DirtyKey = "mlops.git.dirty";
    private const int PatienceMilliseconds = 10_000; // a run can start without it

    /// <summary>Asks git; null if there is no git, no work tree, no commit yet, or no answer.</summary>
    internal static CodeVersion? Of(string? folder)
    {
        // No hooks of the work tree's own configuration, no lock that another git would wait for.
        var start = new ProcessStartInfo("git", ["-c", "core.fsmonitor=false", "--no-optional-locks", "status", "--porcelain=v2", "--branch", "--untracked-files=no"])
        {
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process git = Process.Start(start)!;
            Task<string> output = git.StandardOutput.ReadToEndAsync();
            git.ErrorDataReceived += (_, _) => { };
            git.BeginErrorReadLine();
            if (!git.WaitForExit(PatienceMilliseconds))
            {
                git.Kill(entireProcessTree: true);
                return null;
            }

            return git.ExitCode == 0 ? Parse(output.GetAwaiter().GetResult()) : null;
        }
        catch (Win32Exception)
        {
            return null; // no git on this machine, or no such folder
        }
    }

    /// <summary>Reads what <c>git status --porcelain=v2 --branch</c> prints.</summary>
    internal static CodeVersion? Parse(string status)
    {
        string? commit = null;
        string? branch = null;
        bool dirty = false;
        foreach (string line in status.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("# branch.oid ", StringComparison.Ordinal))
            {
                commit = line["# branch.oid ".Length..];
            }
            else if (line.StartsWith("# branch.head ", StringComparison.Ordinal))
            {
                branch = line["# branch.head ".Length..];
            }
            else
            {
                dirty |= line[0] != '#';
            }
        }

        return commit is null or "(initial)" ? null : new CodeVersion(commit, branch == "(detached)" ? null : branch, dirty);
    }

    internal IEnumerable<Tag> Tags()
    {
        yield return new Tag(CommitKey, Commit);
        yield return new Tag(DirtyKey, ValueText.Of(IsDirty));
        if (Branch is not null)
        {
            yield return new Tag(BranchKey, Branch);
        }
    }
}
