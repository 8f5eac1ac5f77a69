using MlOps.Drift.Tests.Sql;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Sql;

/// <summary>Databases that are not ours, newer, or away.</summary>
public sealed class PostgresFaultTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [PostgresFact]
    public void SearchRuns_RandomQueries_EqualGoingThroughAllRuns()
    {
        using ITrackingStore store = Open("oracle");
        SearchOracle.Fill(store);
        SearchOracle.Check(store, queries: 100);
    }

    [PostgresFact]
    public void Open_NotOurs_SaysWhose()
    {
        server.Run("CREATE SCHEMA mlflows; CREATE TABLE mlflows.alembic_version (n int); CREATE SCHEMA shop; CREATE TABLE shop.customers (n int)");
        Assert.Contains("mlflow server --backend-store-uri", Refused(TrackingError.InvalidParameterValue, () => OpenIn("mlflows")).Message, StringComparison.Ordinal);
        Assert.Contains("'customers'", Refused(TrackingError.InvalidParameterValue, () => OpenIn("shop")).Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void Open_WrittenByANewerVersion_SaysBothNumbers()
    {
        Open("newer").Dispose();
        server.Run("UPDATE newer.mlops_tracking SET version = 7");
        Assert.Contains("its layout is 7, this one knows 1", Refused(TrackingError.InvalidParameterValue, () => OpenIn("newer")).Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public void Open_ByManyAtOnce_MakesTheTablesOnce()
    {
        server.Run("CREATE SCHEMA many");
        Parallel.For(0, 6, _ => OpenIn("many").Dispose());
        using ITrackingStore store = OpenIn("many");
        Assert.Equal("1", store.CreateExperiment("first"));
    }

    [PostgresFact]
    public void Open_NoSuchDatabaseOrServer_SaysSo()
    {
        Refused(TrackingError.InvalidParameterValue, () => TrackingStore.Open(PostgresAddress.Of(server, "nowhere")));
        TrackingException away = Refused(TrackingError.TemporarilyUnavailable, () => TrackingStore.Open("postgresql://me:s3cret@127.0.0.1:1/db"));
        Assert.DoesNotContain("s3cret", away.ToString(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public void Address_HasNoPassword()
    {
        using ITrackingStore store = TrackingStore.Open(PostgresAddress.Of(server).Replace("course@", "course:s3cret@", StringComparison.Ordinal));
        Assert.Equal(PostgresAddress.Of(server), store.Address);
    }

    [PostgresFact]
    public void Server_KilledAndStarted_GoesOn()
    {
        using ITrackingStore store = Open("killed");
        string run = store.CreateRun(new NewRun()).Info.RunId;
        store.LogMetric(run, new Metric("m", 1, 1));
        server.Kill();
        Refused(TrackingError.TemporarilyUnavailable, () => store.LogMetric(run, new Metric("m", 2, 1)));
        server.Start();
        store.LogMetric(run, new Metric("m", 3, 1, 1));
        Assert.Equal([1.0, 3.0], store.GetMetricHistory(run, "m").Select(metric => metric.Value));
    }

    [PostgresFact]
    public void Write_RowLockedBySomebody_WaitsThenSaysSo()
    {
        using ITrackingStore store = Open("locked", TimeSpan.FromMilliseconds(150));
        string run = store.CreateRun(new NewRun()).Info.RunId;
        using (Npgsql.NpgsqlConnection other = server.Open())
        using (Npgsql.NpgsqlTransaction transaction = other.BeginTransaction())
        {
            using var command = new Npgsql.NpgsqlCommand("SELECT * FROM locked.runs FOR UPDATE", other, transaction);
            command.ExecuteNonQuery();
            Refused(TrackingError.TemporarilyUnavailable, () => store.LogMetric(run, new Metric("m", 1, 1)));
        }

        store.LogMetric(run, new Metric("m", 1, 1));
    }

    [PostgresFact]
    public void Texts_ThatItCannotKeep_AreRefused()
    {
        using ITrackingStore store = Open("texts");
        string run = store.CreateRun(new NewRun()).Info.RunId;
        Refused(TrackingError.InvalidParameterValue, () => store.LogParam(run, new Param("p", "a\0b")));
        Refused(TrackingError.InvalidParameterValue, () => store.LogParam(run, new Param("p", "\ud83d")));
        store.LogParam(run, new Param("p", "'; DROP TABLE runs; --"));
        Assert.Single(store.SearchRuns(new RunQuery(["0"]) { Filter = "params.p = \"'; DROP TABLE runs; --\"" }).Items);
    }

    // The same keys in opposite orders are what makes transactions wait for each other.
    [PostgresFact]
    public void LogBatch_ManyThreadsInOppositeOrders_NobodyWaitsForEver()
    {
        using ITrackingStore store = Open("threads");
        string run = store.CreateRun(new NewRun()).Info.RunId;
        Metric[] metrics = [.. Enumerable.Range(0, 40).Select(i => new Metric($"k{i:00}", i, 1))];
        Tag[] tags = [.. Enumerable.Range(0, 40).Select(i => new Tag($"t{i:00}", "1"))];
        Parallel.For(0, 12, i => store.LogBatch(run, i % 2 == 0 ? metrics : [.. metrics.Reverse()], [], i % 2 == 0 ? tags : [.. tags.Reverse()]));
        Assert.Equal(metrics, store.GetRun(run).Metrics);
    }

    private static TrackingException Refused(TrackingError error, Action action)
    {
        TrackingException refusal = Assert.Throws<TrackingException>(action);
        Assert.Equal(error, refusal.Error);
        return refusal;
    }

    private ITrackingStore Open(string schema, TimeSpan? patience = null)
    {
        server.Run($"CREATE SCHEMA {schema}");
        return OpenIn(schema, patience);
    }

    private ITrackingStore OpenIn(string schema, TimeSpan? patience = null) =>
        TrackingStore.Open(PostgresAddress.Of(server, tail: $"?options=-csearch_path%3D{schema}"), patience is { } wait ? new StoreOptions { LockTimeout = wait } : null);
}
