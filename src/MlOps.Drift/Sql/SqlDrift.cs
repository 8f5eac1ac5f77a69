using System.Data.Common;

namespace MlOps.Drift.Sql;

/// <summary>The drift report where the data live: the engine counts, sorts and adds, and only aggregates travel.</summary>
/// <remarks>
/// The result equals <see cref="DriftReport.Compare"/> on the same rows: same tests, bins, p-values and verdicts. Numbers become doubles in the
/// engine. ks and wasserstein come from one sort of both sides by window functions: with weights m for a reference row and −n for a current
/// one, the running sum is <c>n · m · (F − G)</c>, a whole number; exact as long as <c>n · m / gcd(n, m) &lt; 2⁵³</c>, to 1e-8 beyond.
/// <para>Every query is a SELECT. In PostgreSQL they run in one read-only transaction (repeatable read), in SQLite in one deferred transaction,
/// so all columns see the same rows although others write meanwhile. Other engines give what their default transaction gives.</para>
/// <para>Cost of an exact report of c numeric and t categorical columns: 3 + c + t scans of each side in PostgreSQL (one more per 8 numeric columns beyond
/// the first 8), 2 + 2·c + t elsewhere; approximate (<see cref="SqlDriftOptions.HistogramCells"/>) 2 + c + t, without a sort.</para>
/// <para>Not for two reports at once on one connection. A closed connection is opened, and closed again at the end.</para>
/// </remarks>
public static class SqlDrift
{
    /// <summary>Compares two tables, or two queries, column by column.</summary>
    /// <param name="connection">Any ADO.NET connection, open or closed.</param>
    /// <param name="referenceQueryOrTable">A table's name, or a query that begins with SELECT or WITH; see <see cref="SqlSource.Of"/>.</param>
    /// <param name="currentQueryOrTable">The side to judge, likewise.</param>
    /// <param name="options">Columns, tests and thresholds; the defaults if null.</param>
    /// <param name="sqlOptions">Engine, time limit, approximation; the defaults if null.</param>
    /// <param name="progress">Receives the share of finished steps, rising to 1.</param>
    /// <param name="cancellationToken">Cancels the query that runs, in the server where its driver can; SQLite's stops after it.</param>
    /// <exception cref="ArgumentException">As <see cref="CompareAsync(DbConnection, SqlSource, SqlSource, DriftOptions, SqlDriftOptions, IProgress{double}, CancellationToken)"/>.</exception>
    /// <exception cref="SqlDriftException">The database failed; the message says at what and whether to try again.</exception>
    /// <exception cref="OperationCanceledException">The comparison was cancelled.</exception>
    public static Task<SqlDriftReport> CompareAsync(
        DbConnection connection,
        string referenceQueryOrTable,
        string currentQueryOrTable,
        DriftOptions? options = null,
        SqlDriftOptions? sqlOptions = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default) =>
        CompareAsync(connection, SqlSource.Of(referenceQueryOrTable), SqlSource.Of(currentQueryOrTable), options, sqlOptions, progress, cancellationToken);

    /// <summary>Compares two sets of rows column by column.</summary>
    /// <param name="connection">Any ADO.NET connection, open or closed.</param>
    /// <param name="reference">What the model was trained on, or any period that was in order. At least one row.</param>
    /// <param name="current">What it sees now, in the same database. At least one row.</param>
    /// <param name="options">Columns, tests and thresholds; the defaults if null.</param>
    /// <param name="sqlOptions">Engine, time limit, approximation; the defaults if null.</param>
    /// <param name="progress">Receives the share of finished steps, rising to 1.</param>
    /// <param name="cancellationToken">Cancels the query that runs, in the server where its driver can; SQLite's stops after it.</param>
    /// <exception cref="ArgumentException">A table does not exist or has no rows; the columns differ; a column has two types or holds an infinite
    /// number; no column can be compared; or the options contradict each other. The message names what there is.</exception>
    /// <exception cref="SqlDriftException">The database failed; the message says at what and whether to try again.</exception>
    /// <exception cref="OperationCanceledException">The comparison was cancelled.</exception>
    public static async Task<SqlDriftReport> CompareAsync(
        DbConnection connection,
        SqlSource reference,
        SqlSource current,
        DriftOptions? options = null,
        SqlDriftOptions? sqlOptions = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(current);
        options ??= new DriftOptions();
        sqlOptions ??= new SqlDriftOptions();
        options.Check();

        SqlSession session = await SqlSession.OpenAsync(connection, sqlOptions, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var comparison = new SqlComparison(session, reference, current, options, sqlOptions, progress);
            DriftReport report = await comparison.RunAsync(cancellationToken).ConfigureAwait(false);
            return new SqlDriftReport(report, session.Dialect.Engine, session.Queries, session.Scans, session.ValuesRead);
        }
    }
}
