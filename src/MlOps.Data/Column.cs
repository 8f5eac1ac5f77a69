namespace MlOps.Data;

/// <summary>One named column of a <see cref="Table"/>. Immutable, so it may be shared between tables and threads.</summary>
/// <remarks>
/// There are exactly two kinds: <see cref="Column{T}"/> for <see cref="double"/>, <see cref="long"/>, <see cref="bool"/> and
/// <see cref="DateTime"/>, and <see cref="StringColumn"/> for text. A missing value is a fact of its own, not a magic number.
/// </remarks>
public abstract partial class Column
{
    private protected Column(string name, int count, bool[]? missing)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (missing is not null && missing.Length != count)
        {
            throw new ArgumentException($"Column '{name}' has {count} values but {missing.Length} missing flags.", nameof(missing));
        }

        Name = name;
        Count = count;
        MissingCount = missing is null ? 0 : missing.AsSpan().Count(true);
        Missing = MissingCount == 0 ? null : missing;
    }

    /// <summary>Gets the name, unique within a table (ordinal comparison).</summary>
    public string Name { get; }

    /// <summary>Gets the number of rows, missing ones included.</summary>
    public int Count { get; }

    /// <summary>Gets the number of missing values.</summary>
    public int MissingCount { get; }

    /// <summary>Gets the type of a value: double, long, bool, DateTime or string.</summary>
    public abstract Type ValueType { get; }

    /// <summary>Gets the flags of the missing rows; null when nothing is missing.</summary>
    private protected bool[]? Missing { get; }

    /// <summary>Returns whether the value in <paramref name="row"/> is missing.</summary>
    public bool IsMissing(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        return Missing is not null && Missing[row];
    }

    /// <summary>Returns the value in <paramref name="row"/>, boxed; null when it is missing.</summary>
    public abstract object? GetValue(int row);

    /// <summary>Returns the same values under another name. No values are copied.</summary>
    public abstract Column Rename(string name);

    /// <summary>Returns the given rows, in the given order; a row may be named more than once.</summary>
    public abstract Column Take(ReadOnlySpan<int> rows);

    /// <summary>As <see cref="Take"/>, but −1 gives a missing value.</summary>
    internal abstract Column TakeOrMissing(ReadOnlySpan<int> rows);

    private protected bool[]? TakeMissing(ReadOnlySpan<int> rows)
    {
        if (Missing is null)
        {
            return null;
        }

        var taken = new bool[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            taken[i] = Missing[rows[i]];
        }

        return taken;
    }
}
