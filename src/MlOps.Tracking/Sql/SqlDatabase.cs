namespace MlOps.Tracking.Sql;

/// <summary>What differs between the databases: how to reach them, transactions, a few words of SQL, and how their failures are told.</summary>
/// <remarks>Thread-safe. A failure arrives as <see cref="TrackingException"/>; nothing of the transaction is left then.</remarks>
internal abstract class SqlDatabase : IDisposable
{
    /// <summary>Gets the store's address, without a password.</summary>
    internal abstract string Address { get; }

    /// <summary>Gets what the store is called in messages: the file, or the server and database.</summary>
    internal abstract string Name { get; }

    /// <summary>Gets where <c>mlflow-artifacts:/</c> leads when nobody says.</summary>
    internal abstract string DefaultArtifactRoot { get; }

    /// <summary>Gets the words of the data definition that differ.</summary>
    internal abstract SqlWords Words { get; }

    /// <summary>Runs work that sees one state of the store.</summary>
    internal abstract T Read<T>(Func<SqlSession, T> work, CancellationToken cancellationToken = default);

    /// <summary>Runs work that changes the store: all of it, or nothing. It may be run again if another process got in between.</summary>
    internal abstract T Write<T>(Func<SqlSession, T> work);

    /// <summary>Runs work that changes the layout, alone among all processes.</summary>
    internal abstract void Migrate(Action<SqlSession> work);

    internal void Write(Action<SqlSession> work) => Write(session =>
    {
        work(session);
        return true;
    });

    public abstract void Dispose();
}
