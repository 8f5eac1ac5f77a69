using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Data;
using MlOps.Drift;

namespace MlOps.Bench;

/// <summary>Our drift report and SciPy's on the same numbers, one after the other in one run.</summary>
public static class DriftBench
{
    private const int Repeats = 5;

    /// <summary>Arguments: <c>[columns = 50] [rows = 200000] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the peer fails or disagrees.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int columns = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 50;
        int rows = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 200_000;
        string python = args.Length > 2 ? args[2] : "/usr/bin/python3";

        Table reference = Make(columns, rows, seed: 1, drift: 0);
        Table current = Make(columns, rows, seed: 2, drift: 0.01);
        var options = new DriftOptions { Tests = DriftTests.Psi | DriftTests.KolmogorovSmirnov | DriftTests.Wasserstein };
        _ = DriftReport.Compare(reference.Head(2000), current.Head(2000), options); // compiled before it is timed

        (double one, DriftReport report) = Best(() => DriftReport.Compare(reference, current, options with { MaxDegreeOfParallelism = 1 }));
        (double all, _) = Best(() => DriftReport.Compare(reference, current, options));
        JsonElement peer = RunPeer(python, reference, current);
        double plain = peer.GetProperty("plain").GetDouble();
        double sortedOnce = peer.GetProperty("sortedOnce").GetDouble();
        double deviation = LargestDeviation(report, peer.GetProperty("values"));

        Print($"Drift report (KS + PSI + Wasserstein), {columns} columns × {rows} rows on both sides, {Environment.ProcessorCount} cores");
        Print($"  SciPy {peer.GetProperty("scipy").GetString()}, one thread          {plain,8:0.000} s");
        Print($"  NumPy, sorted once, one thread    {sortedOnce,8:0.000} s");
        Print($"  MlOps.Drift, one thread           {one,8:0.000} s   {plain / one,6:0.0} × SciPy, {sortedOnce / one,5:0.0} × NumPy");
        Print($"  MlOps.Drift, all cores            {all,8:0.000} s   {plain / all,6:0.0} × SciPy, {sortedOnce / all,5:0.0} × NumPy");
        Print($"  largest deviation from SciPy      {deviation:0.0e+0}");
        string name = $"SciPy {peer.GetProperty("scipy").GetString()}";
        Ratios.Time($"drift report, {columns} columns × {rows} rows, one thread", one, plain, name);
        Ratios.Time("the same, all cores", all, plain, name);
        return deviation < 1e-9 && DriftTestsBench.Print(python) ? 0 : 1;
    }

    /// <summary>Normal, log-normal and rounded columns; each a little further from the reference than the one before.</summary>
    private static Table Make(int columns, int rows, int seed, double drift)
    {
        var random = new Random(seed);
        var made = new Column[columns];
        for (int c = 0; c < columns; c++)
        {
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++)
            {
                double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                double value = normal + (drift * c);
                values[i] = (c % 5) switch
                {
                    3 => Math.Exp(value),
                    4 => Math.Round(value, 2),
                    _ => value,
                };
            }

            made[c] = new Column<double>(string.Create(CultureInfo.InvariantCulture, $"x{c:00}"), values);
        }

        return new Table(made);
    }

    private static (double Seconds, DriftReport Report) Best(Func<DriftReport> compare)
    {
        double best = double.PositiveInfinity;
        DriftReport report = null!;
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            report = compare();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (best, report);
    }

    private static JsonElement RunPeer(string python, Table reference, Table current)
    {
        string folder = Directory.CreateTempSubdirectory("drift-bench").FullName;
        try
        {
            string data = Path.Combine(folder, "data.bin");
            using (FileStream stream = File.Create(data))
            {
                foreach (Column column in reference.Columns.Concat(current.Columns))
                {
                    stream.Write(MemoryMarshal.AsBytes(((Column<double>)column).Values));
                }
            }

            return Peer.Run(python, "drift", data, reference.Columns.Count, reference.RowCount);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double LargestDeviation(DriftReport report, JsonElement values)
    {
        double largest = 0;
        for (int c = 0; c < report.Columns.Count; c++)
        {
            ColumnDrift column = report.Columns[c];
            double[] ours = [column["ks"].Statistic, column["ks"].PValue!.Value, column["wasserstein"].Statistic, column["psi"].Statistic];
            for (int i = 0; i < ours.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(ours[i] - values[c][i].GetDouble()));
            }
        }

        return largest;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
