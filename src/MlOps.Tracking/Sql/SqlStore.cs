using System.Collections.Concurrent;
using System.Globalization;
using MlOps.Tracking.Artifacts;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Sql;

/// <summary>A store in a SQL database: SQLite or PostgreSQL. The layout is our own (<see cref="SqlSchema"/>), not MLflow's.</summary>
/// <remarks>Every call is one transaction.</remarks>
internal sealed partial class SqlStore : ITrackingStore
{
    private const int MostKnown = 50_000; // what is remembered of runs and keys to save looking them up

    private readonly SqlDatabase _database;
    private readonly StoreOptions _options;
    private readonly ConcurrentDictionary<string, RunPlace> _places = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _keys = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, string> _keyNames = new();

    internal SqlStore(SqlDatabase database, StoreOptions options)
    {
        (_database, _options) = (database, options);
        try
        {
            SqlSchema.Prepare(database, Now());
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    public string Address => _database.Address;

    public void Dispose() => _database.Dispose();

    /// <summary>Opens the store of a <c>sqlite:</c> address.</summary>
    internal static SqlStore OpenSqlite(string address, StoreOptions options) =>
        new(new SqliteDatabase(SqlAddress.SqlitePath(address), options.LockTimeout), options);

    /// <summary>Opens the store of a <c>postgresql:</c> address.</summary>
    internal static SqlStore OpenPostgres(string address, StoreOptions options) =>
        new(new PostgresDatabase(SqlAddress.Postgres(address), options.LockTimeout), options);

    public IArtifactStore OpenArtifacts(string artifactUri) =>
        new LocalArtifacts(ArtifactFolder.Of(artifactUri, _options.ArtifactRoot ?? _database.DefaultArtifactRoot));

    private static TrackingException NotThere(string message) => new(TrackingError.ResourceDoesNotExist, message);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private long Now() => _options.Clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What never changes of a run.</summary>
    private readonly record struct RunPlace(long Number, long Experiment);
}
