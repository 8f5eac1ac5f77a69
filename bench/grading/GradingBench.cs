using System.Diagnostics;

namespace MlOps.Bench;

/// <summary>The command <c>mlops grade</c> on a made-up class, beside nbclient, which runs submissions for nbgrader.</summary>
/// <remarks>The class is week 12: a third handed in the reference solutions, a third one wrong solution an exercise, a third
/// left some exercises out. Every run starts with an empty output folder and counts the start of the command.</remarks>
public static class GradingBench
{
    private const int Class = 200;
    private const int PeerClass = 20;
    private const int ColdRuns = 5;

    /// <summary>Runs the comparison; 0 unless the command failed.</summary>
    public static int Run(string[] args)
    {
        string root = Environment.GetEnvironmentVariable("MLOPS_ROOT") ?? throw new InvalidOperationException("Start this through ./mlops bench grading.");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-bench-");
        try
        {
            string one = MakeClass(root, Path.Combine(folder.FullName, "one"), 1);
            string all = MakeClass(root, Path.Combine(folder.FullName, "all"), Class);
            Grade(root, one, Path.Combine(folder.FullName, "warm"));
            double[] cold = [.. Enumerable.Range(0, ColdRuns).Select(i => Grade(root, one, Path.Combine(folder.FullName, "cold" + i)))];
            double seconds = Grade(root, all, Path.Combine(folder.FullName, "graded"));
            double again = Grade(root, all, Path.Combine(folder.FullName, "graded"));
            double? peer = PerSecond(out string version);
            Print("one submission, start included, s, median", cold.Order().ElementAt(ColdRuns / 2), null);
            Print($"{Class} submissions, a second", Class / seconds, peer);
            Ratios.Rate("grade submissions", Class / seconds, peer, version);
            Print($"the same {Class} again, nothing changed, s", again, null);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string MakeClass(string root, string folder, int students)
    {
        string week = Path.Combine(root, "exercises", "week12");
        string[] files = [.. Directory.EnumerateFiles(week, "12.*.cs").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        ILookup<string, string> mutants = Directory.EnumerateFiles(Path.Combine(week, "mutants")).Order(StringComparer.Ordinal).ToLookup(path => Path.GetFileName(path).Split('-')[0]);
        for (int student = 0; student < students; student++)
        {
            string own = Path.Combine(folder, FormattableString.Invariant($"student-{student + 1:000}"), "week12");
            Directory.CreateDirectory(own);
            for (int i = 0; i < files.Length; i++)
            {
                string[] wrong = [.. mutants[files[i].Split('-')[0]]];
                string source = (student % 3) switch
                {
                    1 when wrong.Length > 0 => wrong[(student + i) % wrong.Length],
                    2 when (student + i) % 4 == 0 => Path.Combine(week, files[i]),
                    _ => Path.Combine(week, "solutions", files[i]),
                };
                File.Copy(source, Path.Combine(own, files[i]));
            }
        }

        return folder;
    }

    private static double Grade(string root, string submissions, string output)
    {
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(root, "artifacts", "mlops", "mlops.dll"), "grade", submissions, "--out", output]) { RedirectStandardOutput = true })!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(start).TotalSeconds : throw new InvalidOperationException($"mlops grade ended with {process.ExitCode}.");
    }

    private static double? PerSecond(out string version)
    {
        version = "nbclient";
        try
        {
            version = Peer.Versions("/usr/bin/python3", "nbclient");
            return Peer.Run("/usr/bin/python3", "grading", PeerClass, Environment.ProcessorCount).GetProperty("perSecond").GetDouble();
        }
        catch (PeerMissingException)
        {
            return null; // our own column is still worth printing
        }
    }

    private static void Print(string name, double ours, double? peer) =>
        Console.WriteLine(FormattableString.Invariant($"{name,-46}{ours,10:0.00}{(peer is { } value ? FormattableString.Invariant($"   nbclient {value:0.00}   ratio {ours / value:0.0}×") : string.Empty)}"));
}
