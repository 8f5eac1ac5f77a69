using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace MlOps.Data.Tests;

/// <summary>Tables to and from ADO.NET. The independent side is System.Data's own DataTable.</summary>
public sealed class DataReaderTests
{
    private static readonly Table s_mixed = new(
        Column.Of("id", 1L, 2L, 3L),
        Column.Of("amount", 1.5, double.NaN, -0.25),
        Column.Of("late", true, null, false),
        Column.Of("since", new DateTime(2024, 2, 29), null, new DateTime(2024, 2, 29, 23, 59, 58)),
        Column.Of("name", "a", "", null));

    [Fact]
    public void ToDataReader_IntoADataTable_GivesTypesValuesAndNulls()
    {
        using var loaded = new DataTable();
        loaded.Load(s_mixed.ToDataReader());

        Assert.Equal([typeof(long), typeof(double), typeof(bool), typeof(DateTime), typeof(string)], loaded.Columns.Cast<DataColumn>().Select(c => c.DataType));
        Assert.Equal(["id", "amount", "late", "since", "name"], loaded.Columns.Cast<DataColumn>().Select(c => c.ColumnName));
        Assert.Equal([1L, 1.5, true, new DateTime(2024, 2, 29), "a"], loaded.Rows[0].ItemArray);
        Assert.Equal([2L, DBNull.Value, DBNull.Value, DBNull.Value, ""], loaded.Rows[1].ItemArray);
        Assert.Equal(DBNull.Value, loaded.Rows[2][4]);
    }

    [Fact]
    public void FromDataReader_OfToDataReader_IsTheSameTable()
    {
        Table back = Table.FromDataReader(s_mixed.ToDataReader());

        AssertEqual(s_mixed, back);
    }

    [Fact]
    public void FromDataReader_EmptyTable_KeepsNamesAndTypes()
    {
        Table empty = s_mixed.Head(0);

        AssertEqual(empty, Table.FromDataReader(empty.ToDataReader()));
    }

    [Fact]
    public void FromDataReader_ColumnsWithoutAnyValue_KeepTheirTypes()
    {
        var missing = new Table(
            Column.Of("l", new long?[] { null, null }),
            Column.Of("d", new double?[] { null, null }),
            Column.Of("b", new bool?[] { null, null }),
            Column.Of("t", new DateTime?[] { null, null }),
            Column.Of("s", new string?[] { null, null }));

        AssertEqual(missing, Table.FromDataReader(missing.ToDataReader()));
    }

    [Fact]
    public void FromDataReader_TypesThatTablesLack_BecomeTheNearest()
    {
        Table table = FromRows(
            [("int", typeof(int)), ("float", typeof(float)), ("decimal", typeof(decimal)), ("date", typeof(DateOnly)), ("guid", typeof(Guid)), ("bytes", typeof(byte[])), ("span", typeof(TimeSpan))],
            [7, 0.5f, 1.25m, new DateOnly(2024, 5, 6), new Guid("00000000-0000-0000-0000-000000000001"), new byte[] { 1, 255 }, TimeSpan.FromSeconds(90)]);

        Assert.Equal(7, table.Longs("int").Values[0]);
        Assert.Equal(0.5, table.Doubles("float").Values[0]);
        Assert.Equal(1.25, table.Doubles("decimal").Values[0]);
        Assert.Equal(new DateTime(2024, 5, 6), table.Times("date").Values[0]);
        Assert.Equal("00000000-0000-0000-0000-000000000001", table.Strings("guid")[0]);
        Assert.Equal("01FF", table.Strings("bytes")[0]);
        Assert.Equal("00:01:30", table.Strings("span")[0]);
    }

    [Fact]
    public void FromDataReader_MixedValues_FindTheTypeThatHoldsAll()
    {
        // An object column gives each value in its own type, as SQLite does.
        Table table = FromRows(
            [("number", typeof(object)), ("text", typeof(object)), ("late", typeof(object))],
            [1L, 1L, DBNull.Value],
            [DBNull.Value, DBNull.Value, DBNull.Value],
            [2.5, "x", true],
            [3L, 0.1, DBNull.Value]);

        Assert.Equal([1, double.NaN, 2.5, 3], table.Doubles("number").Values.ToArray());
        Assert.Equal(["1", null, "x", "0.1"], Enumerable.Range(0, 4).Select(row => table.Strings("text")[row]));
        Assert.Equal([null, null, true, null], Enumerable.Range(0, 4).Select(row => table.Bools("late")[row]));
    }

