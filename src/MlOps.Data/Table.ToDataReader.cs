using System.Data.Common;
using MlOps.Data.Internals;

namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Returns the table as ADO.NET reads data: row by row, forward only. For bulk copies, <c>DataTable.Load</c> and SQL cells.</summary>
    /// <remarks>A field's type is its column's: long, double, bool, DateTime or string. A missing value is <see cref="DBNull"/>. No values are copied.</remarks>
    /// <returns>A reader before the first row. Several may be open at once.</returns>
    public DbDataReader ToDataReader() => new TableDataReader(this);
}
