using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Data;
using MlOps.Learning;
using MlOps.Learning.Preprocessing;

namespace MlOps.Bench;

/// <summary>Our pipeline and scikit-learn's ColumnTransformer on the same table, one after the other in one run.</summary>
public static class PipelineBench
{
    private const int Repeats = 3;
    private const int Numbers = 10;
    private const int Texts = 2;
    private const int Categories = 20;

    /// <summary>Arguments: <c>[rows = 1000000] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the peer fails or disagrees.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        string python = args.Length > 1 ? args[1] : "/usr/bin/python3";

        Table table = Make(rows);
        Pipeline pipeline = new Pipeline()
            .Numbers([.. Enumerable.Range(0, Numbers).Select(i => Text("x", i))], Impute.Median(), new StandardScale())
            .Texts([.. Enumerable.Range(0, Texts).Select(i => Text("t", i))], Impute.Constant("missing"), new OneHot());
        for (int i = 0; i < 30; i++)
        {
            _ = pipeline.Fit(table.Head(3000)).Transform(table.Head(3000)); // compiled before it is timed
        }

        FittedPipeline fitted = null!;
        double fit = Best(() =>
        {
            fitted = pipeline.Fit(table);
        });
        Matrix features = null!;
        double transform = Best(() => features = fitted.Transform(table));
        JsonElement peer = RunPeer(python, table, features);
        double peerFit = peer.GetProperty("fit").GetDouble();
        double peerTransform = peer.GetProperty("transform").GetDouble();
        double deviation = peer.GetProperty("deviation").GetDouble();

        Print($"Median, standard scale, one-hot: {rows} rows, {Numbers} numbers + {Texts} texts → {features.ColumnCount} features, {Environment.ProcessorCount} cores");
        Print($"                              scikit-learn {peer.GetProperty("sklearn").GetString()}       ours");
        Print($"  fit, with the features          {peerFit,8:0.000} s {fit,8:0.000} s   {peerFit / fit,5:0.0} ×");
        Print($"  transform                       {peerTransform,8:0.000} s {transform,8:0.000} s   {peerTransform / transform,5:0.0} ×");
        Print($"  largest deviation               {deviation:0.0e+0}");
        string name = $"scikit-learn {peer.GetProperty("sklearn").GetString()}";
        Ratios.Time($"impute, scale, one-hot: fit and features, {rows} rows", fit, peerFit, name);
        Ratios.Time("the same, transform", transform, peerTransform, name);
        return deviation < 1e-9 ? 0 : 1;
    }

    /// <summary>Normal numbers of which one in twenty is missing, and texts likewise.</summary>
    private static Table Make(int rows)
    {
        var random = new Random(1);
        var columns = new List<Column>();
        for (int c = 0; c < Numbers; c++)
        {
            var values = new double[rows];
            for (int i = 0; i < rows; i++)
            {
                values[i] = random.Next(20) == 0 ? double.NaN : 100 + (c * random.NextDouble());
            }

            columns.Add(new Column<double>(Text("x", c), values));
        }

        for (int c = 0; c < Texts; c++)
        {
            columns.Add(Column.Of(Text("t", c), [.. Enumerable.Range(0, rows).Select(_ => random.Next(20) == 0 ? null : "level " + random.Next(Categories).ToString("000", CultureInfo.InvariantCulture))]));
        }

        return new Table(columns);
    }

    private static double Best(Action run)
    {
        double best = double.PositiveInfinity;
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    private static JsonElement RunPeer(string python, Table table, Matrix features)
    {
        string folder = Directory.CreateTempSubdirectory("pipeline-bench").FullName;
        try
        {
            string data = Path.Combine(folder, "data.bin");
            using (FileStream stream = File.Create(data))
            {
                foreach (Column column in table.Columns)
                {
                    stream.Write(column is StringColumn text ? MemoryMarshal.AsBytes<int>(Sorted(text)) : MemoryMarshal.AsBytes(((Column<double>)column).Values));
                }

                for (int i = 0; i < features.RowCount; i++)
                {
                    stream.Write(MemoryMarshal.AsBytes(features.Row(i)));
                }
            }

            return Peer.Run(python, "pipeline", data, Text("", table.RowCount), Text("", Numbers), Text("", Texts), Text("", Categories), Text("", Repeats));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Codes by the order of the levels, which the peer makes itself.</summary>
    private static int[] Sorted(StringColumn column)
    {
        string[] sorted = [.. column.Levels.ToArray().Order(StringComparer.Ordinal)];
        int[] place = [.. column.Levels.ToArray().Select(level => Array.IndexOf(sorted, level))];
        return [.. column.Codes.ToArray().Select(code => code < 0 ? -1 : place[code])];
    }

    private static string Text(string name, int number) => name + number.ToString(CultureInfo.InvariantCulture);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
