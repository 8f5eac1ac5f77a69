using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Data;
using MlOps.Fairness;

namespace MlOps.Bench;

/// <summary>Our fairness report and the same group table in pandas, one after the other in one run.</summary>
/// <remarks>Fairlearn is not among the peers, as Debian does not package it; its formulas over pandas' groups are ("rates per group").</remarks>
public static class FairnessBench
{
    private const int Repeats = 5;

    /// <summary>Arguments: <c>[rows = 5000000] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the peer fails or disagrees.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5_000_000;
        string python = args.Length > 1 ? args[1] : "/usr/bin/python3";

        (bool[] labels, bool[] predictions, int[] codes) = Make(rows);
        string[] names = ["a", "b", "c"];
        var texts = new StringColumn("group", codes.Select(code => names[code]));
        var text = new Table(Whole("y", labels), Whole("p", predictions), texts);
        var whole = text.With(new Column<long>("group", Array.ConvertAll(codes, code => (long)code)));
        _ = FairnessReport.Of(text.Head(200_000), "y", "p", ["group"]); // compiled before it is timed
        _ = FairnessReport.Of(whole.Head(200_000), "y", "p", ["group"]);

        (double table, FairnessReport report) = Best(() => FairnessReport.Of(text, "y", "p", ["group"]));
        (double wholeTable, _) = Best(() => FairnessReport.Of(whole, "y", "p", ["group"]));
        string[] strings = Array.ConvertAll(codes, code => names[code]);
        (double arrays, _) = Best(() => FairnessReport.Of(labels, predictions, Groups.Of("group", strings)));
        (double bootstrap, _) = Best(() => FairnessReport.Of(text, "y", "p", ["group"], options: new FairnessOptions { BootstrapSamples = 1000 }));
        JsonElement peer = RunPeer(python, labels, predictions, codes);
        double groupBy = peer.GetProperty("groupBy").GetDouble();
        double categories = peer.GetProperty("categories").GetDouble();
        double perGroup = peer.GetProperty("perGroup").GetDouble();
        double deviation = LargestDeviation(report, peer.GetProperty("rates"));

        Print($"Fairness report, {rows} rows × 3 groups, {Environment.ProcessorCount} cores");
        Print($"  pandas {peer.GetProperty("pandas").GetString()}, one groupby, text groups      {groupBy,8:0.000} s");
        Print($"  pandas, one groupby, categorical groups    {categories,8:0.000} s");
        Print($"  pandas, rates per group (MetricFrame's way){perGroup,8:0.000} s");
        Print($"  MlOps.Fairness, table with text groups     {table,8:0.000} s   {groupBy / table,6:0.0} × pandas, {categories / table,5:0.0} × categorical, {perGroup / table,5:0.0} × per group");
        Print($"  MlOps.Fairness, table with whole groups    {wholeTable,8:0.000} s   {categories / wholeTable,6:0.0} × categorical");
        Print($"  MlOps.Fairness, arrays with string groups  {arrays,8:0.000} s   {groupBy / arrays,6:0.0} × pandas");
        Print($"  with 1000 bootstrap samples                {bootstrap,8:0.000} s");
        Print($"  largest deviation from pandas              {deviation:0.0e+0}");
        string name = $"pandas {peer.GetProperty("pandas").GetString()}";
        Ratios.Time($"fairness report, {rows} rows × 3 groups as texts", table, groupBy, $"{name}, groupby");
        Ratios.Time("the same, groups as whole numbers", wholeTable, categories, $"{name}, groupby of categories");
        Ratios.Time("the same, rates a group", table, perGroup, $"{name}, rates per group");
        return deviation < 1e-12 ? 0 : 1;
    }

    private static Column<long> Whole(string name, bool[] values) => new(name, Array.ConvertAll(values, value => value ? 1L : 0L));

    /// <summary>Three groups with other base rates, and a decision that is right more often for some.</summary>
    private static (bool[] Labels, bool[] Predictions, int[] Codes) Make(int rows)
    {
        var random = new Random(1);
        bool[] labels = new bool[rows];
        bool[] predictions = new bool[rows];
        int[] codes = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            codes[i] = random.Next(3);
            labels[i] = random.NextDouble() < 0.3 + (0.1 * codes[i]);
            predictions[i] = random.NextDouble() < (labels[i] ? 0.7 : 0.2) - (0.05 * codes[i]);
        }

        return (labels, predictions, codes);
    }

    private static (double Seconds, FairnessReport Report) Best(Func<FairnessReport> measure)
    {
        double best = double.PositiveInfinity;
        FairnessReport report = null!;
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            report = measure();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return (best, report);
    }

    private static JsonElement RunPeer(string python, bool[] labels, bool[] predictions, int[] codes)
    {
        string folder = Directory.CreateTempSubdirectory("fairness-bench").FullName;
        try
        {
            string data = Path.Combine(folder, "data.bin");
            using (FileStream stream = File.Create(data))
            {
                stream.Write(MemoryMarshal.AsBytes<bool>(labels));
                stream.Write(MemoryMarshal.AsBytes<bool>(predictions));
                stream.Write(Array.ConvertAll(codes, code => (byte)code));
            }

            return Peer.Run(python, "fairness", data, labels.Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double LargestDeviation(FairnessReport report, JsonElement rates)
    {
        double largest = 0;
        foreach (GroupOutcome group in report.Groups)
        {
            OutcomeCounts counts = group.Counts;
            double[] ours = [counts.Total, counts.SelectionRate.Value!.Value, counts.TruePositiveRate.Value!.Value, counts.FalsePositiveRate.Value!.Value, counts.PositivePredictiveValue.Value!.Value, counts.Accuracy.Value!.Value];
            for (int i = 0; i < ours.Length; i++)
            {
                largest = Math.Max(largest, Math.Abs(ours[i] - rates.GetProperty(group.Group)[i].GetDouble()));
            }
        }

        return largest;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
