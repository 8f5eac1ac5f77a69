using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using MlOps.Data;
using MlOps.Drift.Quality;

namespace MlOps.Bench;

/// <summary>60 expectations on a table, and the same checks written by hand in pandas, one after the other in one run.</summary>
public static class QualityBench
{
    private const int Columns = 20;
    private const int Repeats = 5;
    private const int WarmUps = 40;

    /// <summary>Arguments: <c>[rows = 1000000] [python = /usr/bin/python3]</c>. Returns 0, or 1 when the peer fails or counts other rows.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        string python = args.Length > 1 ? args[1] : "/usr/bin/python3";

        Table table = Make(rows);
        var expectations = new Expectations("bench", Rules());
        Table few = table.Head(5000);
        for (int i = 0; i < WarmUps; i++)
        {
            _ = expectations.Check(few); // compiled, and compiled again for speed, before it is timed
        }

        Thread.Sleep(500); // the second time happens in the background
        double best = double.PositiveInfinity;
        QualityReport report = null!;
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            report = expectations.Check(table);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        JsonElement peer = RunPeer(python, table);
        double theirs = peer.GetProperty("seconds").GetDouble();
        long[] counts = peer.GetProperty("failing").Deserialize<long[]>()!;
        bool agrees = counts.SequenceEqual(report.Results.Where(result => result.Expectation is RowExpectation).Select(result => result.FailingRows));
        Print($"Data quality, {report.Results.Count} expectations, {rows} rows × {Columns} columns, {Environment.ProcessorCount} cores");
        Print($"  pandas {peer.GetProperty("pandas").GetString()}, by hand              {theirs,8:0.000} s");
        Print($"  MlOps.Drift.Quality                {best,8:0.000} s   {theirs / best,6:0.0} ×");
        Ratios.Time($"{report.Results.Count} expectations, {rows} rows × {Columns} columns", best, theirs, $"pandas {peer.GetProperty("pandas").GetString()}, by hand");
        Print($"  failing rows                       {counts.Sum()}, {(agrees ? "the same for every rule" : "NOT THE SAME")}");
        return agrees ? 0 : 1;
    }

    /// <summary>Fifteen columns of numbers (one of whole ones that are nearly all different, every fourth with gaps) and five of text.</summary>
    private static Table Make(int rows)
    {
        var random = new Random(3);
        var made = new Column[Columns];
        for (int c = 0; c < 15; c++)
        {
            double[] values = new double[rows];
            for (int i = 0; i < rows; i++)
            {
                values[i] = c == 0 ? random.Next(50 * rows) : random.Next(400) == 0 && c % 4 == 1 ? double.NaN : (random.NextDouble() * 100) + c;
            }

            made[c] = new Column<double>(Name(c), values);
        }

        for (int c = 15; c < Columns; c++)
        {
            int levels = 5 * (c - 14);
            made[c] = new StringColumn(Name(c), Enumerable.Range(0, rows).Select(_ => string.Create(CultureInfo.InvariantCulture, $"level-{random.Next(levels):00}")));
        }

        return new Table(made);
    }

    /// <summary>Three rules a column. peer.py has the same in the same order.</summary>
    private static List<Expectation> Rules()
    {
        var rules = new List<Expectation> { new Unique(Name(0)), new NotNull(Name(0)), new ValueRange(Name(0), 0) };
        for (int c = 1; c < 15; c++)
        {
            rules.Add(new ValueRange(Name(c), c, c + 99.99));
            rules.Add(new NotNull(Name(c)));
            rules.Add(c % 3 == 0 ? new CompareColumns(Name(c), Relation.LessOrEqual, Name(c - 1)) : new Monotonic(Name(c)));
        }

        for (int c = 15; c < Columns; c++)
        {
            rules.Add(new AllowedValues(Name(c), Enumerable.Range(0, 4).Select(level => string.Create(CultureInfo.InvariantCulture, $"level-{level:00}"))));
            rules.Add(new MatchesPattern(Name(c), "level-0[0-9]"));
            rules.Add(new TextLength(Name(c), 1, 8));
        }

        return rules;
    }

    private static string Name(int column) => string.Create(CultureInfo.InvariantCulture, $"x{column:00}");

    private static JsonElement RunPeer(string python, Table table)
    {
        string folder = Directory.CreateTempSubdirectory("quality-bench").FullName;
        try
        {
            string data = Path.Combine(folder, "data.bin");
            using (FileStream stream = File.Create(data))
            {
                foreach (Column column in table.Columns)
                {
                    stream.Write(column is StringColumn texts ? MemoryMarshal.AsBytes<int>(Array.ConvertAll(texts.Codes.ToArray(), code => LevelNumber(texts, code))) : MemoryMarshal.AsBytes(((Column<double>)column).Values));
                }
            }

            return Peer.Run(python, "quality", data, table.RowCount);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int LevelNumber(StringColumn texts, int code) => int.Parse(texts.Levels[code].AsSpan("level-".Length), CultureInfo.InvariantCulture);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
