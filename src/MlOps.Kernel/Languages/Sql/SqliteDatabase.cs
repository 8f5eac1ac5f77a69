using System.Data.Common;
using Microsoft.Data.Sqlite;
using MlOps.Kernel.Engine;
using SQLitePCL;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>An SQLite database, in which C# tables can be read by name.</summary>
internal sealed class SqliteDatabase : SqlDatabase
{
    private static readonly TimeSpan BetweenInterrupts = TimeSpan.FromMilliseconds(5);

    private readonly SqliteConnection _connection;
    private readonly SqliteHandle _handle;
    private readonly CSharpTables _tables;
    private readonly string _name;
    private readonly Lock _gate = new();

    private SqliteDatabase(SqliteConnection connection, string name)
    {
        _connection = connection;
        _handle = new SqliteHandle(connection.Handle!);
        _tables = new CSharpTables(_handle);
        _name = name;
        _handle.Run("PRAGMA temp_store = MEMORY");
    }

    internal static SqliteDatabase InMemory() => Open("Data Source=:memory:");

    /// <summary>Opens a database by connection string or path.</summary>
    internal static SqliteDatabase Open(string connectionString)
    {
        SqliteLibrary.Load();
        SqliteConnection? connection = null;
        try
        {
            var settings = connectionString.Contains('=', StringComparison.Ordinal)
                ? new SqliteConnectionStringBuilder(connectionString)
                : new SqliteConnectionStringBuilder { DataSource = connectionString };
            settings.Pooling = false; // closed is closed: the file is free then
            connection = new SqliteConnection(settings.ConnectionString);
            connection.Open();
            var database = new SqliteDatabase(connection, settings.DataSource);
            database._handle.Tables(); // reads the file: SQLite itself opens anything
            return database;
        }
        catch (Exception exception) when (exception is SqliteException or ArgumentException or SqlCellException)
        {
            connection?.Dispose();
            string reason = exception is SqliteException sqlite ? SqliteMessages.Words(sqlite) : exception.Message;
            throw new SqlCellException($"SQLite cannot open '{connection?.DataSource ?? connectionString}': {reason}. Relative paths start in {Environment.CurrentDirectory}.", exception);
        }
    }

    internal override void Execute(string query, CellContext cell, Action<DbDataReader> rows, Action<string> notice)
    {
        lock (_gate)
        {
            _tables.Refresh(cell, isNewCell: true);
            int at = 0;
            while (Next(query, at, cell) is { } statement)
            {
                cell.Stopping.ThrowIfCancellationRequested();
                Run(statement, query, cell, rows, notice);
                _tables.Refresh(cell, isNewCell: false);
                at = statement.End;
            }
        }
    }

    internal override void Share(string name, object? value, CellContext cell)
    {
        lock (_gate)
        {
            if (_handle.HasTable(name))
            {
                throw new SqlCellException($"The database has a table '{name}' of its own; share the value under another name.");
            }

            _tables.Share(name, value, cell);
        }
    }

    internal override string Describe()
    {
        IReadOnlyList<string> tables = _handle.Tables();
        string what = tables.Count switch
        {
            0 => "no table yet",
            1 => "1 table: ",
            _ => FormattableString.Invariant($"{tables.Count} tables: "),
        };
        return $"{_name} ({what}{string.Join(", ", tables)})";
    }

    public override void Dispose() => _connection.Dispose();

    /// <summary>Finds the next statement. A table that it lacks is looked for among the C# variables, each name once.</summary>
    private SqliteStatement? Next(string query, int start, CellContext cell)
    {
        HashSet<string> tried = new(StringComparer.OrdinalIgnoreCase);
        while (true)
        {
            try
            {
                return SqliteStatement.At(query, start, _handle);
            }
            catch (SqliteRefusal refusal)
            {
                if (SqliteMessages.MissingTable(refusal.Message) is not { } table || !tried.Add(table) || !_tables.TryLoad(table, cell))
                {
                    throw Error(refusal.Message, query, start, query.Length, refusal.Place, cell);
                }
            }
        }
    }

