using System.Data;
using MlOps.Data.Internals;

namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Reads the rows that are left in a data reader, such as the result of an SQL query.</summary>
    /// <remarks>
    /// <para><b>Types.</b> The values decide: whole numbers make a <c>long</c> column, numbers a <c>double</c> column, truth values and
    /// times their own; a mixture of whole and other numbers is <c>double</c>, any other mixture text. SQLite has neither truth
    /// values nor times: there a column declared BOOL… that holds only 0 and 1 is <c>bool</c>, and one declared …DATE… or …TIME… whose texts
    /// are all ISO times is <c>DateTime</c>. A column without any value has the type that the reader announces, else <c>double</c>.</para>
    /// <para>Bytes become hexadecimal text; every other type its text in the invariant culture. A <c>decimal</c> becomes the nearest double.</para>
    /// <para>NULL is a missing value, and so is NaN. A column without a name is called <c>column 3</c>, by its place.</para>
    /// </remarks>
    /// <param name="reader">The reader, before or between rows. It stays open, so that its other results can be read.</param>
    /// <exception cref="ArgumentException">Two columns share a name: rename one with AS in the query.</exception>
    public static Table FromDataReader(IDataReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var columns = new ReaderColumn[reader.FieldCount];
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < columns.Length; i++)
        {
            string name = string.IsNullOrWhiteSpace(reader.GetName(i)) ? FormattableString.Invariant($"column {i + 1}") : reader.GetName(i);
            columns[i] = names.Add(name)
                ? new ReaderColumn(name, reader.GetDataTypeName(i), reader.GetFieldType(i))
                : throw new ArgumentException($"Two columns of the result are called '{name}'. A table needs different names: rename one in the query, as in SELECT a.{name} AS other.", nameof(reader));
        }

        while (reader.Read())
        {
            for (int i = 0; i < columns.Length; i++)
            {
                columns[i].Add(reader, i);
            }
        }

        return new Table(columns.Select(column => column.Finish()));
    }
}
