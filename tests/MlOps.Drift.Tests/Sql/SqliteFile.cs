using System.Globalization;
using Microsoft.Data.Sqlite;
using MlOps.Data;
using MlOps.Drift.Sql;

namespace MlOps.Drift.Tests.Sql;

/// <summary>A database file of its own for each test.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-sql-drift-").FullName;

    internal SqliteFile()
    {
        SQLitePCL.Batteries_V2.Init();
        Connection = Another();
        Connection.Open();
    }

    internal SqliteConnection Connection { get; }

    internal string Path => System.IO.Path.Combine(_folder, "data.db");

    public void Dispose()
    {
        Connection.Dispose();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    internal SqliteConnection Another() => new($"Data Source={Path}");

    internal void Run(string sql, params object?[] values)
    {
        using SqliteCommand command = Connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"@v{i}", values[i] ?? DBNull.Value);
        }

        command.ExecuteNonQuery();
    }

    /// <summary>Makes a table with the given columns and rows.</summary>
    internal void Make(string name, string columns, IEnumerable<object?[]> rows)
    {
        Run($"CREATE TABLE {name} ({columns})");
        Run("BEGIN");
        using SqliteCommand insert = Connection.CreateCommand();
        foreach (object?[] row in rows)
        {
            if (insert.Parameters.Count == 0)
            {
                string[] places = [.. row.Select((_, i) => $"@v{i}")];
                insert.CommandText = $"INSERT INTO {name} VALUES ({string.Join(", ", places)})";
                Array.ForEach(places, place => insert.Parameters.AddWithValue(place, null));
            }

            for (int i = 0; i < row.Length; i++)
            {
                insert.Parameters[i].Value = row[i] ?? DBNull.Value;
            }

            insert.ExecuteNonQuery();
        }

        Run("COMMIT");
    }

    internal void Make(string name, Table table)
    {
        string[] columns = [.. table.Columns.Select(column => $"\"{column.Name}\" " + column switch
        {
            Column<bool> => "BOOLEAN",
            Column<DateTime> => "DATE",
            Column<long> => "INTEGER",
            Column<double> => "REAL",
            _ => "TEXT",
        })];
        Make(name, string.Join(", ", columns), Enumerable.Range(0, table.RowCount).Select(i => table.Columns.Select(column => Stored(column.GetValue(i))).ToArray()));
    }

    /// <summary>The oracle: the same rows, compared in memory.</summary>
    internal DriftReport InMemory(string reference, string current, DriftOptions? options = null) => DriftReport.Compare(Read(reference), Read(current), options);

    internal SqlDriftReport InSql(SqlSource reference, SqlSource current, DriftOptions? options = null, SqlDriftOptions? sql = null) =>
        SqlDrift.CompareAsync(Connection, reference, current, options, sql).GetAwaiter().GetResult(); // this provider runs everything at once

    internal void AssertEqual(string reference, string current, DriftOptions? options = null) => ReportEquality.Equal(
        InMemory(reference, current, options), InSql(SqlSource.Query(reference), SqlSource.Query(current), options, new SqlDriftOptions { MaxLevels = 100_000 }).Report);

    internal Table Read(string query)
    {
        using SqliteCommand command = Connection.CreateCommand();
        command.CommandText = query;
        using SqliteDataReader reader = command.ExecuteReader();
        return Table.FromDataReader(reader);
    }

    private static object? Stored(object? value) => value switch
    {
        bool truth => truth ? 1L : 0L,
        DateTime time => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => value,
    };
}
