namespace MlOps.Data.Csv;

/// <summary>Something is wrong at a byte of a block. The reader turns it into a <see cref="CsvException"/> once it knows the line.</summary>
internal sealed class CsvFault(int offset, string problem) : Exception(problem)
{
    /// <summary>Gets the byte in the block to which the problem is pinned.</summary>
    internal int Offset { get; } = offset;

    /// <summary>Gets a value indicating whether the row is wrong rather than one column of it.</summary>
    internal bool WholeRow { get; init; }
}
