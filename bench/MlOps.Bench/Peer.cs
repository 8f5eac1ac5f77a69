using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MlOps.Bench;

/// <summary>The other side of a benchmark: a Python script that prints one JSON object.</summary>
internal static class Peer
{
    /// <summary>Runs the script that lies beside the benchmark, such as bench/drift/peer.py, and waits for it.</summary>
    /// <param name="python">The interpreter.</param>
    /// <param name="benchmark">The benchmark's folder.</param>
    /// <param name="arguments">Of the script; numbers in invariant culture.</param>
    /// <exception cref="InvalidOperationException">It ended with another exit code than 0.</exception>
    internal static JsonElement Run(string python, string benchmark, params IEnumerable<IConvertible> arguments)
    {
        string script = Path.Combine(AppContext.BaseDirectory, benchmark, "peer.py");
        string[] all = ["-W", "ignore", script, .. arguments.Select(argument => argument.ToString(CultureInfo.InvariantCulture))];
        using Process process = Process.Start(new ProcessStartInfo(python, all) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? JsonDocument.Parse(output).RootElement
            : throw new InvalidOperationException($"{python} {script} ended with exit code {process.ExitCode}.");
    }
}
