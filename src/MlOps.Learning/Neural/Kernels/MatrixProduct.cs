using System.Buffers;

namespace MlOps.Learning.Neural;

/// <summary>Products of single-precision matrices, C += A · B, where A and B may be transposed.</summary>
/// <remarks>
/// Each element of C adds its k products in order, with one rounding each (fused multiply-add): the result has the same bits for every number of
/// threads and every vector width. B is copied panel by panel, k × 32, so that the inner loop reads it in one line; A is read where it lies.
/// </remarks>
internal static class MatrixProduct
{
    // 1024 rows of a panel are 128 KiB: they stay in a second-level cache. Rows of C that share one copied panel: 128.
    private const int PanelRows = 1024;
    private const int BlockRows = 128;

    // Below this many multiplications, to wake a second thread takes longer than the work.
    private const long WorthSharing = 1 << 17;

    /// <summary>C += A · B, shared among threads.</summary>
    /// <param name="a">m × k.</param>
    /// <param name="b">k × n.</param>
    /// <param name="c">m × n, row by row.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="threads">Who computes.</param>
    internal static void Add(MatrixView a, MatrixView b, Memory<float> c, int m, int n, int k, Threads threads)
    {
        int panels = (n + MatrixTile.Columns - 1) / MatrixTile.Columns;
        int blocks = (m + BlockRows - 1) / BlockRows;
        Threads shared = (long)m * n * k < WorthSharing ? Threads.One : threads;
        shared.For(panels * blocks, piece =>
        {
            int column = piece % panels * MatrixTile.Columns;
            int row = piece / panels * BlockRows;
            Block(a, b, c.Span, row, Math.Min(BlockRows, m - row), column, Math.Min(MatrixTile.Columns, n - column), n, k);
        });
    }

    /// <summary>C += A · B on the calling thread, with B's rows laid out for the tiles: no copy is made.</summary>
    /// <param name="a">m × k.</param>
    /// <param name="b">k rows of n elements, each followed by others up to a multiple of 32 in all.</param>
    /// <param name="bRow">From one row of B to the next; ≥ n rounded up to a multiple of 32.</param>
    /// <param name="c">m rows of n elements.</param>
    /// <param name="cRow">From one row of C to the next.</param>
    /// <param name="m">Rows of C.</param>
    /// <param name="n">Columns of C.</param>
    /// <param name="k">The length of the sums.</param>
    internal static void AddPadded(MatrixView a, ReadOnlySpan<float> b, int bRow, Span<float> c, int cRow, int m, int n, int k)
    {
        ReadOnlySpan<float> left = a.Values.Span;
        for (int column = 0; column < n; column += MatrixTile.Columns)
        {
            for (int row = 0; row < m; row += MatrixTile.Rows)
            {
                MatrixTile.Add(left[(row * a.RowStride)..], a.RowStride, a.ColumnStride, b[column..], bRow, c[((row * cRow) + column)..], cRow, k, Math.Min(MatrixTile.Rows, m - row), Math.Min(MatrixTile.Columns, n - column));
            }
        }
    }

    /// <summary>The next multiple of 32: what a row of B takes in <see cref="AddPadded"/>.</summary>
    internal static int Padded(int n) => (n + MatrixTile.Columns - 1) / MatrixTile.Columns * MatrixTile.Columns;

    private static void Block(MatrixView a, MatrixView b, Span<float> c, int firstRow, int rows, int firstColumn, int columns, int n, int k)
    {
        ReadOnlySpan<float> left = a.Values.Span;
        float[] panel = ArrayPool<float>.Shared.Rent(Math.Min(k, PanelRows) * MatrixTile.Columns);
        for (int from = 0; from < k; from += PanelRows)
        {
            int depth = Math.Min(PanelRows, k - from);
            Copy(b, from, depth, firstColumn, columns, panel);
            for (int i = 0; i < rows; i += MatrixTile.Rows)
            {
                int row = firstRow + i;
                MatrixTile.Add(left[((row * a.RowStride) + (from * a.ColumnStride))..], a.RowStride, a.ColumnStride, panel, MatrixTile.Columns, c[((row * n) + firstColumn)..], n, depth, Math.Min(MatrixTile.Rows, rows - i), columns);
            }
        }

        ArrayPool<float>.Shared.Return(panel);
    }

    /// <summary>Copies rows of 32 columns of B, with zeros where B has fewer.</summary>
    private static void Copy(MatrixView b, int firstRow, int rows, int firstColumn, int columns, Span<float> panel)
    {
        ReadOnlySpan<float> values = b.Values.Span[((firstRow * b.RowStride) + (firstColumn * b.ColumnStride))..];
        if (columns < MatrixTile.Columns)
        {
            panel[..(rows * MatrixTile.Columns)].Clear();
        }

        if (b.ColumnStride == 1)
        {
            for (int p = 0; p < rows; p++)
            {
                values.Slice(p * b.RowStride, columns).CopyTo(panel[(p * MatrixTile.Columns)..]);
            }

            return;
        }

        Transpose(values, b.ColumnStride, rows, columns, panel);
    }

    /// <summary>panel[p, j] = values[j, p], 64 rows of the panel at a time: they stay in the first-level cache.</summary>
    private static void Transpose(ReadOnlySpan<float> values, int stride, int rows, int columns, Span<float> panel)
    {
        const int Strip = 64;
        for (int from = 0; from < rows; from += Strip)
        {
            int length = Math.Min(Strip, rows - from);
            Span<float> strip = panel.Slice(from * MatrixTile.Columns, length * MatrixTile.Columns);
            for (int j = 0; j < columns; j++)
            {
                ReadOnlySpan<float> line = values.Slice((j * stride) + from, length);
                int to = j;
                for (int p = 0; p < line.Length; p++)
                {
                    strip[to] = line[p];
                    to += MatrixTile.Columns;
                }
            }
        }
    }
}
