using Microsoft.Data.Sqlite;
using MlOps.Tracking.Sql;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Sql;

/// <summary>Files that are not ours, damaged, locked or full.</summary>
public sealed class SqliteFaultTests : SqliteFolder
{
    [Fact]
    public void Open_NewFolder_IsMade()
    {
        using ITrackingStore store = Open($"sqlite:///{Folder}/a/b/runs.db");
        Assert.Equal("Default", store.GetExperiment("0").Name);
        Assert.Equal($"sqlite:///{Folder}/a/b/runs.db", store.Address);
    }

    [Fact]
    public void Open_WrittenByANewerVersion_SaysBothNumbers()
    {
        Open().Dispose();
        Do("UPDATE mlops_tracking SET version = 7");
        Assert.Contains("its layout is 7, this one knows 1", Refused(TrackingError.InvalidParameterValue, () => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_MlflowsOwnDatabase_PointsToItsServer()
    {
        Do("CREATE TABLE alembic_version (version_num VARCHAR(32)); CREATE TABLE experiments (experiment_id INTEGER)");
        Assert.Contains("mlflow server --backend-store-uri", Refused(TrackingError.InvalidParameterValue, () => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SomebodyElsesDatabase_IsLeftAlone()
    {
        Do("CREATE TABLE customers (id INTEGER)");
        Assert.Contains("'customers'", Refused(TrackingError.InvalidParameterValue, () => Open()).Message, StringComparison.Ordinal);
        using SqliteConnection connection = Stranger();
        using var command = new SqliteCommand("SELECT count(*) FROM sqlite_master", connection);
        Assert.Equal(1L, command.ExecuteScalar());
    }

    [Fact]
    public void Open_NoDatabase_SaysSo()
    {
        System.IO.File.WriteAllText(File, new string('x', 5000));
        Assert.Contains("not a SQLite database", Refused(TrackingError.InvalidParameterValue, () => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DamagedPages_SaysSo()
    {
        using (ITrackingStore store = Open())
        {
            store.LogBatch(NewRun(store), [.. Enumerable.Range(0, 5000).Select(i => new Metric("m", i, i, i))], [], []);
        }

        byte[] bytes = System.IO.File.ReadAllBytes(File);
        bytes.AsSpan(2048).Fill(0xAB); // all but the first page
        System.IO.File.WriteAllBytes(File, bytes);
        Assert.Contains("damaged", Refused(TrackingError.InternalError, () => Open().Dispose()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite:///:memory:", "gone with the process")]
    [InlineData("sqlite://", "names no file")]
    [InlineData("sqlite:///", "names no file")]
    [InlineData("sqlite:runs.db", "names no file")]
    [InlineData("sqlite:///runs.db?timeout=3", "options")]
    public void Open_BadAddress_SaysWhy(string address, string why) =>
        Assert.Contains(why, Assert.Throws<ArgumentException>(nameof(address), () => Open(address)).Message, StringComparison.Ordinal);

    [Fact]
    public void Write_LockedByAnotherProcess_WaitsThenNamesTheFile()
    {
        using ITrackingStore store = Open(new StoreOptions { LockTimeout = TimeSpan.FromMilliseconds(150) });
        string run = NewRun(store);
        using (SqliteConnection other = Stranger())
        {
            using var begin = new SqliteCommand("BEGIN IMMEDIATE", other);
            begin.ExecuteNonQuery();
            Assert.Contains(File, Refused(TrackingError.TemporarilyUnavailable, () => store.LogMetric(run, new Metric("m", 1, 1))).Message, StringComparison.Ordinal);
            Assert.Empty(store.GetRun(run).Metrics); // reading does not wait
        }

        store.LogMetric(run, new Metric("m", 1, 1));
        Assert.Single(store.GetRun(run).Metrics);
    }

    [Fact]
    public void Write_DiskFull_LeavesNothingHalfAndGoesOnAfterwards()
    {
        using var database = new SqliteDatabase(File, TimeSpan.FromSeconds(5));
        using var store = new SqlStore(database, new StoreOptions());
        string run = NewRun(store);
        store.LogMetric(run, new Metric("m", 1, 1));
        database.LimitPages(60);
        Metric[] many = [.. Enumerable.Range(0, 100_000).Select(i => new Metric("m", i, 2, i))];
        Assert.Contains("full", Refused(TrackingError.TemporarilyUnavailable, () => store.LogBatch(run, many, [new Param("p", "1")], [])).Message, StringComparison.Ordinal);
        Run read = store.GetRun(run);
        Assert.Equal([new Metric("m", 1, 1)], read.Metrics);
        Assert.Empty(read.Params);
        database.LimitPages(1_000_000);
        store.LogBatch(run, many, [new Param("p", "1")], []);
        Assert.Equal(100_001, store.GetMetricHistory(run, "m").Count);
    }

    // Root may write to what is read-only: the connection is made read-only by other means, as a read-only disk does it.
    [Fact]
    public void Open_ReadOnlyFile_ReadsAndRefusesToWrite()
    {
        string run;
        using (ITrackingStore store = Open())
        {
            run = NewRun(store);
            store.LogMetric(run, new Metric("m", 1, 1));
        }

        using var database = new SqliteDatabase(File, TimeSpan.FromSeconds(5), readOnly: true);
        using var reader = new SqlStore(database, new StoreOptions());
        Assert.Single(reader.GetRun(run).Metrics);
        Assert.Single(reader.SearchRuns(new RunQuery(["0"])).Items);
        Assert.Contains("read-only", Refused(TrackingError.PermissionDenied, () => reader.LogMetric(run, new Metric("m", 2, 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_ThatLookLikeSql_AreData()
    {
        using ITrackingStore store = Open();
        string[] hostile = ["'; DROP TABLE runs; --", "\" OR 1=1 --", "x' OR '1'='1", "$1", "?1", "@p", ":p", "a\0b", "%", "_", "\\", "''", "Robert'); DELETE FROM params;--"];
        string experiment = store.CreateExperiment("e'; DROP TABLE experiments; --", tags: [new Tag("t", hostile[0])]);
        foreach (string text in hostile)
        {
            string run = store.CreateRun(new NewRun(experiment) { Name = text, UserId = text }).Info.RunId;
            store.LogBatch(run, [], [new Param("p", text)], [new Tag("t", text)]);
            string quoted = $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
            foreach (string filter in new[] { $"params.p = {quoted}", $"tags.t = {quoted}", $"run_name = {quoted}", $"user_id = {quoted}" })
            {
                Assert.Equal(run, Assert.Single(store.SearchRuns(new RunQuery([experiment]) { Filter = filter }).Items).Info.RunId);
            }
        }

        Assert.Empty(store.SearchRuns(new RunQuery(["0 OR 1=1", "1; DROP TABLE runs", "01", "-1", ""])).Items);
        Assert.Equal(hostile.Length, store.SearchRuns(new RunQuery([experiment])).Items.Count);
    }

    [Fact]
    public void SearchRuns_Cancelled_Stops()
    {
        using ITrackingStore store = Open();
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => store.SearchRuns(new RunQuery(["0"]), source.Token));
        Assert.Empty(store.SearchRuns(new RunQuery(["0"])).Items);
    }

    [Fact]
    public void Clock_GoingBack_BreaksNothing()
    {
        var clock = new Backwards();
        using ITrackingStore store = Open(new StoreOptions { Clock = clock });
        string[] ids = [.. Enumerable.Range(0, 4).Select(i => store.CreateExperiment($"e{i}"))];
        string[] runs = [.. Enumerable.Range(0, 4).Select(_ => NewRun(store))];
        Assert.Equal(["1", "2", "3", "4"], ids);
        Assert.Equal(runs, store.SearchRuns(new RunQuery(["0"])).Items.Select(run => run.Info.RunId)); // the latest start first: the first that was made
        store.DeleteExperiment("1");
        store.RestoreExperiment("1");
        Assert.True(store.GetExperiment("1").LastUpdateTime < store.GetExperiment("1").CreationTime);
    }

    [Fact]
    public void NegativeZero_KeepsItsSign()
    {
        using ITrackingStore store = Open();
        string run = NewRun(store);
        store.LogMetric(run, new Metric("m", -0.0, 1));
        Assert.True(double.IsNegative(Assert.Single(store.GetRun(run).Metrics).Value));
        foreach (string filter in new[] { "metrics.m = 0", "metrics.m >= 0", "metrics.m <= 0" })
        {
            Assert.Single(store.SearchRuns(new RunQuery(["0"]) { Filter = filter }).Items);
        }

        Assert.Empty(store.SearchRuns(new RunQuery(["0"]) { Filter = "metrics.m < 0 or metrics.m > 0 or metrics.m != 0" }).Items);
    }

    private sealed class Backwards : TimeProvider
    {
        private long _now = 1_700_000_000_000;

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(_now -= 1000);
    }
}
