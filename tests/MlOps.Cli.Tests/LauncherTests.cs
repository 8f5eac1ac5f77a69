using System.Diagnostics;

namespace MlOps.Cli.Tests;

/// <summary>The script that people type; Windows reaches the same script through mlops.cmd.</summary>
public sealed class LauncherTests
{
    [BashFact]
    public void NoArguments_PrintsHelpThatNamesEveryVerb()
    {
        CommandResult help = Launch();
        Assert.Equal(0, help.ExitCode);
        CommandResult cli = MlopsCommand.Run("--help");
        string[] verbs = [.. cli.Output[cli.Output.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1).Select(line => line.Trim().Split(' ')[0]).Where(verb => verb.Length > 0)];
        Assert.Contains("execute", verbs);
        Assert.All(verbs, verb => Assert.Matches($"(?m)^  {verb}\\b", help.Output));
    }

    [BashFact]
    public void Doctor_Here_ListsEveryRequirementAndFindsThoseThatThisTestRunsOn()
    {
        CommandResult doctor = Launch("doctor");
        Assert.Contains("✓ git", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("✓ .NET SDK", doctor.Output, StringComparison.Ordinal);
        Assert.Equal(doctor.Output.Split('\n').Count(line => line.Contains('✗', StringComparison.Ordinal)), doctor.Output.Split("mend:  ").Length - 1);
    }

    [BashFact]
    public void Doctor_WithoutNodeOrDotnet_MarksThemAndNamesTheCommand()
    {
        // A PATH with the ordinary tools only: what a machine looks like before anything is installed.
        DirectoryInfo tools = Directory.CreateTempSubdirectory("mlops-path-");
        try
        {
            foreach (string tool in new[] { "bash", "dirname", "head", "tail", "cut", "sed", "grep", "df", "awk", "id", "git", "find", "cat", "printf", "mkdir" })
            {
                string? found = new[] { "/usr/bin", "/bin" }.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
                if (found is not null)
                {
                    File.CreateSymbolicLink(Path.Combine(tools.FullName, tool), found);
                }
            }

            CommandResult doctor = LaunchWithPath(tools.FullName, "doctor");
            Assert.Equal(1, doctor.ExitCode);
            Assert.Matches("✗ \\.NET SDK 10 or later +mend:  \\S+", doctor.Output);
            Assert.Matches("✗ Node.js 18 or later +mend:  \\S+", doctor.Output);
            CommandResult run = LaunchWithPath(tools.FullName, "setup");
            Assert.Equal(2, run.ExitCode);
            Assert.Contains("the .NET 10 SDK is missing. Install it:", run.Errors, StringComparison.Ordinal);
        }
        finally
        {
            tools.Delete(recursive: true);
        }
    }

    private static CommandResult Launch(params string[] arguments) => LaunchWithPath(Environment.GetEnvironmentVariable("PATH")!, arguments);

    private static CommandResult LaunchWithPath(string path, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/bash", [Path.Combine(MlopsCommand.RepositoryRoot, "mlops"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = path;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, errors.Result);
    }
}

/// <summary>A test of the shell script.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BashFactAttribute : FactAttribute
{
    public BashFactAttribute()
    {
        if (!File.Exists("/bin/bash"))
        {
            Skip = "needs /bin/bash";
        }
    }
}
