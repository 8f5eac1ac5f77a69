using System.Globalization;
using MlOps.Grading.Calling;

namespace MlOps.Grading.Sandboxing;

/// <summary>Why a host process ended, in words for the student. The words complete "Psi …".</summary>
internal sealed record ProcessEnding(StudentProblem Problem, string Words)
{
    private const int Signalled = 128; // shells and bubblewrap report signal n as 128 + n, as .NET does
    private const int Abort = 6;
    private const int BusError = 7;
    private const int Kill = 9;
    private const int SegmentationFault = 11;
    private const int ProcessorTime = 24;
    private const int FileSize = 25;

    internal static ProcessEnding NotStarted(string why) => new(StudentProblem.Ended, $"could not run, because its process did not start: {why}");

    internal static ProcessEnding Explain(int exitCode, string said, SandboxLimits limits)
    {
        // What was printed counts only where the runtime gave up: the code itself can print these words too.
        bool gaveUp = exitCode == Signalled + Abort || exitCode < 0; // Windows reports its errors as negative numbers
        if (gaveUp && said.Contains("Stack overflow", StringComparison.Ordinal))
        {
            return new(StudentProblem.StackOverflow, "calls itself without end (stack overflow); give it a way out");
        }

        if (gaveUp && (said.Contains("Out of memory", StringComparison.Ordinal) || said.Contains("OutOfMemoryException", StringComparison.Ordinal)))
        {
            return new(StudentProblem.OutOfMemory, string.Create(CultureInfo.InvariantCulture, $"used more memory than the {limits.MemoryBytes >> 20} MiB it may"));
        }

        return (exitCode - Signalled) switch
        {
            ProcessorTime => new(StudentProblem.TimedOut, string.Create(CultureInfo.InvariantCulture, $"used more than {limits.CpuTime.TotalSeconds} s of processor time")),
            FileSize => new(StudentProblem.Ended, string.Create(CultureInfo.InvariantCulture, $"wrote a file larger than the {limits.FileBytes >> 20} MiB it may")),
            Kill => new(StudentProblem.Ended, "was killed by the operating system, most likely because memory or processor time ran out"),
            SegmentationFault or BusError => new(StudentProblem.Ended, "crashed in native code: it touched memory that is not its own"),
            _ when gaveUp => new(StudentProblem.Ended, "crashed its process" + Quote(said)),
            _ => new(StudentProblem.Ended, string.Create(CultureInfo.InvariantCulture, $"ended its process with exit code {exitCode}, as Environment.Exit does; remove that call")),
        };
    }

    /// <summary>What the runtime said of a crash: FailFast and exceptions on other threads.</summary>
    private static string Quote(string said)
    {
        foreach (string line in said.Split('\n'))
        {
            string text = line.Trim();
            if (text.StartsWith("Unhandled exception. ", StringComparison.Ordinal))
            {
                return $": a thread that it started threw {text["Unhandled exception. ".Length..]}";
            }

            if (text.StartsWith("Process terminated.", StringComparison.Ordinal))
            {
                return $", as Environment.FailFast does ({text})";
            }
        }

        return said.Contains("Fatal error.", StringComparison.Ordinal) ? " in native code: it touched memory that is not its own" : "";
    }
}
