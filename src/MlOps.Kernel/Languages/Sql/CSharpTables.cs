using MlOps.Kernel.Engine;
using SQLitePCL;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>C# tables in one SQLite connection: each a temporary copy, behind a temporary view that has the variable's name.</summary>
/// <remarks>Temporary, so that nothing of them gets into a database file. A view, so that a change to the copy is refused instead of lost.</remarks>
internal sealed class CSharpTables(SqliteHandle connection)
{
    private const int MostRows = 10_000_000;

    private readonly Dictionary<string, Copy> _copies = new(StringComparer.OrdinalIgnoreCase);

    private sealed record Copy(object? Value, bool CanChange, bool IsShared);

    /// <summary>Whether SQL sees a C# table under this name.</summary>
    internal bool Has(string name) => _copies.ContainsKey(name);

    /// <summary>Makes a C# variable readable that a query has named. False if there is no such variable, or it is no table.</summary>
    internal bool TryLoad(string name, CellContext cell)
    {
        if (Find(name, cell) is not { } variable || !TabularValue.IsTabular(variable.Value))
        {
            return false;
        }

        Load(name, variable.Value, isShared: false, cell);
        return true;
    }

    /// <summary>Makes a value readable under a name, whatever variables there are.</summary>
    /// <exception cref="SqlCellException">The value is no table.</exception>
    internal void Share(string name, object? value, CellContext cell) => Load(name, value, isShared: true, cell);

    /// <summary>Forgets copies that are out of date: the variable holds another object, or the database now has a table of that name.</summary>
    /// <param name="cell">The cell that asks.</param>
    /// <param name="isNewCell">Also those whose rows may have changed in place since the last cell.</param>
    internal void Refresh(CellContext cell, bool isNewCell)
    {
        foreach ((string name, Copy copy) in _copies.ToArray())
        {
            bool isOld = !copy.IsShared && ((isNewCell && copy.CanChange) || !ReferenceEquals(Find(name, cell)?.Value, copy.Value));
            if (isOld || connection.HasTable(name))
            {
                Drop(name);
            }
        }
    }

    /// <summary>The variable that SQL means by a name: the one so called, else the only one so called but for case.</summary>
    internal static CellVariable? Find(string name, CellContext cell)
    {
        CellVariable[] found = [.. cell.Engine.Variables.Where(variable => variable.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        return Array.Find(found, variable => variable.Name == name) ?? (found.Length == 1 ? found[0] : null);
    }

    private void Load(string name, object? value, bool isShared, CellContext cell)
    {
        TabularValue table = TabularValue.Of(value)
            ?? throw new SqlCellException($"'{name}' cannot be a table: {(value is null ? "it is null" : $"it is of type {value.GetType().Name}")}. SQL reads types with ToDataReader(), DataTables, and sequences of flat records.");
        if (table.Names.Count == 0)
        {
            throw new SqlCellException($"'{name}' has no columns, so SQL cannot read it.");
        }

        Drop(name);
        connection.Run("SAVEPOINT csharp");
        try
        {
            string columns = string.Join(", ", table.Names.Select((column, i) => $"{Quote(column)} {SqliteValue.TypeName(table.Types[i])}"));
            connection.Run($"CREATE TEMP TABLE {CopyName(name)} ({columns})");
            Insert(name, table, cell.Stopping);
            connection.Run($"CREATE TEMP VIEW {Quote(name)} AS SELECT * FROM temp.{CopyName(name)}");
        }
        catch
        {
            connection.Run("ROLLBACK TO csharp; RELEASE csharp");
            throw;
        }

        connection.Run("RELEASE csharp");
        _copies[name] = new Copy(value, table.CanChange, isShared);
    }

    private void Insert(string name, TabularValue table, CancellationToken stopping)
    {
        using sqlite3_stmt insert = connection.Prepare($"INSERT INTO temp.{CopyName(name)} VALUES ({string.Join(", ", table.Names.Select(_ => "?"))})");
        int count = 0;
        foreach (object?[] row in table.Rows)
        {
            stopping.ThrowIfCancellationRequested();
            if (++count > MostRows)
            {
                throw new SqlCellException($"'{name}' has more than {MostRows:N0} rows; SQL cells read no larger table.");
            }

            for (int i = 0; i < row.Length; i++)
            {
                connection.Check(SqliteValue.Bind(insert, i + 1, SqliteValue.Of(row[i])));
            }

            connection.Check(raw.sqlite3_step(insert));
            connection.Check(raw.sqlite3_reset(insert));
        }
    }

    private void Drop(string name)
    {
        if (_copies.Remove(name))
        {
            connection.Run($"DROP VIEW IF EXISTS temp.{Quote(name)}; DROP TABLE IF EXISTS temp.{CopyName(name)}");
        }
    }

    private static string CopyName(string name) => Quote("C# " + name);

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
