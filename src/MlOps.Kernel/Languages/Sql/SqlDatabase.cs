using System.Data.Common;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages.Sql;

/// <summary>A database that cells can ask. One query at a time; a second one waits.</summary>
internal abstract class SqlDatabase : IDisposable
{
    /// <summary>Runs a query, which may hold several statements.</summary>
    /// <param name="query">The text.</param>
    /// <param name="cell">The cell: its variables, and whether it is told to stop.</param>
    /// <param name="rows">Called for each result; the reader is before its first row and is closed afterwards.</param>
    /// <param name="notice">Called with what a statement without a result did.</param>
    /// <exception cref="SqlCellException">The database refuses.</exception>
    /// <exception cref="OperationCanceledException">The cell was told to stop. The connection can be used again.</exception>
    internal abstract void Execute(string query, CellContext cell, Action<DbDataReader> rows, Action<string> notice);

    /// <summary>Makes a C# value readable as a table of that name.</summary>
    /// <exception cref="SqlCellException">This kind of database cannot, or the value is no table.</exception>
    internal abstract void Share(string name, object? value, CellContext cell);

    /// <summary>Says what has been connected to, without secrets.</summary>
    internal abstract string Describe();

    public abstract void Dispose();

    protected static string Changed(long rows) => FormattableString.Invariant($"{rows:N0} row{(rows == 1 ? "" : "s")} changed");
}
