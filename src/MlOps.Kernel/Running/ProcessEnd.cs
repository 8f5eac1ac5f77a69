namespace MlOps.Kernel.Running;

/// <summary>Tells why a worker process ended in the middle of a cell.</summary>
internal static class ProcessEnd
{
    private const int KilledBySignal9 = 137; // 128 + SIGKILL

    internal static Raised Explain(int cell, int exitCode, string said)
    {
        (string message, string remedy) =
            said.Contains("Stack overflow", StringComparison.OrdinalIgnoreCase)
                ? ("overflowed the stack and ended the process", "A method calls itself without end; give it a way out.")
            : exitCode == KilledBySignal9
                ? ("was killed by the operating system, most likely because memory ran out", "Work on less data at a time.")
            : exitCode == 0
                ? ("ended the process (exit code 0), as Environment.Exit does", "Remove that call: a notebook's process must outlive its cells.")
            : ($"ended the process with exit code {exitCode}{Quote(said)}", "Remove what ends it (Environment.Exit, FailFast, a crash in native code).");
        string full = $"Cell {cell} {message}. {remedy} Outputs up to here are kept; later cells did not run.";
        return new Raised("ProcessEnded", full, [$"ProcessEnded: {full}"]) { EndsRun = true };
    }

    /// <summary>The first lines the process wrote outside the notebook: a runtime that crashes says why.</summary>
    private static string Quote(string said) =>
        said.Length == 0 ? string.Empty : $", saying \"{string.Join(' ', said.Split('\n').Take(2).Select(line => line.Trim()))}\"";
}
