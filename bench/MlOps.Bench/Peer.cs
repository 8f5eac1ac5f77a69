using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MlOps.Bench;

/// <summary>The other side of a benchmark: a Python script that prints one JSON object.</summary>
internal static class Peer
{
    private const string NoModule = "No module named '";

    /// <summary>Runs the script that lies beside the benchmark, such as bench/drift/peer.py, and waits for it.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="benchmark">The benchmark's folder.</param>
    /// <param name="arguments">Of the script; numbers in invariant culture.</param>
    /// <exception cref="PeerMissingException">There is no such interpreter, or it lacks a module.</exception>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    internal static JsonElement Run(string python, string benchmark, params IEnumerable<IConvertible> arguments)
    {
        string script = Path.Combine(AppContext.BaseDirectory, benchmark, "peer.py");
        return JsonDocument.Parse(Output(new ProcessStartInfo(python, ["-W", "ignore", script, .. arguments.Select(argument => argument.ToString(CultureInfo.InvariantCulture))]))).RootElement;
    }

    /// <summary>Returns the names and versions of packages that the peer consists of, such as <c>pandas 2.2.3, SciPy 1.15.3</c>.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="packages">Their names.</param>
    internal static string Versions(string python, params IEnumerable<string> packages) =>
        string.Join(", ", packages.Select(package => $"{package} {Output(new ProcessStartInfo(python, ["-c", $"import importlib.metadata as m; print(m.version('{package}'))"])).Trim()}"));

    /// <summary>What a command of the peer prints.</summary>
    internal static string Output(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            string told = errors.GetAwaiter().GetResult();
            int module = told.LastIndexOf(NoModule, StringComparison.Ordinal);
            return process.ExitCode == 0 ? output
                : module >= 0 ? throw new PeerMissingException(told[(module + NoModule.Length)..].Split('\'')[0], $"not installed for {start.FileName}")
                : throw new InvalidOperationException($"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with exit code {process.ExitCode}: {told.TrimEnd().Split('\n')[^1]}");
        }
        catch (Win32Exception e)
        {
            throw new PeerMissingException(start.FileName, e.Message);
        }
    }
}