    private void Run(SqliteStatement statement, string query, CellContext cell, Action<DbDataReader> rows, Action<string> notice)
    {
        using SqliteCommand command = _connection.CreateCommand();
        command.CommandText = query[statement.Start..statement.End];
        Bind(command, statement, query, cell);
        long before = _handle.TotalChanges;
        using var running = new ManualResetEventSlim();
        using CancellationTokenRegistration stop = cell.Stopping.UnsafeRegister(_ => Interrupt(running), null);
        try
        {
            using SqliteDataReader reader = command.ExecuteReader();
            if (statement.HasRows)
            {
                rows(reader);
            }
        }
        catch (SqliteException) when (cell.Stopping.IsCancellationRequested)
        {
            throw new OperationCanceledException(cell.Stopping);
        }
        catch (SqliteException exception)
        {
            throw Error(SqliteMessages.Words(exception), query, statement.Start, statement.End, null, cell);
        }
        finally
        {
            running.Set(); // before the registration is disposed of, which waits for the interrupts to end
        }

        if (statement.ChangesRows && !statement.HasRows)
        {
            notice(Changed(_handle.TotalChanges - before));
        }
        else if (!statement.HasRows)
        {
            notice("Done");
        }
    }

    /// <summary>Interrupts until the query has ended: an interrupt that comes a moment before the query begins counts for nothing.</summary>
    private void Interrupt(ManualResetEventSlim ended)
    {
        do
        {
            raw.sqlite3_interrupt(_handle.Connection);
        }
        while (!ended.Wait(BetweenInterrupts));
    }

    private static void Bind(SqliteCommand command, SqliteStatement statement, string query, CellContext cell)
    {
        foreach (string? parameter in statement.Parameters)
        {
            string name = parameter?.Length > 1 && parameter[0] == '@'
                ? parameter[1..]
                : throw new SqlCellException($"A parameter of a query is @ and the name of a C# variable; got '{parameter ?? "?"}'.\n{QueryPlace.Line(query, statement.Start, statement.End, parameter ?? "?")}");
            CellVariable variable = cell.Engine.Variables.FirstOrDefault(variable => variable.Name == name)
                ?? throw new SqlCellException($"{parameter} in the query stands for the C# variable {name}, and there is none.\n{QueryPlace.Line(query, statement.Start, statement.End, parameter)}");
            if (TabularValue.IsTabular(variable.Value))
            {
                throw new SqlCellException($"{parameter} is a table, and a parameter is one value. Name the table without @: FROM {name}.");
            }

            command.Parameters.AddWithValue(parameter, SqliteValue.Of(variable.Value) ?? DBNull.Value);
        }
    }

    private SqlCellException Error(string message, string query, int start, int end, int? place, CellContext cell)
    {
        string line = place is { } known ? QueryPlace.Line(query, known) : QueryPlace.Line(query, start, end, SqliteMessages.Culprit(message));
        return new SqlCellException($"{message}{Advice(message, cell)}\n{line}");
    }

    private string Advice(string message, CellContext cell)
    {
        if (SqliteMessages.MissingTable(message) is { } missing)
        {
            string[] own = [.. _handle.Tables()];
            string[] variables = [.. cell.Engine.Variables.Where(variable => TabularValue.IsTabular(variable.Value)).Select(variable => variable.Name)];
            string there = own.Length > 0 ? $" The database has: {string.Join(", ", own)}." : " The database has no table.";
            string inCSharp = variables.Length > 0 ? $" C# variables that are tables: {string.Join(", ", variables)}." : "";
            string no = CSharpTables.Find(missing, cell) is { } variable ? $" The C# variable {variable.Name} is no table: it is of type {variable.Type}." : "";
            return $".{no}{there}{inCSharp}";
        }

        return SqliteMessages.UnchangeableView(message) is { } view && _tables.Has(view)
            ? $".\n{view} is a C# table, which SQL only reads. To have one that SQL can change: CREATE TABLE mine AS SELECT * FROM {view}"
            : "";
    }
}
