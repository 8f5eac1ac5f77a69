using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MlOps.Grading.Releasing;

/// <summary>The two questions that a release has for git: which files, and is this place ignored.</summary>
internal static class Git
{
    /// <summary>True if the folder is the root of a git repository and git can be started.</summary>
    internal static bool Serves(string root)
    {
        if (!Path.Exists(Path.Combine(root, ".git")))
        {
            return false;
        }

        try
        {
            return Run(root, "--version").ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // not installed
        }
    }

    /// <summary>Paths with forward slashes, as <c>git ls-files</c> gives them with these options.</summary>
    internal static string[] List(string root, params string[] options)
    {
        (int exitCode, string output, string errors) = Run(root, ["ls-files", "-z", .. options]);
        return exitCode == 0
            ? output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
            : throw new ReleaseException($"git cannot list the files of {root}: {errors.Trim()}");
    }

    /// <summary>True if git ignores whatever lies in this folder, which need not exist.</summary>
    internal static bool Ignores(string root, string folder)
    {
        (int exitCode, _, string errors) = Run(root, "check-ignore", "-q", "--", Path.Combine(Path.GetRelativePath(root, folder), "any"));
        return exitCode switch
        {
            0 => true,
            1 => false,
            _ => throw new ReleaseException($"git cannot say whether {folder} is ignored: {errors.Trim()}"),
        };
    }

    private static (int ExitCode, string Output, string Errors) Run(string root, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", root, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("GIT_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name); // a hook that runs a release must not lead git to the hook's index
        }

        using Process git = Process.Start(start)!;
        Task<string> errors = git.StandardError.ReadToEndAsync();
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return (git.ExitCode, output, errors.GetAwaiter().GetResult());
    }
}
