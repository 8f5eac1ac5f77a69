using MlOps.Kernel.Running;

namespace MlOps.Cli;

/// <summary>Says on standard error which cell failed and why.</summary>
internal static class FailureText
{
    internal static void Write(string notebook, NotebookRun run)
    {
        Console.Error.WriteLine($"{notebook}: cell {run.FailedCell} failed.");
        foreach (string line in run.Error!.Traceback)
        {
            Console.Error.WriteLine("  " + AnsiEscapes.Replace(line, string.Empty).ReplaceLineEndings(Environment.NewLine + "  "));
        }
    }

    private static System.Text.RegularExpressions.Regex AnsiEscapes { get; } = new("\u001b\\[[0-9;]*m");
}
