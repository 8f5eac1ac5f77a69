using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MlOps.Kernel.Engine;

namespace MlOps.Bench;

/// <summary>The notebook engine beside Debian's ipykernel: start to first result, a warm trivial cell, memory after 1000 cells.</summary>
/// <remarks>
/// The engine is measured as a fresh process of this program, from its start by the parent to the report of its first result.
/// ipykernel is measured through jupyter_client, the way front ends start it; its protocol is part of what a user waits for, the
/// engine's will be added by the kernel. The engine's cell is therefore compared with the whole cell of the peer, and this is said.
/// </remarks>
public static class EngineBench
{
    internal const string ChildArgument = "--engine-child";
    private const string ChildReport = "engine child: ";
    private const int Starts = 7;
    private const int WarmCells = 200;
    private const int MemoryCells = 1000;

    /// <summary>Runs the comparison; the exit code is 0 unless something could not be measured.</summary>
    public static int Run(string[] args)
    {
        if (args is [.., ChildArgument, string what])
        {
            return Child(what);
        }

        double[] start = Repeat(Starts, StartToFirstResult);
        Report warm = Ask("warm");
        Report memory = Ask("memory");
        JsonElement? peer = Measured(out string version);

        Console.WriteLine($"{"",-34}{"ours",12}{"ipykernel",12}{"ratio",8}");
        Print("start to first result, ms, median", Quantile(start, 0.5), peer, "startMedian", version);
        Print("start to first result, ms, p95", Quantile(start, 0.95), peer, "startP95", version);
        Print("warm trivial cell, ms, median", warm.Median, peer, "warmMedian", version);
        Print("warm trivial cell, ms, p95", warm.P95, peer, "warmP95", version);
        Print("memory after 1000 cells, MiB", memory.Mebibytes, peer, "memory", version);
        return 0;
    }

    private static int Child(string what)
    {
        using var engine = new NotebookEngine();
        RunCell(engine, "1 + 1");
        double[] times = what switch
        {
            "warm" => Repeat(WarmCells, () => Timed(engine, "1 + 1")),
            "memory" => Enumerable.Range(0, MemoryCells).Select(i => Timed(engine, Invariant($"var v{i} = {i}; v{i} + 1"))).ToArray(),
            _ => [0],
        };
        Console.WriteLine(ChildReport + Invariant($"{Quantile(times, 0.5):R} {Quantile(times, 0.95):R} {ResidentMebibytes():R}"));
        return 0;
    }

    private static double Timed(NotebookEngine engine, string code)
    {
        long start = Stopwatch.GetTimestamp();
        RunCell(engine, code);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static void RunCell(NotebookEngine engine, string code)
    {
        bool shown = false;
        CellResult result = engine.RunAsync(code, null, output => shown |= output is ResultOutput).GetAwaiter().GetResult();
        if (result.Status != CellStatus.Ok || !shown)
        {
            throw new InvalidOperationException($"'{code}' did not run: {result.Error?.Message}");
        }
    }

    private static double StartToFirstResult()
    {
        long start = Stopwatch.GetTimestamp();
        using Process child = Spawn("start");
        ReadReport(child); // printed right after the first result
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        child.WaitForExit();
        return elapsed;
    }

    private static Report Ask(string what)
    {
        using Process child = Spawn(what);
        string[] parts = ReadReport(child).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        return new Report(Parse(parts[0]), Parse(parts[1]), Parse(parts[2]));
    }

    private static string ReadReport(Process child)
    {
        while (child.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(ChildReport, StringComparison.Ordinal))
            {
                return line[ChildReport.Length..];
            }
        }

        throw new InvalidOperationException("The measured process ended without a report.");
    }

    private static Process Spawn(string what)
    {
        string program = Environment.ProcessPath!;
        bool hosted = Path.GetFileNameWithoutExtension(program) == "dotnet"; // started as dotnet Bench.dll
        string[] command = [.. hosted ? new[] { Environment.GetCommandLineArgs()[0] } : [], "engine", ChildArgument, what];
        return Process.Start(new ProcessStartInfo(program, command) { RedirectStandardOutput = true })!;
    }

    private static JsonElement? Measured(out string version)
    {
        version = "ipykernel";
        try
        {
            version = Peer.Versions("/usr/bin/python3", "ipykernel");
            return Peer.Run("/usr/bin/python3", "engine", Starts, WarmCells, MemoryCells);
        }
        catch (PeerMissingException)
        {
            return null; // our own column is still worth printing
        }
    }

    private static void Print(string name, double ours, JsonElement? peer, string key, string version)
    {
        double? theirs = peer?.GetProperty(key).GetDouble();
        if (key == "memory")
        {
            Ratios.Memory(name.Split(',')[0], ours, theirs, version);
        }
        else
        {
            Ratios.Time(name.Replace(", ms", "", StringComparison.Ordinal), ours / 1000, theirs / 1000, version);
        }

        string ratio = theirs is { } value ? Invariant($"{ours / value:0.00}×") : "";
        Console.WriteLine(Invariant($"{name,-34}{ours,12:0.0}{theirs,12:0.0}{ratio,8}"));
    }

    private static double[] Repeat(int times, Func<double> measure)
    {
        double[] results = new double[times];
        for (int i = 0; i < times; i++)
        {
            results[i] = measure();
        }

        return results;
    }

    private static double Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)Math.Min(sorted.Length - 1, Math.Floor(share * sorted.Length))];
    }

    private static double ResidentMebibytes()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64 / (1024.0 * 1024);
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Report(double Median, double P95, double Mebibytes);
}
