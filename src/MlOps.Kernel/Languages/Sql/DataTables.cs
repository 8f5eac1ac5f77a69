using System.Data;
using System.Data.Common;
using System.Globalization;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>Results as DataTables. Their own <c>Load</c> takes the types from the first row, and SQLite may give others below it.</summary>
internal static class DataTables
{
    internal static DataTable Of(DbDataReader reader)
    {
        List<object[]> rows = [];
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = reader.IsDBNull(i) ? DBNull.Value : reader.GetValue(i);
            }

            rows.Add(row);
        }

        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        for (int i = 0; i < reader.FieldCount; i++)
        {
            string name = reader.GetName(i);
            string free = table.Columns.Contains(name) ? FormattableString.Invariant($"{name} ({i + 1})") : name; // a join may give a name twice
            table.Columns.Add(free, TypeOf(rows, i));
        }

        foreach (object[] row in rows)
        {
            table.Rows.Add(row);
        }

        return table;
    }

    /// <summary>The one type of a column's values; double for whole and other numbers together; object for any other mixture or none.</summary>
    private static Type TypeOf(List<object[]> rows, int column)
    {
        Type[] types = [.. rows.Select(row => row[column]).Where(value => value is not DBNull).Select(value => value.GetType()).Distinct()];
        return types.Length == 1 ? types[0]
            : types.Length == 2 && types.Contains(typeof(long)) && types.Contains(typeof(double)) ? typeof(double)
            : typeof(object);
    }
}
