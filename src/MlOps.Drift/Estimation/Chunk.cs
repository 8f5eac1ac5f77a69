namespace MlOps.Drift.Estimation;

/// <summary>Some rows that are looked at together.</summary>
/// <param name="Label">In words, such as <c>2024-03</c>.</param>
/// <param name="Start">The first moment, on the clock of the time zone; null if cut by count.</param>
/// <param name="End">The first moment after it; null if cut by count.</param>
/// <param name="Rows">Indices of the rows, ascending; none for a period in which nothing happened.</param>
public sealed record Chunk(string Label, DateTime? Start, DateTime? End, ReadOnlyMemory<int> Rows)
{
    /// <summary>Gets the number of rows.</summary>
    public int Count => Rows.Length;

    /// <summary>Returns the chunk's part of a column.</summary>
    /// <param name="values">The whole column.</param>
    /// <exception cref="ArgumentException">The column is shorter than the rows need.</exception>
    public T[] Take<T>(ReadOnlySpan<T> values)
    {
        ReadOnlySpan<int> rows = Rows.Span;
        if (rows.Length > 0 && rows[^1] >= values.Length)
        {
            throw new ArgumentException($"Chunk '{Label}' holds row {rows[^1]}; there are {values.Length} values.", nameof(values));
        }

        T[] taken = new T[rows.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = values[rows[i]];
        }

        return taken;
    }
}
