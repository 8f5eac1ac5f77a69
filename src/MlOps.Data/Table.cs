namespace MlOps.Data;

/// <summary>An immutable table: named columns of equal length. Every operation returns a new table and shares what it can.</summary>
public sealed partial class Table
{
    private readonly Column[] _columns;
    private readonly Dictionary<string, int> _index;

    /// <summary>Builds a table from columns.</summary>
    /// <exception cref="ArgumentException">Two columns share a name, or their lengths differ.</exception>
    public Table(params IEnumerable<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = [.. columns];
        _index = new Dictionary<string, int>(_columns.Length, StringComparer.Ordinal);
        RowCount = _columns.Length == 0 ? 0 : _columns[0].Count;
        for (int i = 0; i < _columns.Length; i++)
        {
            Column column = _columns[i];
            if (!_index.TryAdd(column.Name, i))
            {
                throw new ArgumentException($"Two columns are called '{column.Name}'; names must differ.", nameof(columns));
            }

            if (column.Count != RowCount)
            {
                throw new ArgumentException($"Column '{column.Name}' has {column.Count} rows, '{_columns[0].Name}' has {RowCount}.", nameof(columns));
            }
        }
    }

    /// <summary>Gets the number of rows.</summary>
    public int RowCount { get; }

    /// <summary>Gets the columns in order.</summary>
    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>Gets a column by name.</summary>
    /// <exception cref="KeyNotFoundException">No such column; the message lists those there are.</exception>
    public Column this[string name] =>
        _index.TryGetValue(name, out int i)
            ? _columns[i]
            : throw new KeyNotFoundException($"No column '{name}'. There are: {string.Join(", ", _columns.Select(c => c.Name))}.");

    /// <summary>Returns whether the table has a column of this name.</summary>
    public bool HasColumn(string name) => _index.ContainsKey(name);
}
