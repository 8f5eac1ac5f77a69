using System.Collections.Concurrent;
using MlOps.Data;

namespace MlOps.Drift.Quality;

/// <summary>One part of the data as the tests see it: a table whose whole numbers are turned into doubles once for all of them.</summary>
internal sealed class PartView(Table table)
{
    private readonly ConcurrentDictionary<string, Lazy<double[]>> _numbers = new(StringComparer.Ordinal);

    internal Table Table => table;

    internal int Rows => table.RowCount;

    internal Column this[string column] => table[column];

    /// <summary>A column of numbers or truth values as doubles, NaN where missing.</summary>
    internal ReadOnlySpan<double> Numbers(string column) => table[column] is Column<double> numbers
        ? numbers.Values
        : _numbers.GetOrAdd(column, name => new Lazy<double[]>(() => table.Numbers(name))).Value;
}
