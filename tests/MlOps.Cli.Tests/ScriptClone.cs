using System.Diagnostics;

namespace MlOps.Cli.Tests;

/// <summary>A clone of the launcher and its scripts, in which every tool is a stand-in or a link to the real one: the scripts see nothing else.</summary>
internal sealed class ScriptClone : IDisposable
{
    // What the scripts call on every machine.
    private static readonly string[] s_tools =
    [
        "bash", "sh", "dirname", "head", "tail", "cut", "sed", "grep", "df", "awk", "id", "git", "find", "cat", "mkdir", "mktemp", "touch", "rm", "sort", "sleep", "cmp", "cp", "mv", "tr", "uname",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops clone-");

    internal ScriptClone()
    {
        Directory.CreateDirectory(Tools);
        Directory.CreateDirectory(At("eng", "onnxruntime"));
        File.Copy(Path.Combine(MlopsCommand.RepositoryRoot, "mlops"), At("mlops"));
        foreach (string script in new[] { "common.sh", "setup.sh", "doctor.sh", "help.txt", "onnxruntime/fetch.sh", "onnxruntime/source.txt", "onnxruntime/gpu-library.txt", "onnxruntime/gpu-cuda.txt" })
        {
            File.Copy(Path.Combine(MlopsCommand.RepositoryRoot, "eng", script), At("eng", script));
        }

        Link(s_tools);
    }

    private string Tools => At("tools");

    public void Dispose() => _folder.Delete(recursive: true);

    internal string At(params string[] parts) => Path.Combine([_folder.FullName, .. parts]);

    /// <summary>Puts a script in a tool's place.</summary>
    internal void StandIn(string tool, string script)
    {
        string path = Path.Combine(Tools, tool);
        File.WriteAllText(path, script.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Lets the scripts see tools of this machine.</summary>
    internal void Link(params string[] tools)
    {
        string[] folders = [.. Environment.GetEnvironmentVariable("PATH")!.Split(':'), "/usr/bin", "/bin"];
        foreach (string tool in tools)
        {
            string? found = folders.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
            if (found is not null)
            {
                File.CreateSymbolicLink(Path.Combine(Tools, tool), found);
            }
        }
    }

    internal CommandResult Launch(IReadOnlyDictionary<string, string> environment, params string[] arguments) => Bash(environment, [At("mlops"), .. arguments]);

    internal CommandResult Bash(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using Process process = Start(environment, arguments);
        return Read(process);
    }

    /// <summary>Runs one line in the clone as a dev container runs it.</summary>
    internal CommandResult Sh(IReadOnlyDictionary<string, string> environment, string line)
    {
        using Process process = Start("/bin/sh", environment, ["-c", line]);
        return Read(process);
    }

    internal Process Start(IReadOnlyDictionary<string, string> environment, params string[] arguments) => Start("/bin/bash", environment, arguments);

    private static CommandResult Read(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, output, errors.Result);
    }

    private Process Start(string shell, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(shell, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName };
        start.Environment["PATH"] = Tools;
        start.Environment.Remove("MLOPS_ROOT");
        start.Environment.Remove("MLOPS_PROVIDERS");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
