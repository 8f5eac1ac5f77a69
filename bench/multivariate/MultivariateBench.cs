using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Drift.Multivariate;

namespace MlOps.Bench;

/// <summary>MMD, energy and the domain classifier, ours beside NumPy, SciPy and scikit-learn on the same rows.</summary>
public static class MultivariateBench
{
    private const int Width = 20;
    private const int PairRows = 1_000;
    private const int DomainRows = 20_000;
    private const int Permutations = 500;

    /// <summary>The folds are drawn by different generators, so the AUC of the two sides differs by the luck of the draw.</summary>
    private const double AucTolerance = 0.005;

    /// <summary>Time spent on each measurement, which includes being compiled; the best run counts.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Arguments: <c>[python = /usr/bin/python3]</c>. Returns 0, or 1 when the peer's statistics differ.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        string python = args.Length > 0 ? args[0] : "/usr/bin/python3";
        bool pairs = Pairs(python);
        return Domain(python) && pairs ? 0 : 1;
    }

    private static bool Pairs(string python)
    {
        double[] reference = Rows(PairRows, seed: 1, drift: 0);
        double[] current = Rows(PairRows, seed: 2, drift: 0.1);
        var options = new PermutationOptions { Permutations = Permutations };
        (double mmdSeconds, MaximumMeanDiscrepancy mmd) = Best(() => MaximumMeanDiscrepancy.Test(reference, current, Width, null, options));
        (double energySeconds, EnergyTest energy) = Best(() => EnergyTest.Test(reference, current, Width, options));
        JsonElement peer = RunPeer(python, reference, current, data => [data, PairRows, Width, Permutations]);

        Print($"2 × {PairRows} rows × {Width} columns, {Permutations} permutations, {Environment.ProcessorCount} cores; NumPy {peer.GetProperty("numpy").GetString()}, SciPy {peer.GetProperty("scipy").GetString()}");
        string version = $"NumPy {peer.GetProperty("numpy").GetString()}, SciPy {peer.GetProperty("scipy").GetString()}";
        double mmdDeviation = Line("MMD", mmdSeconds, [mmd.Unbiased, mmd.Biased, mmd.Bandwidth], mmd.PValue, peer.GetProperty("mmd"), version);
        double energyDeviation = Line("energy", energySeconds, [energy.Statistic], energy.PValue, peer.GetProperty("energy"), version);
        return Math.Max(mmdDeviation, energyDeviation) < 1e-9;
    }

    private static double Line(string name, double seconds, double[] statistics, double p, JsonElement peer, string version)
    {
        double theirs = peer.GetProperty("seconds").GetDouble();
        double deviation = statistics.Zip(peer.GetProperty("statistics").EnumerateArray(), (ours, value) => Math.Abs(ours - value.GetDouble())).Max();
        Print($"  {name,-8} ours {seconds,7:0.000} s   peer {theirs,7:0.000} s {theirs / seconds,6:0.0} ×   p {p:0.000} and {peer.GetProperty("p").GetDouble():0.000}; deviation {deviation:0.0e+0}");
        Ratios.Time($"{name}, 2 × {PairRows} rows, {Permutations} permutations", seconds, theirs, version);
        return deviation;
    }

    private static bool Domain(string python)
    {
        double[] reference = Rows(DomainRows, seed: 3, drift: 0);
        double[] current = Rows(DomainRows, seed: 4, drift: 0.05);
        (double seconds, DomainClassifier domain) = Best(() => DomainClassifier.Test(reference, current, Width));
        JsonElement peer = RunPeer(python, reference, current, data => [data, "domain", DomainRows, Width]);
        double alone = peer.GetProperty("alone").GetDouble();
        double whole = peer.GetProperty("whole").GetDouble();
        double deviation = Math.Abs(domain.Auc - peer.GetProperty("auc").GetDouble());

        Print($"Domain classifier, 2 × {DomainRows} rows × {Width} columns, 5 folds, columns and squares; scikit-learn {peer.GetProperty("sklearn").GetString()}");
        Print($"  ours, with what every column gives away    {seconds,7:0.000} s");
        Print($"  scikit-learn, the same                     {whole,7:0.000} s {whole / seconds,6:0.0} ×");
        Print($"  scikit-learn, the AUC alone                {alone,7:0.000} s {alone / seconds,6:0.0} ×");
        Ratios.Time($"domain classifier, 2 × {DomainRows} rows", seconds, whole, $"scikit-learn {peer.GetProperty("sklearn").GetString()}");
        Print($"  AUC {domain.Auc:0.0000} and {peer.GetProperty("auc").GetDouble():0.0000}, apart by {deviation:0.0000}");
        return deviation < AucTolerance;
    }

    /// <summary>Normal columns; each goes a little with the one before, and the drift moves every second one.</summary>
    private static double[] Rows(int count, int seed, double drift)
    {
        var random = new Random(seed);
        double[] rows = new double[count * Width];
        for (int i = 0; i < rows.Length; i++)
        {
            double normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            rows[i] = normal + (i % Width == 0 ? 0 : 0.3 * rows[i - 1]) + (i % 2 * drift);
        }

        return rows;
    }

    private static (double Seconds, T Result) Best<T>(Func<T> work)
    {
        double best = double.PositiveInfinity;
        T result = default!;
        long begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < Patience)
        {
            long start = Stopwatch.GetTimestamp();
            result = work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (best, result);
    }

    private static JsonElement RunPeer(string python, double[] reference, double[] current, Func<string, IConvertible[]> arguments)
    {
        string data = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.Create(data))
            {
                stream.Write(MemoryMarshal.AsBytes<double>(reference));
                stream.Write(MemoryMarshal.AsBytes<double>(current));
            }

            return Peer.Run(python, "multivariate", arguments(data));
        }
        finally
        {
            File.Delete(data);
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
