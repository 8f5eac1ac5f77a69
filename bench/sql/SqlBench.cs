using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MlOps.Data;
using MlOps.Drift;
using MlOps.Drift.Sql;
using MlOps.Drift.Tests.Sql;
using Npgsql;

namespace MlOps.Bench;

/// <summary>A drift report of rows in PostgreSQL: computed there, computed here from rows pulled here, and by pandas and SciPy.</summary>
public static class SqlBench
{
    private const int Columns = 10;

    /// <summary>Arguments: <c>[rows = 5000000] [python = /usr/bin/python3]</c>, half of the rows on each side. Returns 0, or 1 when the three disagree.</summary>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        int rows = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5_000_000;
        string python = args.Length > 1 ? args[1] : "/usr/bin/python3";
        if (PostgresServer.WhyNot is { } reason)
        {
            Print($"Left out: it {reason}");
            Ratios.Missing("PostgreSQL", reason);
            return 0;
        }

        using var server = new PostgresServer();
        Make(server, "before", rows / 2, seed: 1);
        Make(server, "now", rows / 2, seed: 2);
        Print($"Drift report of {rows:N0} rows × {Columns} columns in PostgreSQL on this machine, half on each side, {Environment.ProcessorCount} cores");

        var options = new DriftOptions { Tests = DriftTests.Psi | DriftTests.KolmogorovSmirnov | DriftTests.Wasserstein };
        (double exact, SqlDriftReport report) = Timed(server, connection => Compare(connection, options, null));
        (double cells, SqlDriftReport approximate) = Timed(server, connection => Compare(connection, options, 4096));
        (double pulled, DriftReport inMemory) = Timed(server, connection => DriftReport.Compare(Read(connection, "before"), Read(connection, "now"), options));
        double deviation = inMemory.Columns.Max(column => column.Tests.Zip(report.Report[column.Name].Tests, (one, other) => Math.Abs(one.Statistic - other.Statistic)).Max());
        double error = inMemory.Columns.Max(column => Math.Abs(column["ks"].Statistic - approximate.Report[column.Name]["ks"].Statistic));
        long moved = (long)rows * Columns * sizeof(double);
        Print($"  in the engine, exact              {exact,8:0.00} s   {report.ValuesRead * sizeof(double),12:N0} bytes of values moved, {report.Scans} scans");
        Print($"  in the engine, 4096 cells         {cells,8:0.00} s   {approximate.ValuesRead * sizeof(double),12:N0} bytes, {approximate.Scans} scans; D within {error:0.0e+0}");
        Print($"  pulled into memory, compared here {pulled,8:0.00} s   {moved,12:N0} bytes   {pulled / exact:0.0} × the exact, {pulled / cells:0.0} × the cells");
        Print($"  largest deviation, engine v. here {deviation:0.0e+0}");
        return Peers(python, server, exact, cells, report.Report, deviation);
    }

    private static int Peers(string python, PostgresServer server, double exact, double cells, DriftReport report, double deviation)
    {
        JsonElement peer = Peer.Run(python, "sql", new NpgsqlConnectionStringBuilder(server.ConnectionString).Port);
        if (peer.TryGetProperty("missing", out JsonElement missing))
        {
            Print($"  pandas and SciPy left out: {missing.GetString()}");
            Ratios.Missing("pandas, SciPy", missing.GetString()!);
            return deviation < 1e-9 ? 0 : 1;
        }

        double seconds = peer.GetProperty("seconds").GetDouble();
        double largest = report.Columns.Max(column => peer.GetProperty("values").GetProperty(column.Name) is var values
            ? Math.Max(Math.Abs(column["ks"].Statistic - values[0].GetDouble()), Math.Abs(column["wasserstein"].Statistic - values[1].GetDouble()))
            : 0);
        Print($"  pandas.read_sql, then SciPy       {seconds,8:0.00} s   {seconds / exact:0.0} × the exact, {seconds / cells:0.0} × the cells; of it reading {peer.GetProperty("reading").GetDouble():0.00} s");
        string version = $"read_sql, {Peer.Versions(python, "pandas", "scipy")}";
        Ratios.Time("drift report in PostgreSQL, exact", exact, seconds, version);
        Ratios.Time("drift report in PostgreSQL, 4,096 cells", cells, seconds, version);
        Print($"  largest deviation from SciPy      {largest:0.0e+0}");
        return deviation < 1e-9 && largest < 1e-9 ? 0 : 1;
    }

    /// <summary>Numbers from a hash of the row's number: five columns without ties, five rounded.</summary>
    private static void Make(PostgresServer server, string name, int rows, int seed)
    {
        string[] columns = [.. Enumerable.Range(0, Columns).Select(c =>
        {
            FormattableString u = $"(hashint8(i::bigint * {(2 * c) + 3} + {seed})::bigint + 2147483648) / 4294967296.0::float8 + {0.002 * c * (seed - 1)}";
            string uniform = FormattableString.Invariant(u);
            return c % 2 == 0 ? $"{uniform} AS x{c}" : $"round((100 * ({uniform}))::numeric)::float8 AS x{c}";
        })];
        server.Run($"CREATE TABLE \"{name}\" AS SELECT {string.Join(", ", columns)} FROM generate_series(1, {rows.ToString(CultureInfo.InvariantCulture)}) AS i; ANALYZE \"{name}\"");
    }

    private static SqlDriftReport Compare(NpgsqlConnection connection, DriftOptions options, int? cells) =>
        MlOps.Drift.Sql.SqlDrift.CompareAsync(connection, "before", "now", options, new SqlDriftOptions { HistogramCells = cells }).GetAwaiter().GetResult();

    private static Table Read(NpgsqlConnection connection, string table)
    {
        using var command = new NpgsqlCommand($"SELECT * FROM \"{table}\"", connection);
        using NpgsqlDataReader reader = command.ExecuteReader();
        return Table.FromDataReader(reader);
    }

    private static (double Seconds, T Result) Timed<T>(PostgresServer server, Func<NpgsqlConnection, T> run)
    {
        using NpgsqlConnection connection = server.Open();
        long start = Stopwatch.GetTimestamp();
        T result = run(connection);
        return (Stopwatch.GetElapsedTime(start).TotalSeconds, result);
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
