using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace MlOps.Cli.Tests;

/// <summary>What a run of the command left behind.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Errors);

/// <summary>Runs the real <c>mlops</c> in a process of its own, as a shell does.</summary>
internal static class MlopsCommand
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    /// <summary>Gets the command under test: the one that users have where <c>./mlops test</c> made it, else the one that was built with the tests.</summary>
    internal static string Assembly { get; } = Environment.GetEnvironmentVariable("MLOPS_COMMAND") is { Length: > 0 } made ? made : Path.Combine(AppContext.BaseDirectory, "mlops.dll");

    internal static string RepositoryRoot { get; } = FindRoot();

    internal static CommandResult Run(params string[] arguments) => Run(RepositoryRoot, arguments);

    /// <summary>Runs it where a reader of the documents types it: in the root of a course.</summary>
    internal static CommandResult RunIn(string root, params string[] arguments) => Run(root, arguments, folder: root);

    internal static CommandResult Run(string root, string[] arguments, IReadOnlyDictionary<string, string?>? environment = null, string folder = "")
    {
        using Process process = Start(root, arguments, environment, folder);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(s_limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"mlops {string.Join(' ', arguments)} did not end.");
        }

        process.WaitForExit();
        return new CommandResult(process.ExitCode, output.Result, errors.Result);
    }

    internal static Process Start(string root, params string[] arguments) => Start(root, arguments, environment: null, folder: string.Empty);

    private static Process Start(string root, string[] arguments, IReadOnlyDictionary<string, string?>? environment, string folder)
    {
        var start = new ProcessStartInfo("dotnet", [Assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        start.Environment["MLOPS_ROOT"] = root;
        foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    private static string FindRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
