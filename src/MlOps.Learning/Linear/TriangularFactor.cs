namespace MlOps.Learning.Linear;

/// <summary>R of the QR decomposition of a tall table, made block by block with Householder reflections; Q is never stored.</summary>
/// <remarks>
/// Parts of the rows are reduced each to a triangle of their own, and then the triangles in their order, so that the result does not
/// depend on the number of threads. O(n · c²) time, O(c²) memory.
/// <para>Source: J. Demmel, L. Grigori, M. Hoemmen, J. Langou, "Communication-optimal Parallel and Sequential QR and LU Factorizations", SIAM J. Sci. Comput. 34 (2012).</para>
/// </remarks>
internal static class TriangularFactor
{
    private const int BlockRows = 256;
    private const int Parts = 16;
    private const int SmallestPart = 4 * BlockRows;

    /// <summary>Writes the rows from start to end into block[column · stride + row].</summary>
    internal delegate void Fill(int start, int end, double[] block, int stride);

    /// <summary>R, c × c, row by row: upper triangular, signs as they come.</summary>
    internal static double[] Of(int rows, int columns, Fill fill, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        int parts = Math.Clamp(rows / SmallestPart, 1, Parts);
        var triangles = new double[parts][];
        int done = 0;
        Parallel.For(0, parts, new ParallelOptions { CancellationToken = cancellationToken }, part =>
        {
            int start = (int)((long)rows * part / parts);
            int end = (int)((long)rows * (part + 1) / parts);
            var triangle = new double[columns * columns];
            var block = new double[columns * BlockRows];
            for (int at = start; at < end; at += BlockRows)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int stop = Math.Min(end, at + BlockRows);
                fill(at, stop, block, BlockRows);
                Absorb(triangle, block, stop - at, columns);
            }

            triangles[part] = triangle;
            progress?.Report((double)Interlocked.Increment(ref done) / parts);
        });

        var scratch = new double[columns * BlockRows];
        for (int part = 1; part < parts; part++)
        {
            for (int at = 0; at < columns; at += BlockRows)
            {
                int stop = Math.Min(columns, at + BlockRows);
                for (int i = at; i < stop; i++)
                {
                    for (int j = 0; j < columns; j++)
                    {
                        scratch[(j * BlockRows) + i - at] = triangles[part][(i * columns) + j];
                    }
                }

                Absorb(triangles[0], scratch, stop - at, columns);
            }
        }

        return triangles[0];
    }

    /// <summary>Replaces R by the triangle of (R above the block). A reflection of column j touches R's row j and the block only.</summary>
    private static void Absorb(double[] r, double[] block, int count, int columns)
    {
        for (int j = 0; j < columns; j++)
        {
            Span<double> v = block.AsSpan(j * BlockRows, count);
            double below = FixedOrder.Dot(v, v);
            if (below == 0)
            {
                continue;
            }

            double top = r[(j * columns) + j];
            double norm = Math.Sqrt((top * top) + below);
            double pivot = top > 0 ? top + norm : top - norm; // the sign that does not cancel
            double scale = 2 / ((pivot * pivot) + below);
            r[(j * columns) + j] = top > 0 ? -norm : norm;
            for (int k = j + 1; k < columns; k++)
            {
                Span<double> column = block.AsSpan(k * BlockRows, count);
                double projection = scale * ((pivot * r[(j * columns) + k]) + FixedOrder.Dot(v, column));
                r[(j * columns) + k] -= projection * pivot;
                FixedOrder.AddScaled(-projection, v, column);
            }
        }
    }
}
