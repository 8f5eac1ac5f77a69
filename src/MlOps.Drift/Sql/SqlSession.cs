using System.Data;
using System.Data.Common;

namespace MlOps.Drift.Sql;

/// <summary>One connection while a report is computed on it: opens it if need be, keeps the snapshot, counts, and says what failed.</summary>
internal sealed class SqlSession : IAsyncDisposable
{
    private readonly DbConnection _connection;
    private readonly SqlDriftOptions _options;
    private DbTransaction? _transaction;
    private Func<Task>? _end;
    private bool _opened;

    private SqlSession(DbConnection connection, SqlDriftOptions options)
    {
        (_connection, _options) = (connection, options);
        _transaction = options.Transaction;
        Dialect = Dialect.Of(connection, options.Engine);
    }

    internal Dialect Dialect { get; }

    internal int Queries { get; private set; }

    internal int Scans { get; private set; }

    internal long ValuesRead { get; private set; }

    internal static async Task<SqlSession> OpenAsync(DbConnection connection, SqlDriftOptions options, CancellationToken cancellationToken)
    {
        var session = new SqlSession(connection, options);
        try
        {
            await session.OpenAsync(cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs a query and hands its reader over.</summary>
    /// <param name="step">What it computes, for an error message: a noun phrase.</param>
    /// <param name="sql">The query.</param>
    /// <param name="scans">Sides it reads.</param>
    /// <param name="read">Reads the result.</param>
    /// <param name="cancellationToken">Cancels the query in the engine.</param>
    internal async Task<T> ReadAsync<T>(string step, SqlText sql, int scans, Func<DbDataReader, Task<T>> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            DbCommand command = _connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.Transaction = _transaction;
                command.CommandTimeout = _options.CommandTimeout == Timeout.InfiniteTimeSpan ? 0 : (int)_options.CommandTimeout.TotalSeconds;
                sql.AddTo(command);
                Queries++;
                Scans += scans;
                DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    return await read(reader).ConfigureAwait(false);
                }
            }
        }
        catch (Exception problem) when (IsOfDatabase(problem))
        {
            throw Failure(problem, step, sql.Text, cancellationToken);
        }
    }

    /// <summary>Runs a query that has numbers only and returns its rows; NULL is NaN.</summary>
    internal Task<List<double[]>> NumbersAsync(string step, SqlText sql, int scans, CancellationToken cancellationToken) => ReadAsync(
        step,
        sql,
        scans,
        async reader =>
        {
            var rows = new List<double[]>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                double[] row = new double[reader.FieldCount];
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = reader.IsDBNull(i) ? double.NaN : Convert.ToDouble(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture);
                }

                Read(row.Length);
                rows.Add(row);
            }

            return rows;
        },
        cancellationToken);

    /// <summary>Counts values that have come here.</summary>
    internal void Read(int values) => ValuesRead += values;

    /// <summary>Returns the names of the tables there are; null if the engine does not tell.</summary>
    internal async Task<IReadOnlyList<string>?> TablesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await EndAsync().ConfigureAwait(false); // an error has ended what could be read in this transaction
            DbCommand command = _connection.CreateCommand();
            await using (command.ConfigureAwait(false))
            {
                command.CommandText = Dialect.Tables();
                DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
                await using (reader.ConfigureAwait(false))
                {
                    var names = new List<string>();
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        names.Add(reader.GetString(0));
                    }

                    return names;
                }
            }
        }
        catch (Exception problem) when (IsOfDatabase(problem))
        {
            return null; // the caller reports the first error, which says more than this one
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await EndAsync().ConfigureAwait(false);
        }
        catch (Exception problem) when (IsOfDatabase(problem))
        {
            // Ending a transaction that only read fails when the connection is lost; then the server has ended it.
        }
        finally
        {
            if (_opened)
            {
                await _connection.CloseAsync().ConfigureAwait(false);
            }
        }
    }

    private static bool IsOfDatabase(Exception problem) => problem is DbException or IOException or TimeoutException
        || (problem is InvalidOperationException and not ObjectDisposedException);

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        const string Step = "nothing yet, as the connection was being opened";
        try
        {
            if (_connection.State is ConnectionState.Broken)
            {
                await _connection.CloseAsync().ConfigureAwait(false);
            }

            if (_connection.State == ConnectionState.Closed)
            {
                await _connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                _opened = true;
            }

            if (_transaction is null)
            {
                _end = await Dialect.BeginAsync(_connection, transaction => _transaction = transaction, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (IsOfDatabase(problem))
        {
            throw Failure(problem, Step, "", cancellationToken);
        }
    }

    private async Task EndAsync()
    {
        Func<Task>? end = _end;
        (_end, _transaction) = (null, _options.Transaction);
        if (end is not null && _connection.State == ConnectionState.Open)
        {
            await end().ConfigureAwait(false);
        }
    }

    private Exception Failure(Exception problem, string step, string sql, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return new OperationCanceledException("The drift report was cancelled while its query ran.", problem, cancellationToken);
        }

        ConnectionState state = _connection.State;
        (string advice, bool canRetry) = Advice(problem, state);
        return new SqlDriftException(
            $"The drift report failed while the database computed {step}: {problem.Message.TrimEnd('.')}. {advice} " +
            $"The connection is {state.ToString().ToLowerInvariant()}; nothing was written, as the report only reads.",
            step,
            sql,
            state,
            canRetry,
            problem);
    }

    private static (string Advice, bool CanRetry) Advice(Exception problem, ConnectionState state)
    {
        string code = (problem as DbException)?.SqlState ?? "";
        bool isTransient = problem is DbException { IsTransient: true };
        if (problem is TimeoutException || problem.InnerException is TimeoutException)
        {
            return ("Give it more time (SqlDriftOptions.CommandTimeout; --timeout), or spare it the sorting (SqlDriftOptions.HistogramCells; --cells).", true);
        }

        return code switch
        {
            "57014" => ("The server cancelled it, most likely by its statement_timeout: raise that, or spare it the sorting (SqlDriftOptions.HistogramCells; --cells).", true),
            "42501" => ("The user needs the right to read it: GRANT SELECT.", false),
            ['2', '8', ..] or "3D000" => ("Check user, password and database.", false),
            ['0', '8', ..] or ['5', '7', 'P', ..] => Lost(),
            _ when state != ConnectionState.Open => Lost(),
            ['5', '3', ..] => ("The server lacks memory, disk or connections at the moment; repeat the call later.", true),
            _ when isTransient => ("It may pass: repeat the call.", true),
            _ when problem.Message.Contains("locked", StringComparison.OrdinalIgnoreCase) => ("Another program holds the file; repeat the call when it is done.", true),
            _ => ("The engine refused it; its words are above, the SQL is in the exception.", false),
        };

        static (string, bool) Lost() => ("The connection was lost: repeat the call when the server is back; it opens the connection anew.", true);
    }
}
