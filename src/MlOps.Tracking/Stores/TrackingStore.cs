using MlOps.Tracking.Files;
using MlOps.Tracking.Rest;
using MlOps.Tracking.Sql;

namespace MlOps.Tracking.Stores;

/// <summary>Opens a store by its address.</summary>
public static class TrackingStore
{
    /// <summary>The variable that names the store when nobody else does.</summary>
    public const string AddressVariable = "MLFLOW_TRACKING_URI";

    /// <summary>What is opened when not even the variable does: a SQLite file in the working folder.</summary>
    public const string DefaultAddress = "sqlite:///mlruns.db";

    /// <summary>Opens a store; makes it if it is a local one that is not there.</summary>
    /// <param name="address">
    /// <c>sqlite:///mlruns.db</c> (relative; <c>sqlite:////abs/olute.db</c>), <c>file:./mlruns</c> or a folder's path, <c>postgresql://user:password@host:5432/database</c>, or the
    /// <c>http://</c> or <c>https://</c> address of an MLflow server. Null takes <see cref="AddressVariable"/>, else <see cref="DefaultAddress"/>.
    /// </param>
    /// <param name="options">How to open it.</param>
    /// <exception cref="ArgumentException">The address is of no known kind.</exception>
    /// <exception cref="TrackingException">The store cannot be reached, is damaged, or was written by a newer version.</exception>
    public static ITrackingStore Open(string? address = null, StoreOptions? options = null)
    {
        address ??= Environment.GetEnvironmentVariable(AddressVariable) is { Length: > 0 } told ? told : DefaultAddress;
        options ??= new StoreOptions();
        string scheme = address.IndexOf(':', StringComparison.Ordinal) is > 1 and int colon ? address[..colon].ToLowerInvariant() : "file"; // one letter is a Windows drive
        return scheme switch
        {
            "file" => new FileStore(address, options),
            "sqlite" => SqlStore.OpenSqlite(address, options),
            "postgresql" or "postgres" or "postgresql+psycopg2" => SqlStore.OpenPostgres(address, options),
            "http" or "https" => RestStore.Open(address, options),
            _ => throw new ArgumentException(
                $"'{address}' is no store's address. Known are sqlite:///FILE, file:FOLDER, postgresql://USER@HOST/DATABASE, http://HOST:PORT and https://HOST.", nameof(address)),
        };
    }
}
