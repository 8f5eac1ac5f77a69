namespace MlOps.Learning.Neural;

/// <summary>A matrix in memory that belongs to somebody else: element (i, j) lies at i · <paramref name="RowStride"/> + j · <paramref name="ColumnStride"/>.</summary>
/// <param name="Values">The elements.</param>
/// <param name="RowStride">Elements from one row to the next.</param>
/// <param name="ColumnStride">Elements from one column to the next; one of the two strides is 1.</param>
internal readonly record struct MatrixView(ReadOnlyMemory<float> Values, int RowStride, int ColumnStride)
{
    /// <summary>Rows of <paramref name="columns"/> elements, one behind the other.</summary>
    internal static MatrixView Rows(ReadOnlyMemory<float> values, int columns) => new(values, columns, 1);

    /// <summary>The same elements with rows and columns exchanged. Nothing is copied.</summary>
    internal MatrixView Transposed() => new(Values, ColumnStride, RowStride);
}
