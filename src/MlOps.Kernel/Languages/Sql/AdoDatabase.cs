using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>A database behind an ADO.NET provider that a cell has registered.</summary>
internal sealed partial class AdoDatabase : SqlDatabase
{
    private readonly DbConnection _connection;
    private readonly Lock _gate = new();

    private AdoDatabase(DbConnection connection) => _connection = connection;

    internal static AdoDatabase Open(Func<string, DbConnection> make, string connectionString)
    {
        DbConnection? connection = null;
        try
        {
            connection = make(connectionString);
            connection.Open();
            return new AdoDatabase(connection);
        }
        catch (Exception exception) when (exception is DbException or ArgumentException)
        {
            connection?.Dispose();
            throw new SqlCellException($"The connection could not be opened: {exception.Message}", exception);
        }
    }

    internal override void Execute(string query, CellContext cell, Action<DbDataReader> rows, Action<string> notice)
    {
        lock (_gate)
        {
            if (_connection.State != ConnectionState.Open)
            {
                _connection.Close(); // broken: a stop may do that in some providers
                _connection.Open();
            }

            using DbCommand command = _connection.CreateCommand();
            command.CommandText = query;
            Bind(command, query, cell);
            using CancellationTokenRegistration stop = cell.Stopping.UnsafeRegister(static state => Cancel((DbCommand)state!), command);
            try
            {
                using DbDataReader reader = command.ExecuteReader();
                do
                {
                    if (reader.FieldCount > 0)
                    {
                        rows(reader);
                    }
                }
                while (reader.NextResult());
                if (reader.RecordsAffected >= 0)
                {
                    notice(Changed(reader.RecordsAffected));
                }
            }
            catch (DbException) when (cell.Stopping.IsCancellationRequested)
            {
                throw new OperationCanceledException(cell.Stopping);
            }
            catch (DbException exception)
            {
                throw new SqlCellException(exception.Message, exception);
            }
        }
    }

    internal override void Share(string name, object? value, CellContext cell) =>
        throw new SqlCellException("C# tables can be shared with SQLite only. Ask the database for its rows with #!sql --name, and join in C# or in #!sql.");

    internal override string Describe() => _connection.Database.Length > 0 ? $"the database {_connection.Database}" : "it";

    public override void Dispose() => _connection.Dispose();

    private static void Cancel(DbCommand command)
    {
        try
        {
            command.Cancel();
        }
        catch (Exception exception) when (exception is DbException or InvalidOperationException or NotSupportedException)
        {
            // The command ended a moment ago, or the provider cannot cancel. The engine stops the thread in any case.
        }
    }

    /// <summary>Binds the C# variables that the query names. A name that is none may mean something to the database, which will say so.</summary>
    private static void Bind(DbCommand command, string query, CellContext cell)
    {
        string[] names = [.. Parameter().Matches(query).Select(match => match.Groups["name"]).Where(name => name.Success).Select(name => name.Value).Distinct(StringComparer.Ordinal)];
        foreach (CellVariable variable in names.Length == 0 ? [] : cell.Engine.Variables.Where(variable => names.Contains(variable.Name, StringComparer.Ordinal)))
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = "@" + variable.Name;
            parameter.Value = variable.Value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }

    /// <summary>Texts, quoted names and comments are matched first, so that an @ inside them is none.</summary>
    [GeneratedRegex("""'(?:[^']|'')*'|"[^"]*"|--[^\n]*|/\*.*?\*/|(?<![@\w])@(?<name>[A-Za-z_]\w*)""", RegexOptions.Singleline)]
    private static partial Regex Parameter();
}
