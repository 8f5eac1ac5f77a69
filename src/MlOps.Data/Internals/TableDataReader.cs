using System.Collections;
using System.Data;
using System.Data.Common;

namespace MlOps.Data.Internals;

/// <summary>A table as ADO.NET reads data.</summary>
internal sealed class TableDataReader(Table table) : DbDataReader
{
    private int _row = -1;
    private bool _closed;

    public override int FieldCount => table.Columns.Count;

    public override bool HasRows => table.RowCount > 0;

    public override bool IsClosed => _closed;

    public override int Depth => 0;

    public override int RecordsAffected => -1; // what ADO.NET says of a query

    public override object this[int ordinal] => GetValue(ordinal);

    public override object this[string name] => GetValue(GetOrdinal(name));

    public override bool Read()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _row = Math.Min(_row + 1, table.RowCount);
        return _row < table.RowCount;
    }

    public override bool NextResult() => false;

    public override void Close() => _closed = true;

    public override string GetName(int ordinal) => table.Columns[ordinal].Name;

    public override int GetOrdinal(string name)
    {
        for (int i = 0; i < FieldCount; i++)
        {
            if (GetName(i) == name)
            {
                return i;
            }
        }

#pragma warning disable CA2201 // The exception that ADO.NET prescribes.
        throw new IndexOutOfRangeException($"No column '{name}'. There are: {string.Join(", ", table.Columns.Select(c => c.Name))}.");
#pragma warning restore CA2201
    }

    public override string GetDataTypeName(int ordinal) => TypeNames.Of(table.Columns[ordinal]);

    public override Type GetFieldType(int ordinal) => table.Columns[ordinal].ValueType;

    public override bool IsDBNull(int ordinal) => table.Columns[ordinal].IsMissing(Row());

    public override object GetValue(int ordinal) => table.Columns[ordinal].GetValue(Row()) ?? DBNull.Value;

    public override int GetValues(object[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int count = Math.Min(values.Length, FieldCount);
        for (int i = 0; i < count; i++)
        {
            values[i] = GetValue(i);
        }

        return count;
    }

    public override long GetInt64(int ordinal) => Present<long>(ordinal);

    public override int GetInt32(int ordinal) => checked((int)Present<long>(ordinal));

    public override short GetInt16(int ordinal) => checked((short)Present<long>(ordinal));

    public override byte GetByte(int ordinal) => checked((byte)Present<long>(ordinal));

    public override double GetDouble(int ordinal) => Present<double>(ordinal);

    public override float GetFloat(int ordinal) => (float)Present<double>(ordinal);

    public override decimal GetDecimal(int ordinal) => (decimal)Present<double>(ordinal);

    public override bool GetBoolean(int ordinal) => Present<bool>(ordinal);

    public override DateTime GetDateTime(int ordinal) => Present<DateTime>(ordinal);

    public override string GetString(int ordinal) => table.Columns[ordinal] is StringColumn column
        ? column[Row()] ?? throw Missing(ordinal)
        : throw OtherType(ordinal, "string");

    public override char GetChar(int ordinal) => throw OtherType(ordinal, "char");

    public override Guid GetGuid(int ordinal) => throw OtherType(ordinal, "Guid");

    public override long GetBytes(int ordinal, long dataOffset, byte[]? buffer, int bufferOffset, int length) => throw OtherType(ordinal, "bytes");

    public override long GetChars(int ordinal, long dataOffset, char[]? buffer, int bufferOffset, int length) => throw OtherType(ordinal, "characters");

    public override IEnumerator GetEnumerator() => new DbEnumerator(this);

    /// <summary>What <c>DataTable.Load</c> asks for: a row a column.</summary>
    public override DataTable GetSchemaTable()
    {
        var schema = new DataTable("SchemaTable") { Locale = System.Globalization.CultureInfo.InvariantCulture };
        schema.Columns.Add(SchemaTableColumn.ColumnName, typeof(string));
        schema.Columns.Add(SchemaTableColumn.ColumnOrdinal, typeof(int));
        schema.Columns.Add(SchemaTableColumn.ColumnSize, typeof(int));
        schema.Columns.Add(SchemaTableColumn.DataType, typeof(Type));
        schema.Columns.Add(SchemaTableColumn.AllowDBNull, typeof(bool));
        for (int i = 0; i < FieldCount; i++)
        {
            schema.Rows.Add(GetName(i), i, -1, GetFieldType(i), true); // -1: no limit
        }

        return schema;
    }

    private int Row()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        return (uint)_row < (uint)table.RowCount ? _row : throw new InvalidOperationException("The reader is not on a row: call Read first, and stop when it returns false.");
    }

    private T Present<T>(int ordinal)
        where T : struct =>
        table.Columns[ordinal] is Column<T> column
            ? column[Row()] ?? throw Missing(ordinal)
            : throw OtherType(ordinal, typeof(T).Name);

    private InvalidCastException Missing(int ordinal) => new($"Column '{GetName(ordinal)}' has no value in this row: ask IsDBNull first.");

    private InvalidCastException OtherType(int ordinal, string asked) => new($"Column '{GetName(ordinal)}' holds {GetDataTypeName(ordinal)}; {asked} was asked for.");
}
