using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Sql;

/// <summary>What other processes do to a store: they write at once, and they are killed.</summary>
public sealed class SqliteProcessTests : SqliteFolder
{
    private const int Some = 400;

    private static readonly int s_rounds = int.Parse(Environment.GetEnvironmentVariable("MLOPS_KILL_ROUNDS") ?? "20", CultureInfo.InvariantCulture);

    // Who opens SQLite first decides which library the process has; a store that came later must not bind half of its calls to another one.
    [Fact]
    public void Store_AfterABareConnection_UsesTheSameLibrary()
    {
        using Process child = Start("sqlite-by-others-first", File + ".others");
        string told = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.Equal((0, "1 run\n"), (child.ExitCode, told));
    }

    internal static int AfterOthers(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        using ITrackingStore store = TrackingStore.Open($"sqlite:///{file}.runs");
        string run = store.CreateRun(new NewRun()).Info.RunId;
        store.LogParam(run, new Param("model", "forest"));
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT 42, hex(zeroblob(10)), CAST('abc' AS BLOB)";
        using (SqliteDataReader rows = command.ExecuteReader())
        {
            rows.Read();
            _ = (rows.GetInt64(0), rows.GetString(1), rows.GetFieldValue<byte[]>(2));
        }

        Console.Out.Write($"{store.SearchRuns(new RunQuery(["0"]) { Filter = "params.model = 'forest'" }).Items.Count} run\n");
        return 0;
    }

    // The program says i after LogMetric(i) returned: every i that was said must be there, and nothing but a beginning of 0, 1, 2, …
    [Fact]
    public void LogMetric_ProcessKilledAtAnyMoment_NothingAcknowledgedIsLost()
    {
        using ITrackingStore store = Open();
        var random = new Random(7);
        for (int round = 0; round < s_rounds; round++)
        {
            string run = NewRun(store);
            using Process child = Start("log-metrics", Address, run);
            long last = long.Parse(child.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            Thread.Sleep(random.Next(40));
            child.Kill();
            while (child.StandardOutput.ReadLine() is { } line)
            {
                last = line.Length > 0 ? long.Parse(line, CultureInfo.InvariantCulture) : last; // a line that was cut has fewer digits: a smaller number
            }

            child.WaitForExit();
            IReadOnlyList<Metric> history = store.GetMetricHistory(run, "loss");
            Assert.True(history.Count > last, $"Round {round}: {last} was acknowledged, {history.Count} are there.");
            Assert.Equal(Enumerable.Range(0, history.Count).Select(i => new Metric("loss", 1.0 / (i + 1), 1000 + i, i)), history);
            Assert.Equal(history[^1], Assert.Single(store.GetRun(run).Metrics)); // the summary is of the same transaction
        }
    }

    [Fact]
    public void LogMetric_TwoProcessesAndThisOne_AllIsThere()
    {
        using ITrackingStore store = Open();
        string run = NewRun(store);
        using Process first = Start("log-some", Address, run, "a");
        using Process second = Start("log-some", Address, run, "b");
        LogSome(store, run, "c");
        first.WaitForExit();
        second.WaitForExit();
        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        foreach (string key in new[] { "a", "b", "c" })
        {
            Assert.Equal(Enumerable.Range(0, Some).Select(i => (double)i), store.GetMetricHistory(run, key).Select(metric => metric.Value));
        }

        Assert.Equal(3 * Some, store.GetMetricHistory(run, "shared").Count);
        Assert.Equal(Some - 1, store.GetRun(run).Metrics.Single(metric => metric.Key == "shared").Step);
    }

    /// <summary>Logs for ever and says what was logged.</summary>
    internal static int LogMetrics(string address, string run)
    {
        using ITrackingStore store = Open(address);
        using Stream output = Console.OpenStandardOutput();
        for (int i = 0; ; i++)
        {
            store.LogMetric(run, new Metric("loss", 1.0 / (i + 1), 1000 + i, i));
            output.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{i}\n")));
            output.Flush();
        }
    }

    /// <summary>Logs some points of a metric of its own and of one that others log, too.</summary>
    internal static int LogSome(string address, string run, string key)
    {
        using ITrackingStore store = Open(address);
        LogSome(store, run, key);
        return 0;
    }

    private static void LogSome(ITrackingStore store, string run, string key)
    {
        for (int i = 0; i < Some; i++)
        {
            store.LogMetric(run, new Metric(key, i, 1000, i));
            store.LogMetric(run, new Metric("shared", key[0], 1000, i));
        }
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(Child).Assembly.Location, .. arguments]) { RedirectStandardOutput = true })!;
}
