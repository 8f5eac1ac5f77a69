using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MlOps.Kernel.Tests.Transport;

/// <summary>A script beside these tests that runs as a process of its own and talks with the test in lines.</summary>
internal sealed class PeerProcess : IDisposable
{
    internal const string Python = "/usr/bin/python3";
    internal const string Node = "node";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _complaints;

    private PeerProcess(string program, string script, string[] arguments)
    {
        var start = new ProcessStartInfo(program, [Path.Combine(Folder(), script), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _complaints = _process.StandardError.ReadToEndAsync();
    }

    internal static PeerProcess Start(string program, string script, params string[] arguments) => new(program, script, arguments);

    /// <summary>Runs a script to its end; it must say "ok".</summary>
    internal static async Task Succeed(string program, string script, params string[] arguments)
    {
        using PeerProcess peer = Start(program, script, arguments);
        Assert.Equal("ok", await peer.Hear());
    }

    internal static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
            using Process process = Process.Start(start)!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false; // there is no such program
        }
    }

    /// <summary>The folder of these tests, in the repository.</summary>
    internal static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;

    internal void Say(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits for the next line. A script that fails instead fails the test with what it complained of.</summary>
    internal async Task<string> Hear() =>
        await _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience)
            ?? throw new InvalidOperationException("The peer ended: " + await _complaints.WaitAsync(s_patience));

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
