using System.Diagnostics;
using System.Globalization;
using System.Text;
using MlOps.Data;

namespace MlOps.Bench;

/// <summary>Reads one CSV file of 1,000,000 × 20 with <see cref="Table.ReadCsv(string, CsvOptions?, IProgress{double}?, CancellationToken)"/> and with pandas, in turn.</summary>
/// <remarks>
/// The file is made once, in the temporary folder, and kept for the next run. It is in the page cache for both sides. Each side
/// gets one reading that is not counted; the numbers are medians. Both must have found the same rows and the same sum.
/// </remarks>
public static class CsvBench
{
    private const int Rows = 1_000_000;
    private const int Repeats = 5;

    /// <summary>Runs the comparison. Arguments: [rows] [repeats].</summary>
    /// <returns>0, or 1 when the peer could not be run or found other data.</returns>
    public static int Run(string[] args)
    {
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : Rows;
        int repeats = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : Repeats;
        string path = Path.Combine(Path.GetTempPath(), FormattableString.Invariant($"mlops-bench-{rows}x20.csv"));
        if (!File.Exists(path))
        {
            Console.WriteLine($"making {path}");
            Make(path, rows);
        }

        using Process peer = StartPeer(path);
        string version = peer.StandardOutput.ReadLine() ?? "";
        if (!version.StartsWith("pandas", StringComparison.Ordinal))
        {
            throw new PeerMissingException("pandas", "not installed for /usr/bin/python3 (Debian: apt install python3-pandas)");
        }

        var ours = new List<double>();
        var theirs = new List<double>();
        for (int i = 0; i <= repeats; i++)
        {
            Reading mine = Read(path);
            Reading other = ReadWithPeer(peer);
            if (mine.Rows != other.Rows || Math.Abs(mine.Sum - other.Sum) > 1e-6)
            {
                Console.Error.WriteLine($"The two sides read different data: {mine} and {other}.");
                return 1;
            }

            if (i > 0)
            {
                ours.Add(mine.Seconds);
                theirs.Add(other.Seconds);
            }
        }

        peer.StandardInput.Close();
        peer.WaitForExit();
        double size = new FileInfo(path).Length / 1e6;
        Console.WriteLine(FormattableString.Invariant($"{rows:N0} x 20, {size:F0} MB, {Environment.ProcessorCount} cores, median of {repeats}"));
        Console.WriteLine(FormattableString.Invariant($"Table.ReadCsv    {Median(ours),7:F3} s   {size / Median(ours),6:F0} MB/s"));
        Console.WriteLine(FormattableString.Invariant($"{version,-16} {Median(theirs),7:F3} s   {size / Median(theirs),6:F0} MB/s"));
        Console.WriteLine(FormattableString.Invariant($"ratio            {Median(theirs) / Median(ours),7:F2} x"));
        Ratios.Time(FormattableString.Invariant($"read a CSV file, {rows:N0} × 20"), Median(ours), Median(theirs), version);
        return 0;
    }

    /// <summary>One timed reading, with two facts about the data by which the sides can be compared.</summary>
    private readonly record struct Reading(double Seconds, double Rows, double Sum);

    private static Reading Read(string path)
    {
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        Table table = Table.ReadCsv(path);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Reading(seconds, table.RowCount, table.Numbers("d0").Sum());
    }

    private static Process StartPeer(string path)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [PeerScript(), path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("/usr/bin/python3 did not start.");
    }

    private static Reading ReadWithPeer(Process peer)
    {
        peer.StandardInput.WriteLine("read");
        peer.StandardInput.Flush();
        string answer = peer.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The peer ended early.");
        double[] parts = [.. answer.Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
        return new Reading(parts[0], parts[1], parts[2]);
    }

    private static string PeerScript()
    {
        for (DirectoryInfo? folder = new(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            string script = Path.Combine(folder.FullName, "bench", "csv", "peer.py");
            if (File.Exists(script))
            {
                return script;
            }
        }

        throw new InvalidOperationException("bench/csv/peer.py was not found: run this from inside the repository.");
    }

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Twelve columns of doubles with 4 to 6 decimals, five of whole numbers, three of labels.</summary>
    private static void Make(string path, int rows)
    {
        string[] labels = ["tier-1", "tier-2", "tier-3", "salaried", "self-employed", "gig", "x"];
        var random = new Random(2026);
        string[] names = [.. Enumerable.Range(0, 20).Select(i => i < 12 ? $"d{i}" : i < 17 ? $"i{i}" : $"s{i}")];
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', names));
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < 20; column++)
            {
                if (column > 0)
                {
                    writer.Write(',');
                }

                if (column < 12)
                {
                    double value = (random.NextDouble() - 0.5) * Math.Pow(10, 1 + (column % 4));
                    writer.Write(value.ToString("F" + (4 + (column % 3)), CultureInfo.InvariantCulture));
                }
                else if (column < 17)
                {
                    writer.Write(random.Next(-1000, (int)Math.Pow(10, column - 10)));
                }
                else
                {
                    writer.Write(labels[random.Next(column - 14)]);
                }
            }

            writer.WriteLine();
        }
    }
}
