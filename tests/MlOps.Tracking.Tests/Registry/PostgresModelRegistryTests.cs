using MlOps.Drift.Tests.Sql;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;
using MlOps.Tracking.Tests.Contract;
using MlOps.Tracking.Tests.Sql;
using Npgsql;

namespace MlOps.Tracking.Tests.Registry;

/// <summary>A schema of its own for each test: the log is one for a whole store, and so are its times.</summary>
[Needs(typeof(PostgresServer))]
public sealed class PostgresModelRegistryTests(PostgresServer server) : ModelRegistryContract, IClassFixture<PostgresServer>
{
    private readonly string _schema = $"s{Guid.NewGuid():N}";
    private readonly string _artifacts = Path.Combine(Path.GetTempPath(), $"mlops-registry-{Guid.NewGuid():N}");
    private bool _made;

    public override void Dispose()
    {
        base.Dispose();
        if (Directory.Exists(_artifacts))
        {
            Directory.Delete(_artifacts, recursive: true);
        }
    }

    protected override ITrackingStore Open(StoreOptions options)
    {
        if (!_made)
        {
            server.Run($"CREATE SCHEMA {_schema}");
            _made = true;
        }

        return TrackingStore.Open(PostgresAddress.Of(server, tail: $"?options=-csearch_path={_schema}"), options with { ArtifactRoot = _artifacts });
    }

    [ContractFact]
    public void Log_TamperedWithBySql_Refuses()
    {
        using ITrackingStore store = Open(Options);
        store.CreateModel("m");
        store.CreateVersion(new NewModelVersion("m", "s3://b/m"));
        store.SetAlias("m", "champion", 1, new PromotionNote("asha"));
        string noted = new ModelRegistry(store).VerifyLog().LastHash;
        const string Copy = "SELECT 1, time, model, action, target, version, previous, 'nobody', reason, evidence, previous_hash, hash FROM";
        foreach (string sql in new[]
        {
            "UPDATE {0}.promotions SET actor = 'nobody'", "DELETE FROM {0}.promotions", "TRUNCATE {0}.promotions",
            $"INSERT INTO {{0}}.promotions {Copy} {{0}}.promotions", $"INSERT INTO {{0}}.promotions {Copy} {{0}}.promotions ON CONFLICT (number) DO UPDATE SET actor = excluded.actor",
        })
        {
            PostgresException refused = Assert.Throws<PostgresException>(() => server.Run($"SET search_path = {_schema}; " + sql.Replace("{0}", _schema, StringComparison.Ordinal)));
            Assert.Contains("append-only", refused.MessageText, StringComparison.Ordinal);
        }

        Assert.Equal((1, true), (new ModelRegistry(store).VerifyLog(noted).Entries, new ModelRegistry(store).VerifyLog(noted).Passed));
    }
}
