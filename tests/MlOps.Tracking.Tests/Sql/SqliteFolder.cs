using Microsoft.Data.Sqlite;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Sql;

/// <summary>A folder for SQLite stores, gone with the test.</summary>
public abstract class SqliteFolder : IDisposable
{
    static SqliteFolder() => SqliteLibrary.Load();

    protected string Folder { get; } = Directory.CreateTempSubdirectory("mlops-sqlite-").FullName;

    protected string File => Path.Join(Folder, "runs.db");

    protected string Address => "sqlite:///" + File;

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    protected static ITrackingStore Open(string address, StoreOptions? options = null) => TrackingStore.Open(address, options);

    protected ITrackingStore Open(StoreOptions? options = null) => TrackingStore.Open(Address, options);

    protected static string NewRun(ITrackingStore store) => store.CreateRun(new NewRun()).Info.RunId;

    /// <summary>A connection of somebody else's.</summary>
    protected SqliteConnection Stranger()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=false");
        connection.Open();
        return connection;
    }

    protected void Do(string sql)
    {
        using SqliteConnection connection = Stranger();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    protected static TrackingException Refused(TrackingError error, Action action)
    {
        TrackingException refusal = Assert.Throws<TrackingException>(action);
        Assert.Equal(error, refusal.Error);
        return refusal;
    }
}
