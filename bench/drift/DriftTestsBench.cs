using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Drift;

namespace MlOps.Bench;

/// <summary>Each two-sample test on its own, ours and SciPy's, on the same two samples of 100,000 values in no order.</summary>
internal static class DriftTestsBench
{
    private const int Rows = 100_000;

    /// <summary>Time spent on each test, which includes being compiled; the best run counts.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.6);

    private static readonly (string Name, Func<double[], double[], double> Run)[] Tests =
    [
        ("ks", (a, b) => KolmogorovSmirnov.Test(a, b).Statistic),
        ("anderson-darling", (a, b) => AndersonDarling.Test(a, b).Statistic),
        ("cramer-von-mises", (a, b) => CramerVonMises.Test(a, b).Statistic),
        ("mann-whitney", (a, b) => MannWhitney.Test(a, b).Statistic),
        ("welch", (a, b) => Welch.Test(a, b).Statistic),
        ("wasserstein", (a, b) => Wasserstein.Measure(a, b).Distance),
        ("energy", (a, b) => EnergyDistance.Measure(a, b).Distance),
        ("g", (a, b) => G(a, b).Statistic),
        ("fisher", (a, b) => Fisher(a, b).OddsRatio),
    ];

    /// <summary>Prints both times and their ratio for every test; returns whether both sides agree to 1e-9.</summary>
    internal static bool Print(string python)
    {
        double[] a = Normals(1, 0);
        double[] b = Normals(2, 0.01);
        JsonElement peer = RunPeer(python, a, b);
        string version = Peer.Versions(python, "scipy");
        bool agree = true;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Single tests, {Rows} values a side, one thread: ours, SciPy, ratio, relative deviation of the statistic"));
        foreach ((string name, Func<double[], double[], double> run) in Tests)
        {
            double best = double.PositiveInfinity;
            double statistic = 0;
            long begin = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begin) < Patience)
            {
                long start = Stopwatch.GetTimestamp();
                statistic = run(a, b);
                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            double theirs = peer.GetProperty(name).GetProperty("seconds").GetDouble();
            double expected = peer.GetProperty(name).GetProperty("statistic").GetDouble();
            double deviation = Math.Abs(statistic - expected) / Math.Max(1, Math.Abs(expected));
            agree &= deviation < 1e-9;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"  {name,-18} {1000 * best,8:0.000} ms {1000 * theirs,9:0.000} ms {theirs / best,7:0.0} × {deviation,9:0.0e+0}"));
            Ratios.Time($"{name}, {Rows} values a side", best, theirs, version);
        }

        return agree;
    }

    private static GTest G(double[] a, double[] b)
    {
        BinCounts bins = Binning.Deciles.Count(SortedSample.Of(a), SortedSample.Of(b));
        return GTest.Test([.. bins.Reference], [.. bins.Current]);
    }

    private static FisherExact Fisher(double[] a, double[] b)
    {
        int ofA = Positive(a);
        int ofB = Positive(b);
        return FisherExact.Test(ofA, a.Length - ofA, ofB, b.Length - ofB);
    }

    private static int Positive(double[] values)
    {
        int positive = 0;
        foreach (double value in values)
        {
            positive += value > 0 ? 1 : 0;
        }

        return positive;
    }

    private static double[] Normals(int seed, double shift)
    {
        var random = new Random(seed);
        double[] values = new double[Rows];
        for (int i = 0; i < Rows; i++)
        {
            values[i] = (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())) + shift;
        }

        return values;
    }

    private static JsonElement RunPeer(string python, double[] a, double[] b)
    {
        string data = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.Create(data))
            {
                stream.Write(MemoryMarshal.AsBytes<double>(a));
                stream.Write(MemoryMarshal.AsBytes<double>(b));
            }

            return Peer.Run(python, "drift", data, "tests", Rows);
        }
        finally
        {
            File.Delete(data);
        }
    }
}
