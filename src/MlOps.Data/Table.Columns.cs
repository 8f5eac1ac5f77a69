namespace MlOps.Data;

public sealed partial class Table
{
    /// <summary>Returns the named columns, in the order named.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="ArgumentException">A column is named twice.</exception>
    public Table Select(params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new Table(names.Select(name => this[name]));
    }

    /// <summary>Returns all columns but the named ones.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    public Table Drop(params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        var dropped = names.Select(name => this[name]).ToHashSet();
        return new Table(_columns.Where(column => !dropped.Contains(column)));
    }

    /// <summary>Adds columns at the end; one whose name is taken replaces the column of that name in its place.</summary>
    /// <exception cref="ArgumentException">A column has another number of rows than this table.</exception>
    public Table With(params IEnumerable<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var all = new List<Column>(_columns);
        foreach (Column column in columns)
        {
            int place = all.FindIndex(c => c.Name == column.Name);
            if (place < 0)
            {
                all.Add(column);
            }
            else
            {
                all[place] = column;
            }
        }

        return new Table(all);
    }

    /// <summary>Gives a column another name.</summary>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="ArgumentException">The new name is blank or taken.</exception>
    public Table Rename(string from, string to)
    {
        Column renamed = this[from].Rename(to);
        return new Table(_columns.Select(column => column.Name == from ? renamed : column));
    }

    /// <summary>Sets tables with the same columns below each other.</summary>
    /// <param name="tables">At least one table; names, order and types of the columns must be equal.</param>
    /// <exception cref="ArgumentException">There is no table, or the columns differ.</exception>
    public static Table Concat(params IEnumerable<Table> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        Table[] parts = [.. tables];
        if (parts.Length == 0)
        {
            throw new ArgumentException("At least one table is needed; got none.", nameof(tables));
        }

        string schema = parts[0].Schema();
        for (int i = 1; i < parts.Length; i++)
        {
            if (parts[i].Schema() != schema)
            {
                throw new ArgumentException($"Tables must have the same columns: table 1 has {schema}; table {i + 1} has {parts[i].Schema()}.", nameof(tables));
            }
        }

        return new Table(Enumerable.Range(0, parts[0]._columns.Length).Select(i => Column.Concat([.. parts.Select(p => p._columns[i])])));
    }

    private string Schema() => string.Join(", ", _columns.Select(c => $"{c.Name}: {TypeNames.Of(c)}"));
}
