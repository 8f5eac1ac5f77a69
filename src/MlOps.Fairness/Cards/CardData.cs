using MlOps.Data;

namespace MlOps.Fairness.Cards;

/// <summary>What a program knows of a data set: enough to tell whether two cards speak of the same one.</summary>
/// <param name="Role">What the model used it for: <c>training</c>, <c>evaluation</c>; or empty on a datasheet.</param>
/// <param name="Name">Its name or file.</param>
/// <param name="Hash">A digest of its content with the name of the method, <c>sha256:…</c>; null if unknown.</param>
/// <param name="Rows">The number of rows; null if unknown.</param>
/// <param name="Columns">Its columns; empty if unknown.</param>
/// <param name="Sensitive">The columns that say to which group a person belongs.</param>
public sealed record CardData(string Role, string Name, string? Hash, long? Rows, IReadOnlyList<CardColumn> Columns, IReadOnlyList<string> Sensitive)
{
    /// <summary>Describes a table.</summary>
    /// <param name="table">The data.</param>
    /// <param name="role">What the model used it for.</param>
    /// <param name="name">Its name or file.</param>
    /// <param name="hash">A digest of its content; null if unknown.</param>
    /// <param name="sensitive">The columns that say to which group a person belongs.</param>
    /// <exception cref="KeyNotFoundException">A sensitive column is not there.</exception>
    public static CardData Of(Table table, string role, string name, string? hash = null, params IReadOnlyList<string> sensitive)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(sensitive);
        return new CardData(role, name, hash, table.RowCount, [.. table.Columns.Select(column => new CardColumn(column.Name, TypeName(column.ValueType), column.MissingCount))], [.. sensitive.Select(column => table[column].Name)]);
    }

    private static string TypeName(Type type) => type == typeof(string) ? "text" : type == typeof(bool) ? "truth value" : type == typeof(long) ? "whole number" : type == typeof(double) ? "number" : "time";
}