    [Theory]
    [InlineData("SELECT 1 AS x UNION ALL SELECT 2.5", typeof(double), "1, 2.5")]
    [InlineData("SELECT 1 AS x UNION ALL SELECT NULL", typeof(long), "1, NULL")]
    [InlineData("SELECT NULL AS x UNION ALL SELECT 'a'", typeof(string), "NULL, a")]
    [InlineData("SELECT 1 AS x UNION ALL SELECT 'a'", typeof(string), "1, a")]
    [InlineData("SELECT late AS x FROM t", typeof(bool), "True, NULL")]
    [InlineData("SELECT since AS x FROM t", typeof(DateTime), "02/29/2024 13:05:00, NULL")]
    [InlineData("SELECT due AS x FROM t", typeof(string), "soon, NULL")]
    [InlineData("SELECT late AS x FROM t WHERE late IS NULL", typeof(bool), "NULL")]
    [InlineData("SELECT id AS x FROM t WHERE 0", typeof(long), "")]
    [InlineData("SELECT note AS x FROM t WHERE 0", typeof(string), "")]
    [InlineData("SELECT since AS x FROM t WHERE 0", typeof(DateTime), "")]
    [InlineData("SELECT NULL AS x", typeof(double), "NULL")]
    [InlineData("SELECT x'01ff' AS x", typeof(string), "01FF")]
    public void FromDataReader_OfSqlite_TakesTypesFromValuesAndDeclarations(string query, Type type, string values)
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE t (id INTEGER, late BOOLEAN, since DATETIME, due DATE, note TEXT);
            INSERT INTO t VALUES (1, 1, '2024-02-29T13:05:00', 'soon', 'n'), (2, NULL, NULL, NULL, NULL);
            """;
        command.ExecuteNonQuery();
        command.CommandText = query;
        using SqliteDataReader reader = command.ExecuteReader();

        Table table = Table.FromDataReader(reader);

        Assert.Equal(type, table["x"].ValueType);
        Assert.Equal(values, string.Join(", ", Enumerable.Range(0, table.RowCount).Select(row => Convert.ToString(table["x"].GetValue(row) ?? "NULL", CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void FromDataReader_SameNameTwice_SaysWhichAndWhatToDo()
    {
        using DbDataReader reader = new TwiceNamed(s_mixed);

        ArgumentException error = Assert.Throws<ArgumentException>(() => Table.FromDataReader(reader));

        Assert.Contains("'id'", error.Message, StringComparison.Ordinal);
        Assert.Contains("AS", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reader_MisusedOrClosed_SaysSo()
    {
        DbDataReader reader = s_mixed.ToDataReader();
        Assert.Contains("Read", Assert.Throws<InvalidOperationException>(() => reader.GetValue(0)).Message, StringComparison.Ordinal);
        Assert.True(reader.Read() && reader.Read());
        Assert.Contains("IsDBNull", Assert.Throws<InvalidCastException>(() => reader.GetDouble(1)).Message, StringComparison.Ordinal);
        Assert.Contains("'id' holds long", Assert.Throws<InvalidCastException>(() => reader.GetString(0)).Message, StringComparison.Ordinal);
        Assert.Contains("There are: id,", Assert.Throws<IndexOutOfRangeException>(() => reader["x"]).Message, StringComparison.Ordinal);
        Assert.True(reader.Read());
        Assert.False(reader.Read());
        Assert.False(reader.Read());
        reader.Dispose();
        Assert.Throws<ObjectDisposedException>(() => reader.Read());
    }

    private static Table FromRows((string Name, Type Type)[] columns, params object[][] rows)
    {
        using var data = new DataTable();
        foreach ((string name, Type type) in columns)
        {
            data.Columns.Add(name, type);
        }

        foreach (object[] row in rows)
        {
            data.Rows.Add(row);
        }

        using DataTableReader reader = data.CreateDataReader();
        return columns.Any(column => column.Type == typeof(object)) ? Table.FromDataReader(new TypedByValue(reader)) : Table.FromDataReader(reader);
    }

    private static void AssertEqual(Table expected, Table actual)
    {
        Assert.Equal(expected.Columns.Select(c => (c.Name, c.ValueType)), actual.Columns.Select(c => (c.Name, c.ValueType)));
        Assert.Equal(expected.RowCount, actual.RowCount);
        for (int row = 0; row < expected.RowCount; row++)
        {
            Assert.Equal(expected.Columns.Select(c => c.GetValue(row)), actual.Columns.Select(c => c.GetValue(row)));
        }
    }

    /// <summary>Announces for a value its own type, as SQLite's reader does.</summary>
    private sealed class TypedByValue(DataTableReader inner) : ForwardingReader(inner)
    {
        private bool _onRow;

        public override bool Read() => _onRow = base.Read();

        public override Type GetFieldType(int ordinal) => _onRow && !IsDBNull(ordinal) ? GetValue(ordinal).GetType() : typeof(object);
    }

    private sealed class TwiceNamed(Table table) : ForwardingReader(table.ToDataReader())
    {
        public override string GetName(int ordinal) => "id";
    }
}
