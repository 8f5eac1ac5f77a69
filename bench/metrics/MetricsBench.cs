using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Learning;
using MlOps.Learning.Metrics;

namespace MlOps.Bench;

/// <summary>Our metrics and scikit-learn's on the same numbers, one after the other in one run; best of five on both sides.</summary>
public static class MetricsBench
{
    private const int Repeats = 5;
    private const int Classes = 10;
    private const int Columns = 10;

    /// <summary>Arguments: <c>[rows = 1000000] [points = 8000] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the peer disagrees.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        int points = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 8_000;
        string python = args.Length > 2 ? args[2] : "/usr/bin/python3";

        Data data = Make(rows, points);
        string[] names = [.. Enumerable.Range(0, Classes).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        (string Name, Func<double> Ours)[] metrics =
        [
            ("roc_auc_score", () => RocAuc.Compute(data.Truth, data.Scores)),
            ("average_precision_score", () => PrecisionRecallCurve.Of(data.Truth, data.Scores).AveragePrecision),
            ("log_loss", () => LogLoss.Compute(data.Truth, data.Scores)),
            ("brier_score_loss", () => Brier.Compute(data.Truth, data.Scores)),
            ("confusion_matrix", () => Checksum(ConfusionMatrix.Of(data.Actual, data.Predicted, names))),
            ("silhouette_score", () => Silhouette.Of(data.Points, data.Clusters).Mean),
        ];
        var ours = new (double Seconds, double Value)[metrics.Length];
        for (int i = 0; i < metrics.Length; i++)
        {
            ours[i] = Best(metrics[i].Ours);
        }

        JsonElement peer = RunPeer(python, data);
        Print($"Metrics over {rows} rows ({Classes} classes for the confusion matrix; {points} × {Columns} points for the silhouette), scikit-learn {peer.GetProperty("version").GetString()}");
        double deviation = 0;
        for (int i = 0; i < metrics.Length; i++)
        {
            double seconds = peer.GetProperty(metrics[i].Name)[0].GetDouble();
            double value = peer.GetProperty(metrics[i].Name)[1].GetDouble();
            deviation = Math.Max(deviation, Math.Abs(ours[i].Value - value) / Math.Max(1, Math.Abs(value)));
            Print($"  {metrics[i].Name,-24} scikit-learn {1000 * seconds,9:0.0} ms   MlOps.Learning {1000 * ours[i].Seconds,8:0.0} ms   {seconds / ours[i].Seconds,6:0.0} ×");
            Ratios.Time(metrics[i].Name == "silhouette_score" ? $"silhouette_score, {points} points" : $"{metrics[i].Name}, {rows} rows", ours[i].Seconds, seconds, $"scikit-learn {peer.GetProperty("version").GetString()}");
        }

        Print($"  largest deviation from scikit-learn {deviation:0.0e+0}");
        return deviation < 1e-12 ? 0 : 1;
    }

    private static double Checksum(ConfusionMatrix matrix) =>
        Enumerable.Range(0, Classes).Sum(i => Enumerable.Range(0, Classes).Sum(j => matrix[i, j] * (j + 1)));

    /// <summary>Calibrated scores; classes of which four in five are right; clusters around whole numbers.</summary>
    private static Data Make(int rows, int points)
    {
        var random = new Random(7);
        var data = new Data(new double[rows], new bool[rows], new int[rows], new int[rows], new int[points], new Matrix(points, Columns, new double[points * Columns]));
        for (int i = 0; i < rows; i++)
        {
            data.Scores[i] = random.NextDouble();
            data.Truth[i] = random.NextDouble() < data.Scores[i];
            data.Actual[i] = random.Next(Classes);
            data.Predicted[i] = random.NextDouble() < 0.8 ? data.Actual[i] : random.Next(Classes);
        }

        double[] values = new double[points * Columns];
        for (int i = 0; i < points; i++)
        {
            data.Clusters[i] = random.Next(8);
            for (int c = 0; c < Columns; c++)
            {
                values[(i * Columns) + c] = ((data.Clusters[i] >> (c % 3)) & 1) + random.NextDouble();
            }
        }

        return data with { Points = new Matrix(points, Columns, values) };
    }

    private static (double Seconds, double Value) Best(Func<double> metric)
    {
        for (int i = 0; i < Repeats; i++)
        {
            _ = metric(); // compiled before it is timed
        }

        double best = double.PositiveInfinity;
        double value = 0;
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            value = metric();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (best, value);
    }

    private static JsonElement RunPeer(string python, Data data)
    {
        string folder = Directory.CreateTempSubdirectory("metrics-bench").FullName;
        try
        {
            string file = Path.Combine(folder, "data.bin");
            using (FileStream stream = File.Create(file))
            {
                stream.Write(MemoryMarshal.AsBytes(data.Scores.AsSpan()));
                stream.Write(MemoryMarshal.AsBytes(data.Truth.AsSpan()));
                stream.Write(MemoryMarshal.AsBytes(data.Actual.AsSpan()));
                stream.Write(MemoryMarshal.AsBytes(data.Predicted.AsSpan()));
                stream.Write(MemoryMarshal.AsBytes(data.Points.Values));
                stream.Write(MemoryMarshal.AsBytes(data.Clusters.AsSpan()));
            }

            return Peer.Run(python, "metrics", file, data.Scores.Length, Classes, data.Clusters.Length, Columns);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Data(double[] Scores, bool[] Truth, int[] Actual, int[] Predicted, int[] Clusters, Matrix Points);
}
