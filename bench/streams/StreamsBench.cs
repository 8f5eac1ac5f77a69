using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Drift.Streaming;

namespace MlOps.Bench;

/// <summary>Updates per second of our streaming detectors and River's, on the same values in one run.</summary>
public static class StreamsBench
{
    private const int Repeats = 5;

    /// <summary>Of River's Python detectors fewer values are timed: their time per value does not depend on how many there are.</summary>
    private const int PeerShare = 20;

    private static readonly (string Name, bool Bits, Func<DriftDetector> Make)[] Detectors =
    [
        ("adwin", false, () => new Adwin()),
        ("cusum", false, () => new Cusum()),
        ("ddm", true, () => new Ddm()),
        ("eddm", true, () => new Eddm()),
        ("ewma", false, () => new Ewma()),
        ("hddm-a", true, () => new HddmA()),
        ("hddm-w", true, () => new HddmW()),
        ("kswin", false, () => new Kswin(seed: 42)),
        ("page-hinkley", false, () => new PageHinkley()),
        ("stepd", true, () => new Stepd()),
    ];

    /// <summary>Arguments: <c>[values = 2000000] [python = /usr/bin/python3]</c>. Returns 0, or 1 when River disagrees.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 2_000_000;
        string python = args.Length > 1 ? args[1] : "/usr/bin/python3";
        double[] numbers = Normal(count, seed: 1);
        double[] bits = Array.ConvertAll(Normal(count, seed: 2), x => x > 0.8 ? 1.0 : 0.0); // about 21 % errors
        JsonElement peer = RunPeer(python, numbers, bits);

        Print($"Streaming detectors, {count} values each without a change; millions of updates a second, best of {Repeats}");
        Print($"  River: {peer.GetProperty("river").GetString()}");
        Print($"  {"",-14}{"ours",9}{"River",9}{"ratio",9}   detections");
        JsonElement rates = peer.GetProperty("rates");
        int status = 0;
        foreach ((string name, bool hasBits, Func<DriftDetector> make) in Detectors)
        {
            double[] values = hasBits ? bits : numbers;
            ReadOnlySpan<double> timed = name == "kswin" ? values.AsSpan(0, count / PeerShare) : values;
            (double rate, int drifts) = Best(make, timed);
            if (!rates.TryGetProperty(name, out JsonElement theirs))
            {
                Print($"  {name,-14}{rate / 1e6,9:0.00}{"–",9}{"–",9}   {drifts}");
                continue;
            }

            double river = theirs.GetProperty("rate").GetDouble();
            int expected = theirs.GetProperty("drifts").GetInt32();
            int same = Detections(make(), values.AsSpan(0, theirs.GetProperty("values").GetInt32()));
            status = same == expected ? status : 1;
            Print($"  {name,-14}{rate / 1e6,9:0.00}{river / 1e6,9:0.000}{rate / river,9:0.0}   {drifts}{(same == expected ? "" : $", of the first {theirs.GetProperty("values")} values {same} but River {expected}")}");
            Ratios.Rate($"{name}, updates", rate, river, $"River {peer.GetProperty("river").GetString()}");
        }

        if (rates.TryGetProperty("adwin-loop", out JsonElement loop))
        {
            double rate = loop.GetProperty("rate").GetDouble();
            Print($"  River's compiled ADWIN in a loop of its own language, no Python in it: {rate / 1e6:0.00}");
        }

        return status;
    }

    private static double[] Normal(int count, int seed)
    {
        var random = new Random(seed);
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        }

        return values;
    }

    private static (double Rate, int Drifts) Best(Func<DriftDetector> make, ReadOnlySpan<double> values)
    {
        double best = double.PositiveInfinity;
        int drifts = 0;
        for (int i = 0; i <= Repeats; i++)
        {
            DriftDetector detector = make();
            long start = Stopwatch.GetTimestamp();
            drifts = Detections(detector, values);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (values.Length / best, drifts);
    }

    /// <summary>Value by value through the common type, as a monitor would.</summary>
    private static int Detections(DriftDetector detector, ReadOnlySpan<double> values)
    {
        int drifts = 0;
        foreach (double value in values)
        {
            if (detector.Update(value))
            {
                drifts++;
            }
        }

        return drifts;
    }

    private static JsonElement RunPeer(string python, double[] numbers, double[] bits)
    {
        string folder = Directory.CreateTempSubdirectory("streams-bench").FullName;
        try
        {
            string data = Path.Combine(folder, "data.bin");
            using (FileStream stream = File.Create(data))
            {
                stream.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
                stream.Write(MemoryMarshal.AsBytes(bits.AsSpan()));
            }

            return Peer.Run(python, "streams", data, numbers.Length, PeerShare);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
