using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MlOps.Cli.Tests.Kernel;

/// <summary>A client of the kernel in another language. It runs once and prints one line of JSON for each of its checks.</summary>
/// <remarks>The names of the checks are read from its source, so that each is a test of its own here, also when the script dies early.</remarks>
internal sealed partial class ClientScript
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(8); // a hang, not a slow machine
    private const int MostSaid = 20_000;
    private readonly string[] _command;
    private readonly Lazy<Outcome> _outcome;

    private ClientScript(string file, params string[] command)
    {
        _command = command;
        _outcome = new Lazy<Outcome>(Run);
        foreach (Match match in CheckName().Matches(File.ReadAllText(Path.Combine(JupyterTools.Clients, file))))
        {
            Checks.Add(match.Groups["name"].Value);
        }
    }

    /// <summary>Gets the names of the checks.</summary>
    internal TheoryData<string> Checks { get; } = [];

    internal static ClientScript Python(string module) => new(module + ".py", JupyterTools.Python, "run_checks.py", module);

    internal static ClientScript Node(string file) => new(file, "node", file);

    /// <summary>Fails with what the client said if the check did not pass.</summary>
    internal void AssertPassed(string check)
    {
        Outcome outcome = _outcome.Value;
        Assert.True(outcome.Checks.TryGetValue(check, out CheckLine? line), $"'{check}' was not reached.\n{outcome.Said}");
        Assert.True(line.Outcome == "passed", $"{line.Outcome}: {line.Detail}");
    }

    private Outcome Run()
    {
        using var kernel = new KernelUnderTest();
        var start = new ProcessStartInfo(_command[0], _command[1..])
        {
            WorkingDirectory = JupyterTools.Clients,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        kernel.Describe(start);
        start.Environment["CHROMIUM"] = JupyterTools.Chromium;
        start.Environment["PYTHON"] = JupyterTools.Python;
        var checks = new Dictionary<string, CheckLine>(StringComparer.Ordinal);
        var said = new StringBuilder();
        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Read(line.Data, checks, said);
        process.ErrorDataReceived += (_, line) => Read(line.Data, checks, said);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            said.AppendLine($"{string.Join(' ', _command)} did not end within {s_limit}.");
        }

        process.WaitForExit();
        return new Outcome(checks, said.ToString());
    }

    private static void Read(string? line, Dictionary<string, CheckLine> checks, StringBuilder said)
    {
        lock (checks)
        {
            if (line?.StartsWith("{\"check\"", StringComparison.Ordinal) == true)
            {
                CheckLine check = JsonSerializer.Deserialize<CheckLine>(line, JsonSerializerOptions.Web)!;
                checks[check.Check] = check;
                if (check.Outcome != "passed")
                {
                    said.AppendLine($"{check.Check}: {check.Detail}");
                }
            }
            else if (said.Length < MostSaid) // ten thousand wrong messages make as many lines in the kernel's log
            {
                said.AppendLine(line);
            }
        }
    }

    [GeneratedRegex("""^ *(?:def (?<name>test_\w+)|(?:await )?check\("(?<name>[^"]+)")""", RegexOptions.Multiline)]
    private static partial Regex CheckName();

    private sealed record CheckLine(string Check, string Outcome, string Detail);

    private sealed record Outcome(IReadOnlyDictionary<string, CheckLine> Checks, string Said);
}
