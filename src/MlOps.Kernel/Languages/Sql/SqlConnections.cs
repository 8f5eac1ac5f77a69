using System.Data.Common;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>The kinds of database that <c>#!connect</c> knows in this session. SQLite is always there.</summary>
public static class SqlConnections
{
    /// <summary>Adds a kind of database: any ADO.NET provider will do.</summary>
    /// <example><c>SqlConnections.Register("postgres", text =&gt; new NpgsqlConnection(text));</c> and then
    /// <c>#!connect postgres --kernel-name shop "Host=localhost;Database=shop"</c></example>
    /// <param name="kind">The word behind <c>#!connect</c>. A kind registered before under this word is replaced.</param>
    /// <param name="open">Makes a connection from a connection string; it need not be open yet.</param>
    /// <exception cref="ArgumentException">The word is blank, or it is sqlite.</exception>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static void Register(string kind, Func<string, DbConnection> open)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(kind);
        ArgumentNullException.ThrowIfNull(open);
        SqlSession.Current.Register(kind, open);
    }
}
