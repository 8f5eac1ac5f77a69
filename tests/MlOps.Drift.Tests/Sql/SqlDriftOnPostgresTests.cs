using System.Data;
using MlOps.Data;
using MlOps.Drift.Sql;
using Npgsql;

namespace MlOps.Drift.Tests.Sql;

/// <summary>A real PostgreSQL. Oracle: <see cref="DriftReport.Compare"/> on the same rows pulled into memory.</summary>
public sealed class SqlDriftOnPostgresTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [PostgresFact]
    public async Task Compare_MillionsOfRows_EqualsTheReportInMemory()
    {
        MakeRows("big_a", 700_000, seed: 1, shift: 0);
        MakeRows("big_b", 600_000, seed: 2, shift: 0.02);
        await using NpgsqlConnection connection = server.Open();

        SqlDriftReport report = await SqlDrift.CompareAsync(connection, "big_a", "public.big_b");

        ReportEquality.Equal(InMemory("SELECT * FROM big_a", "SELECT * FROM big_b"), report.Report);
        Assert.Equal(SqlEngine.PostgreSql, report.Engine);
        Assert.True(report.ValuesRead < 500, $"{report.ValuesRead} values travelled"); // of 1.3 million rows × 3 columns
        Assert.Equal(2 * (3 + 2 + 1), report.Scans); // profile, quantiles and counts; two numeric columns; one of text
    }

    [PostgresFact]
    public async Task Compare_InStandardSql_EqualsTheReportInMemory()
    {
        MakeRows("standard_a", 3000, seed: 1, shift: 0);
        MakeRows("standard_b", 2000, seed: 2, shift: 0.1);
        await using NpgsqlConnection connection = server.Open();

        SqlDriftReport report = await SqlDrift.CompareAsync(connection, "standard_a", "standard_b", sqlOptions: new SqlDriftOptions { Engine = SqlEngine.Standard });

        Assert.Equal(SqlEngine.Standard, report.Engine);
        ReportEquality.Equal(InMemory("SELECT * FROM standard_a", "SELECT * FROM standard_b"), report.Report);
    }

    [PostgresFact]
    public async Task Compare_EveryType_EqualsTheReportInMemory()
    {
        server.Run("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')");
        foreach ((string name, int seed) in new[] { ("types_a", 3), ("types_b", 4) })
        {
            string u = Uniform(7, seed);
            server.Run($"""
                CREATE TABLE {name} AS SELECT
                  (i % 7)::smallint AS small, ({u} * 1000)::int AS whole, (68719476736 + i % {10 + seed}) AS big,
                  round(({u} * 100)::numeric, 3) AS exact, {u}::real AS single, CASE WHEN i % 11 = 0 THEN 'NaN' ELSE {u} END::float8 AS gaps,
                  CASE WHEN i % 13 = 0 THEN NULL WHEN i % 17 = 0 THEN 'NaN' ELSE round(({u} * 9)::numeric, {seed - 3}) END AS exact_gaps,
                  ({u} * 50)::numeric::money AS price,
                  {u} < 0.3 AS member, CURRENT_DATE AS day, now() AS moment, i::timestamp_like AS stamp,
                  (ARRAY['sad', 'ok', 'happy'])[1 + (i + {seed}) % 3]::mood AS feeling, md5(i::text)::uuid AS id, chr((65 + i % {20 + seed})::int)::varchar(3) AS letter
                FROM generate_series(1, 900 + {seed}) AS i
                """.Replace("i::timestamp_like", "timestamp '2025-01-01' + i * interval '1 hour'", StringComparison.Ordinal));
        }

        await using NpgsqlConnection connection = server.Open();

        SqlDriftReport report = await SqlDrift.CompareAsync(connection, "types_a", "types_b"); // the driver does not know the enumeration yet
        await connection.ReloadTypesAsync();

        // In memory a decimal cannot be NaN, so that column is read as double there.
        const string Columns = "small, whole, big, exact, single, gaps, exact_gaps::float8 AS exact_gaps, price, member, day, moment, stamp, feeling, id, letter";
        ReportEquality.Equal(InMemory($"SELECT {Columns} FROM types_a", $"SELECT {Columns} FROM types_b"), report.Report);
        Assert.Equal(["day", "id", "moment", "stamp"], report.Report.Skipped.Select(s => s.Name).Order(StringComparer.Ordinal));
        Assert.Contains("NaN counts as missing: 82 reference and 82 current rows hold it", report.Report["gaps"].Notes); // ⌊903/11⌋ and ⌊904/11⌋
    }

    [PostgresFact]
    public async Task Compare_InfiniteValues_AreCountedAndRefused()
    {
        server.Run("CREATE TABLE inf AS SELECT CASE WHEN i < 4 THEN 'Infinity'::float8 WHEN i = 4 THEN '-Infinity'::float8 WHEN i = 5 THEN 'NaN'::float8 ELSE i END AS x FROM generate_series(1, 50) AS i");
        await using NpgsqlConnection connection = server.Open();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => SqlDrift.CompareAsync(connection, "inf", "inf"));

        Assert.StartsWith("Column 'x' of the reference table holds 4 infinite values", error.Message, StringComparison.Ordinal);
        SqlSource finite = SqlSource.Table("inf").Where($"x < {double.PositiveInfinity} AND x > {double.NegativeInfinity}");
        Assert.Equal(45, (await SqlDrift.CompareAsync(connection, finite, finite)).Report.Rows.Reference);
    }

    [PostgresFact]
    public async Task Compare_ServerKilledInTheMiddle_SaysAtWhatAndTheSameCallWorksAfterwards()
    {
        // A gate in the source: every query on it waits while somebody else holds lock 1.
        MakeRows("kill", 5000, seed: 1, shift: 0);
        SqlSource source = SqlSource.Query("SELECT kill.* FROM kill, (SELECT pg_advisory_lock_shared(1), pg_advisory_unlock_shared(1)) AS gate");
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await using NpgsqlConnection holder = server.Open();
        bool shut = false;
        var shutAfterTheProfile = new Immediate(_ =>
        {
            if (!shut)
            {
                using var command = new NpgsqlCommand("SELECT pg_advisory_lock(1)", holder);
                command.ExecuteScalar();
                shut = true;
            }
        });
        Task<SqlDriftReport> Compare() => SqlDrift.CompareAsync(connection, source, source, progress: shutAfterTheProfile);

        Task<SqlDriftReport> running = Compare();
        await UntilAsync(() => server.Ask("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%percentile_disc%'") is 1L);
        server.Kill();
        var error = await Assert.ThrowsAsync<SqlDriftException>(() => running);
        server.Start();
        SqlDriftReport again = await Compare();

        Assert.True(error.CanRetry);
        Assert.StartsWith("The drift report failed while the database computed ", error.Message, StringComparison.Ordinal);
        Assert.Contains("The connection was lost: repeat the call when the server is back", error.Message, StringComparison.Ordinal);
        Assert.Contains("nothing was written", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("quantiles of the reference", error.Step, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Closed, error.ConnectionState);
        Assert.Equal(DriftLevel.None, again.Report.Level);
        Assert.Equal(ConnectionState.Closed, connection.State);
    }

    [PostgresFact]
    public async Task Compare_ServerThatIsNotThere_SaysSo()
    {
        await using var connection = new NpgsqlConnection("Host=127.0.0.1;Port=1;Username=course;Pooling=false");

        var error = await Assert.ThrowsAsync<SqlDriftException>(() => SqlDrift.CompareAsync(connection, "a", "b"));

        Assert.True(error.CanRetry);
        Assert.Contains("the connection was being opened", error.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Compare_SlowerThanTheLimits_SaysWhichToRaise()
    {
        server.Run("CREATE TABLE slow AS SELECT i AS x FROM generate_series(1, 10) AS i");
        await using NpgsqlConnection connection = server.Open();
        SqlSource sleeper = SqlSource.Query("SELECT x, pg_sleep(1) IS NULL AS late FROM slow");
        using (var limit = new NpgsqlCommand("SET statement_timeout = '300ms'", connection))
        {
            await limit.ExecuteNonQueryAsync();
        }

        var byServer = await Assert.ThrowsAsync<SqlDriftException>(() => SqlDrift.CompareAsync(connection, sleeper, sleeper));
        using (var limit = new NpgsqlCommand("SET statement_timeout = 0", connection))
        {
            await limit.ExecuteNonQueryAsync();
        }

        var byUs = await Assert.ThrowsAsync<SqlDriftException>(() =>
            SqlDrift.CompareAsync(connection, sleeper, sleeper, sqlOptions: new SqlDriftOptions { CommandTimeout = TimeSpan.FromSeconds(1) }));

        Assert.Contains("statement_timeout: raise that", byServer.Message, StringComparison.Ordinal);
        Assert.Contains("SqlDriftOptions.CommandTimeout", byUs.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Compare_UserWithoutTheRight_IsToldWhichItNeeds()
    {
        server.Run("CREATE TABLE secret AS SELECT i AS x FROM generate_series(1, 10) AS i; CREATE ROLE guest LOGIN");
        await using NpgsqlConnection guest = server.Open("guest");

        var error = await Assert.ThrowsAsync<SqlDriftException>(() => SqlDrift.CompareAsync(guest, "secret", "secret"));

        Assert.Contains("permission denied", error.Message, StringComparison.Ordinal);
        Assert.Contains("GRANT SELECT", error.Message, StringComparison.Ordinal);
        Assert.False(error.CanRetry);
    }

    [PostgresFact]
    public async Task Compare_UnknownTable_ListsThoseThere()
    {
        server.Run("CREATE TABLE known AS SELECT i AS x FROM generate_series(1, 10) AS i");
        await using NpgsqlConnection connection = server.Open();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => SqlDrift.CompareAsync(connection, "known", "Known"));

        Assert.StartsWith("There is no table 'Known' for the current. There are: ", error.Message, StringComparison.Ordinal);
        Assert.Contains("known", error.Message[50..], StringComparison.Ordinal);
        Assert.Equal(DriftLevel.None, (await SqlDrift.CompareAsync(connection, "known", "known")).Report.Level); // no transaction was left behind
    }

    [PostgresFact]
    public async Task Compare_QueryThatWrites_IsRefusedByTheServer()
    {
        server.Run("CREATE SEQUENCE counter");
        await using NpgsqlConnection connection = server.Open();
        SqlSource writing = SqlSource.Query("SELECT nextval('counter') AS x");

        var error = await Assert.ThrowsAsync<SqlDriftException>(() => SqlDrift.CompareAsync(connection, writing, writing));

        Assert.Contains("read-only transaction", error.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Compare_RowsThatComeMeanwhile_AreNotSeen()
    {
        MakeRows("live", 2000, seed: 5, shift: 0);
        DriftReport expected = InMemory("SELECT * FROM live", "SELECT * FROM live WHERE x > 0.5");
        await using NpgsqlConnection connection = server.Open();
        var progress = new Immediate(_ => server.Run("INSERT INTO live SELECT 99, 99, 'new' FROM generate_series(1, 500)"));

        SqlDriftReport report = await SqlDrift.CompareAsync(connection, SqlSource.Table("live"), SqlSource.Table("live").Where($"x > {0.5}"), progress: progress);

        ReportEquality.Equal(expected, report.Report);
        Assert.True(server.Ask("SELECT count(*) FROM live") is > 3000L);
    }

    [PostgresFact]
    public async Task Compare_Cancelled_StopsTheQueryInTheServer()
    {
        server.Run("CREATE TABLE sleepy AS SELECT i AS x FROM generate_series(1, 1000) AS i");
        await using NpgsqlConnection connection = server.Open();
        using var source = new CancellationTokenSource();
        SqlSource sleeper = SqlSource.Query("SELECT x, pg_sleep(1) IS NULL AS cancelled_report FROM sleepy");

        Task<SqlDriftReport> running = SqlDrift.CompareAsync(connection, sleeper, sleeper, cancellationToken: source.Token);
        const string Active = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%cancelled_report%' AND pid <> pg_backend_pid()";
        await UntilAsync(() => server.Ask(Active) is > 0L);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await UntilAsync(() => server.Ask(Active) is 0L);
        Assert.Equal(DriftLevel.None, (await SqlDrift.CompareAsync(connection, "sleepy", "sleepy")).Report.Level);
    }

    [PostgresFact]
    public async Task Compare_InCells_StaysWithinTheErrorItStates()
    {
        MakeRows("cells_a", 50_000, seed: 1, shift: 0);
        MakeRows("cells_b", 40_000, seed: 2, shift: 0.05);
        DriftReport exact = InMemory("SELECT * FROM cells_a", "SELECT * FROM cells_b");
        await using NpgsqlConnection connection = server.Open();

        DriftReport report = (await SqlDrift.CompareAsync(connection, "cells_a", "cells_b", sqlOptions: new SqlDriftOptions { HistogramCells = 1000 })).Report;

        Assert.Equal(exact["x"]["ks"].Statistic, report["x"]["ks"].Statistic, 0.002); // about one cell of a thousand, for each side
        Assert.Equal(exact["x"]["wasserstein"].Statistic, report["x"]["wasserstein"].Statistic, 0.002);
        Assert.Equal(exact["rounded"]["ks"], report["rounded"]["ks"]); // 100 values in 1000 cells: exact
        Assert.Equal(exact.Columns.Select(c => c.Level), report.Columns.Select(c => c.Level));
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (int i = 0; i < 300 && !condition(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(condition(), "what was waited for did not happen in 15 seconds");
    }

    /// <summary>A number in [0, 1) from a hash of the row's number i: the same on every server.</summary>
    private static string Uniform(int factor, int seed) =>
        FormattableString.Invariant($"(hashint8(i::bigint * {factor} + {seed})::bigint + 2147483648) / 4294967296.0::float8");

    /// <summary>x without ties, rounded in 100 steps, city of 5.</summary>
    private void MakeRows(string name, int rows, int seed, double shift)
    {
        string U(int factor) => Uniform(factor, seed);
        server.Run(FormattableString.Invariant($"""
            CREATE TABLE {name} AS SELECT
              {U(3)} + {shift} AS x, round(({U(7)} * 100 + {shift})::numeric)::int AS rounded,
              CASE WHEN i % 50 = 0 THEN NULL ELSE 'city ' || (5 * power({U(11)}, {1 + shift}))::int END AS city
            FROM generate_series(1, {rows}) AS i
            """));
    }

    private DriftReport InMemory(string reference, string current)
    {
        using NpgsqlConnection connection = server.Open();
        Table Read(string query)
        {
            using var command = new NpgsqlCommand(query, connection);
            using NpgsqlDataReader reader = command.ExecuteReader();
            return Table.FromDataReader(reader);
        }

        return DriftReport.Compare(Read(reference), Read(current));
    }

    private sealed class Immediate(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
