using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages;

/// <summary>Runs a script of a cell in a shell, and kills it with everything it started when the cell is stopped.</summary>
internal static class ShellScript
{
    private const int LongestScript = 100_000; // Linux takes 128 KiB in one argument
    private const int Kill = 9;

    /// <summary>What stays open after the script's end belongs to background processes; their output comes later.</summary>
    private static readonly TimeSpan LastOutput = TimeSpan.FromMilliseconds(500);

    /// <exception cref="ShellExitException">The exit code is not 0.</exception>
    /// <exception cref="PlatformNotSupportedException">This is Windows.</exception>
    internal static void Run(string shell, string script, CellContext cell)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException($"#!{shell} needs a Unix shell, which Windows lacks. Open the folder in WSL or a dev container, or write the cell in C#.");
        }

        if (script.Length > LongestScript)
        {
            throw new DirectiveException(FormattableString.Invariant($"The script has {script.Length} characters; a cell may have {LongestScript}. Put it into a file and run that."));
        }

        using Process process = Start(shell, script, cell);
        using CancellationTokenRegistration stop = cell.Stopping.UnsafeRegister(static state => End((Process)state!), process);
        bool ended = false;
        try
        {
            Thread[] readers = [Read(process.StandardOutput, "stdout", cell), Read(process.StandardError, "stderr", cell)];
            process.WaitForExit();
            ended = true;
            foreach (Thread reader in readers)
            {
                reader.Join(LastOutput);
            }
        }
        finally
        {
            if (!ended)
            {
                End(process);
            }
        }

        cell.Stopping.ThrowIfCancellationRequested();
        if (process.ExitCode != 0)
        {
            throw new ShellExitException(shell, process.ExitCode);
        }
    }

    private static Process Start(string shell, string script, CellContext cell)
    {
        // In a session of its own the shell leads a process group, which one signal ends. Without setsid (macOS) the tree is followed instead.
        string? setsid = File.Exists("/usr/bin/setsid") ? "/usr/bin/setsid" : null;
        var start = new ProcessStartInfo(setsid ?? shell)
        {
            WorkingDirectory = cell.Engine.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        string[] command = [.. setsid is null ? (string[])[] : [shell], "-c", script];
        Array.ForEach(command, start.ArgumentList.Add);
        foreach ((string name, object? value) in cell.Given.Of(shell))
        {
            start.Environment[Checked(name)] = value switch
            {
                Display.PasswordString password => password.GetClearTextPassword(),
                string text => text,
                _ => SharedJson.Of(value),
            };
        }

        try
        {
            Process process = Process.Start(start)!;
            process.StandardInput.Close(); // nobody types here: a command that reads finds the end
            return process;
        }
        catch (Win32Exception exception)
        {
            throw new DirectiveException($"#!{shell} cannot start {shell} in '{cell.Engine.Folder}': {exception.Message}", exception);
        }
    }

    private static string Checked(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? name
            : throw new DirectiveException($"'{name}' is no name for a shell variable: letters, digits and _ only, no digit first.");

    /// <summary>Passes on what comes, as it comes, on a thread that no stop of the cell touches.</summary>
    private static Thread Read(StreamReader reader, string stream, CellContext cell)
    {
        var thread = new Thread(() =>
        {
            char[] buffer = new char[4096];
            try
            {
                for (int count; (count = reader.Read(buffer)) > 0;)
                {
                    cell.Output.Write(stream, buffer.AsSpan(0, count));
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The pipe is gone with its process: no more output.
            }
        })
        {
            IsBackground = true,
            Name = "shell " + stream,
        };
        thread.UnsafeStart();
        return thread;
    }

    private static void End(Process process)
    {
        _ = Signal(-process.Id, Kill); // the whole group at once, whoever its parent is: nobody is born meanwhile
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It has ended, or members of its tree have: the signal was there first.
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Signal(int process, int signal);
}
