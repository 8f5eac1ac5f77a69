using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>The databases of one engine. They go when it goes.</summary>
internal sealed partial class SqlSession
{
    private const string Sqlite = "sqlite";

    private static readonly ConditionalWeakTable<NotebookEngine, SqlSession> Sessions = [];

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Func<string, DbConnection>> _kinds = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SqlDatabase> _databases = new(StringComparer.OrdinalIgnoreCase);
    private SqlDatabase? _own;

    /// <summary>Gets the session of the running cell.</summary>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    internal static SqlSession Current => Sessions.GetValue(Cell.Engine, static _ => new SqlSession());

    internal static CellContext Cell =>
        CellContext.Current ?? throw new InvalidOperationException("Only the code of a notebook cell can run SQL this way; no cell is running here.");

    internal void Register(string kind, Func<string, DbConnection> open)
    {
        if (kind.Equals(Sqlite, StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("sqlite is built in; register another word.", nameof(kind));
        }

        lock (_gate)
        {
            _kinds[kind] = open;
        }
    }

    /// <summary>Finds a connection by name; null names the database in memory that every session has.</summary>
    internal SqlDatabase Find(string? name)
    {
        lock (_gate)
        {
            return name is null ? _own ??= SqliteDatabase.InMemory()
                : _databases.TryGetValue(name, out SqlDatabase? database) ? database
                : throw new SqlCellException($"There is no connection '{name}'. {Known()}");
        }
    }

    /// <summary>Opens a database and gives it a name.</summary>
    internal SqlDatabase Connect(string kind, string name, string connectionString)
    {
        if (!Name().IsMatch(name))
        {
            throw new SqlCellException($"A connection's name is made of letters, digits, '-' and '_'; got '{name}'.");
        }

        SqlDatabase opened = kind.Equals(Sqlite, StringComparison.OrdinalIgnoreCase)
            ? SqliteDatabase.Open(connectionString)
            : AdoDatabase.Open(Kind(kind), connectionString);
        lock (_gate)
        {
            if (_databases.Remove(name, out SqlDatabase? old))
            {
                old.Dispose();
            }

            _databases[name] = opened;
        }

        return opened;
    }

    private Func<string, DbConnection> Kind(string kind)
    {
        lock (_gate)
        {
            return _kinds.TryGetValue(kind, out Func<string, DbConnection>? open)
                ? open
                : throw new SqlCellException(
                    $"There is no kind of database '{kind}' here; there are: {string.Join(", ", _kinds.Keys.Prepend(Sqlite))}. "
                    + $"Any ADO.NET provider can be added in a C# cell: {typeof(SqlConnections).FullName}.{nameof(SqlConnections.Register)}(\"{kind}\", text => new …Connection(text));");
        }
    }

    private string Known() => _databases.Count == 0
        ? "None has been made in this session: #!connect sqlite --kernel-name sales sales.db makes one."
        : $"There are: {string.Join(", ", _databases.Keys)}.";

    [GeneratedRegex(@"^\w[\w-]*$")]
    private static partial Regex Name();
}
