using System.Data;

namespace MlOps.Drift.Sql;

/// <summary>The database failed in the middle of a drift report. Nothing was written: the report only reads.</summary>
public sealed class SqlDriftException : Exception
{
    internal SqlDriftException(string message, string step, string sql, ConnectionState state, bool canRetry, Exception inner)
        : base(message, inner) =>
        (Step, Sql, ConnectionState, CanRetry) = (step, sql, state, canRetry);

    /// <summary>Gets what was being computed, such as <c>the distances of column 'income'</c>.</summary>
    public string Step { get; }

    /// <summary>Gets the SQL that failed, without the values of its parameters; empty where none was sent.</summary>
    public string Sql { get; }

    /// <summary>Gets the state in which the connection was left.</summary>
    public ConnectionState ConnectionState { get; }

    /// <summary>Gets a value indicating whether the same call can succeed later: the connection was lost, or the database was busy.</summary>
    public bool CanRetry { get; }
}
