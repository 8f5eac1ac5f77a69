using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MathNet.Numerics;
using MlOps.Data;
using MlOps.Drift.Sketches;

namespace MlOps.Bench;

/// <summary>Sketches of more rows than one wants to hold, with their memory and their error; and NumPy and pandas on as many as they can hold.</summary>
public static class SketchesBench
{
    private const int Block = 1 << 16;
    private const int Probabilities = 101;
    private static readonly string[] s_cities = [.. Enumerable.Range(0, 500).Select(i => string.Create(CultureInfo.InvariantCulture, $"city {i:000}"))];

    /// <summary>Arguments: <c>[rows = 100000000] [peer rows = 20000000] [python = /usr/bin/python3]</c>. Returns 0, or 1 when a sketch
    /// exceeds its error or 300 MB.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        long rows = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 100_000_000;
        int peerRows = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20_000_000;
        string python = args.Length > 2 ? args[2] : "/usr/bin/python3";

        _ = Quantiles(1_000_000); // compiled before it is timed
        (QuantileSketch sketch, double quantileSeconds) = Quantiles(rows);
        double error = RankError(sketch);
        (DistinctSketch distinct, double distinctSeconds) = Distinct(rows);
        double distinctError = Math.Abs((distinct.Estimate() / rows) - 1);
        long start = Stopwatch.GetTimestamp();
        var table = TableSketch.Of(Parts(rows));
        double tableSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double peak = Process.GetCurrentProcess().PeakWorkingSet64 / 1e6;

        Print($"Sketches, {rows} rows, {Environment.ProcessorCount} cores");
        Print($"  quantiles, one thread             {rows / quantileSeconds / 1e6,8:0.0} million values a second");
        Print($"    {sketch.Retained} values held; largest rank error {100 * error:0.000} %, stated {100 * sketch.RankErrorEverywhere:0.000} % (99 %)");
        Print($"  distinct values, one thread       {rows / distinctSeconds / 1e6,8:0.0} million values a second");
        Print($"    error {100 * distinctError:0.00} %, standard error {100 * distinct.StandardError:0.00} %");
        Print($"  a table of 3 columns, all cores   {table.RowCount / tableSeconds / 1e6,8:0.0} million rows a second, making them included");
        Print($"  peak resident memory              {peak,8:0} MB");
        ComparePeers(python, peerRows);
        return error <= sketch.RankErrorEverywhere && peak < 300 ? 0 : 1;
    }

    private static void ComparePeers(string python, int rows)
    {
        string data = Path.GetTempFileName();
        try
        {
            using (FileStream stream = File.Create(data))
            {
                ForEachBlock(rows, block => stream.Write(MemoryMarshal.AsBytes(block)));
            }

            (QuantileSketch sketch, double quantileSeconds) = Quantiles(rows);
            double[] ours = new double[Probabilities];
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < Probabilities; i++)
            {
                ours[i] = sketch.Quantile((double)i / (Probabilities - 1));
            }

            quantileSeconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            (DistinctSketch distinct, double distinctSeconds) = Distinct(rows);
            JsonElement peer = Peer.Run(python, "sketches", data, Probabilities);
            double quantile = peer.GetProperty("quantile").GetDouble();
            double percentile = peer.GetProperty("percentile").GetDouble();
            double nunique = peer.GetProperty("nunique").GetDouble();
            double apart = ours.Zip(peer.GetProperty("quantiles").EnumerateArray(), (x, y) => Math.Abs(Law(x) - Law(y.GetDouble()))).Max();

            Print($"  The same {rows} values, {Probabilities} quantiles and the number of distinct values, one thread");
            Print($"    np.quantile                     {quantile,8:0.000} s   sketch {quantileSeconds:0.000} s, {quantile / quantileSeconds:0.0} ×");
            Print($"    np.percentile                   {percentile,8:0.000} s   {percentile / quantileSeconds:0.0} ×");
            Print($"    pandas nunique                  {nunique,8:0.000} s   sketch {distinctSeconds:0.000} s, {nunique / distinctSeconds:0.0} ×");
            Print($"    quantiles differ by at most {100 * apart:0.000} % of the rows; distinct {distinct.Estimate():0} v. {peer.GetProperty("distinct").GetInt64()}");
            Print($"    peak resident memory of Python  {peer.GetProperty("peak").GetDouble() / 1e6,8:0} MB");
            string version = Peer.Versions(python, "numpy", "pandas");
            Ratios.Time($"{Probabilities} quantiles of {rows} values, a sketch", quantileSeconds, quantile, $"np.quantile, {version}");
            Ratios.Time($"distinct values of {rows}, a sketch", distinctSeconds, nunique, $"nunique, {version}");
        }
        finally
        {
            File.Delete(data);
        }
    }

    private static (QuantileSketch Sketch, double Seconds) Quantiles(long rows)
    {
        var sketch = new QuantileSketch();
        return (sketch, Timed(rows, block => sketch.Add(block)));
    }

    private static (DistinctSketch Sketch, double Seconds) Distinct(long rows)
    {
        var sketch = new DistinctSketch();
        return (sketch, Timed(rows, block => sketch.Add(block)));
    }

    /// <summary>The seconds that adding takes, without those that making the values does.</summary>
    private static double Timed(long rows, Action<ReadOnlySpan<double>> add)
    {
        double seconds = 0;
        ForEachBlock(rows, block =>
        {
            long start = Stopwatch.GetTimestamp();
            add(block);
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
        return seconds;
    }

    /// <summary>Standard normal numbers, the same every time, in blocks.</summary>
    private static void ForEachBlock(long rows, Action<ReadOnlySpan<double>> use)
    {
        var random = new Random(1);
        double[] block = new double[Block];
        for (long done = 0; done < rows; done += Block)
        {
            Normal(random, block);
            use(block.AsSpan(0, (int)Math.Min(Block, rows - done)));
        }
    }

    private static void Normal(Random random, Span<double> values)
    {
        for (int i = 0; i < values.Length; i += 2)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            values[i] = radius * sine;
            values[i + 1] = radius * cosine;
        }
    }

    private static IEnumerable<Table> Parts(long rows)
    {
        var random = new Random(2);
        for (long done = 0; done < rows; done += Block)
        {
            int count = (int)Math.Min(Block, rows - done);
            double[] amounts = new double[count];
            long[] ages = new long[count];
            string[] cities = new string[count];
            for (int i = 0; i < count; i++)
            {
                double u = random.NextDouble();
                amounts[i] = u < 0.01 ? double.NaN : u * u * 1e6;
                ages[i] = 18 + (long)(u * 60);
                cities[i] = s_cities[(int)(u * u * s_cities.Length)];
            }

            yield return new Table(new Column<double>("amount", amounts), new Column<long>("age", ages), new StringColumn("city", cities));
        }
    }

    /// <summary>The largest distance of the sketch's distribution function from that of the law, on a fine grid.</summary>
    private static double RankError(QuantileSketch sketch)
    {
        double largest = 0;
        for (double x = -4; x <= 4; x += 0.001)
        {
            largest = Math.Max(largest, Math.Abs(sketch.Cdf(x) - Law(x)));
        }

        return largest;
    }

    private static double Law(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
