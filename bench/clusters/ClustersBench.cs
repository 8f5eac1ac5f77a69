using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Learning;
using MlOps.Learning.Clustering;

namespace MlOps.Bench;

/// <summary>Our k-means and scikit-learn's on the same rows, one after the other in one run.</summary>
public static class ClustersBench
{
    private const int Repeats = 5;

    /// <summary>Arguments: <c>[rows = 100000] [columns = 20] [clusters = 10] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the inertias differ by more than 1 %.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        int columns = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
        int clusters = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 10;
        string python = args.Length > 3 ? args[3] : "/usr/bin/python3";

        Matrix x = Make(rows, columns, clusters);
        for (int i = 0; i < 30; i++)
        {
            _ = new KMeans(clusters, restarts: 1, maxIterations: 20, tolerance: 0).Fit(x.Take([.. Enumerable.Range(0, Math.Min(rows, 5000))])); // compiled before it is timed
        }

        (double one, KMeansModel single) = Best(Repeats, () => new KMeans(clusters, restarts: 1).Fit(x));
        (double twenty, _) = Best(Repeats, () => new KMeans(clusters, restarts: 1, maxIterations: 20, tolerance: 0).Fit(x));
        (double ten, KMeansModel model) = Best(Repeats / 2, () => new KMeans(clusters, restarts: 10).Fit(x));
        JsonElement peer = RunPeer(python, x, clusters);

        double Peer(string name) => peer.GetProperty(name).GetDouble();
        double gap = (model.Inertia / Peer("inertia")) - 1;
        Print($"k-means, {rows} rows × {columns} columns, k = {clusters}, {Environment.ProcessorCount} cores");
        Print($"  scikit-learn {peer.GetProperty("sklearn").GetString()} with {peer.GetProperty("blas").GetString()}");
        Print($"                                   scikit-learn       ours");
        Print($"  one start                          {Peer("one"),8:0.000} s {one,8:0.000} s   {Peer("one") / one,5:0.0} ×   ({Peer("iterations")} and {single.Iterations} iterations)");
        Print($"  one start, 20 iterations           {Peer("twenty"),8:0.000} s {twenty,8:0.000} s   {Peer("twenty") / twenty,5:0.0} ×");
        Print($"  ten starts                         {Peer("ten"),8:0.000} s {ten,8:0.000} s   {Peer("ten") / ten,5:0.0} ×");
        Print($"  our inertia above theirs           {gap:0.000 %}");
        string name = $"scikit-learn {peer.GetProperty("sklearn").GetString()}";
        Ratios.Time($"k-means, {rows} × {columns}, k = {clusters}, one start", one, Peer("one"), name);
        Ratios.Time("the same, 20 iterations", twenty, Peer("twenty"), name);
        Ratios.Time("the same, ten starts", ten, Peer("ten"), name);
        return gap < 0.01 ? 0 : 1;
    }

    /// <summary>Overlapping clouds: neither at rest after three iterations nor without any structure.</summary>
    private static Matrix Make(int rows, int columns, int clusters)
    {
        var random = new Random(1);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double[][] centers = [.. Enumerable.Range(0, clusters).Select(_ => Enumerable.Range(0, columns).Select(_ => 1.5 * Normal()).ToArray())];
        var values = new double[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = centers[i / columns % clusters][i % columns] + (1.5 * Normal());
        }

        return new Matrix(rows, columns, values);
    }

    private static (double Seconds, KMeansModel Model) Best(int repeats, Func<KMeansModel> fit)
    {
        double best = double.PositiveInfinity;
        KMeansModel model = null!;
        for (int i = 0; i < repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            model = fit();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (best, model);
    }

    private static JsonElement RunPeer(string python, Matrix x, int clusters)
    {
        string folder = Directory.CreateTempSubdirectory("clusters-bench").FullName;
        try
        {
            string data = Path.Combine(folder, "data.bin");
            using (FileStream stream = File.Create(data))
            {
                stream.Write(MemoryMarshal.AsBytes(x.Values));
            }

            return Peer.Run(python, "clusters", data, x.RowCount, x.ColumnCount, clusters, Repeats);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
