using Microsoft.Data.Sqlite;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Registry;

public sealed class SqliteModelRegistryTests : ModelRegistryContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-registry-").FullName;

    private string File => Path.Combine(_folder, "runs.db");

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    protected override ITrackingStore Open(StoreOptions options) => TrackingStore.Open("sqlite:///" + File, options);

    [Theory]
    [InlineData("UPDATE promotions SET actor = 'nobody' WHERE number = 1")]
    [InlineData("DELETE FROM promotions WHERE number = 2")]
    [InlineData("DELETE FROM promotions")]
    [InlineData("REPLACE INTO promotions SELECT number, time, model, action, target, version, previous, 'nobody', reason, evidence, previous_hash, hash FROM promotions WHERE number = 1")]
    [InlineData("INSERT INTO promotions SELECT 9, time, model, action, target, version, previous, actor, reason, evidence, previous_hash, hash FROM promotions WHERE number = 1")]
    [InlineData("INSERT INTO promotions SELECT number, time, model, action, target, version, previous, 'nobody', reason, evidence, previous_hash, hash FROM promotions WHERE number = 1 ON CONFLICT (number) DO UPDATE SET actor = excluded.actor")]
    public void Log_TamperedWithBySql_Refuses(string sql)
    {
        using ITrackingStore store = Open(Options);
        string before = TwoEntries(store);
        SqliteException refused = Assert.Throws<SqliteException>(() => Run(sql));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, new ModelRegistry(store).VerifyLog().LastHash);
        store.SetAlias("m", "champion", 1); // and it goes on
        Assert.Equal(3, new ModelRegistry(store).VerifyLog(before).Entries);
    }

    [Fact]
    public void Log_TriggersTakenAway_TheChainTells()
    {
        using ITrackingStore store = Open(Options);
        string noted = TwoEntries(store);
        Run("DROP TRIGGER promotions_stay; UPDATE promotions SET actor = 'nobody' WHERE number = 1");
        Assert.Equal(1, new ModelRegistry(store).VerifyLog().Broken);
        Run("UPDATE promotions SET actor = 'asha' WHERE number = 1");
        Assert.True(new ModelRegistry(store).VerifyLog().Passed);
        Run("DROP TRIGGER promotions_remain; DELETE FROM promotions WHERE number = 2");
        Assert.True(new ModelRegistry(store).VerifyLog().Passed);
        Assert.Equal(2, new ModelRegistry(store).VerifyLog(noted).Broken);
    }

    private static string TwoEntries(ITrackingStore store)
    {
        store.CreateModel("m");
        store.CreateVersion(new NewModelVersion("m", "s3://b/m"));
        store.CreateVersion(new NewModelVersion("m", "s3://b/m"));
        store.SetAlias("m", "champion", 1, new PromotionNote("asha"));
        store.SetAlias("m", "champion", 2, new PromotionNote("bela"));
        return new ModelRegistry(store).VerifyLog().LastHash;
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
