using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.Neural;

/// <summary>The inner loop of the matrix product: a tile of 8 × 32 results that stays in registers while k runs.</summary>
/// <remarks>
/// <c>C[i, j] = fma(A[i, p], B[p, j], C[i, j])</c> for p = 0, 1, …, k − 1, in this order on every machine. The wide form keeps 16 vectors of 16 floats;
/// where there are none so wide, the narrow form does the tile as 2 × 2 tiles of 4 × 16, with the same results to the last bit.
/// <para>Source: K. Goto, R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34 (2008).</para>
/// </remarks>
internal static class MatrixTile
{
    internal const int Rows = 8;
    internal const int Columns = 32;

    /// <summary>Adds the product of <paramref name="rows"/> rows of A with 32 columns of B to a tile of C.</summary>
    /// <param name="a">A from the tile's first row on.</param>
    /// <param name="aRow">From one row of A to the next.</param>
    /// <param name="aStep">From one column of A to the next.</param>
    /// <param name="b">B from the tile's first column on; every row has 32 readable elements.</param>
    /// <param name="bRow">From one row of B to the next.</param>
    /// <param name="c">C from the tile's corner on. Rows and columns outside the tile are not touched.</param>
    /// <param name="cRow">From one row of C to the next.</param>
    /// <param name="k">The length of the sums.</param>
    /// <param name="rows">1 to 8 rows of C are there.</param>
    /// <param name="columns">1 to 32 columns of C are there.</param>
    internal static void Add(ReadOnlySpan<float> a, int aRow, int aStep, ReadOnlySpan<float> b, int bRow, Span<float> c, int cRow, int k, int rows, int columns)
    {
        if (k == 0)
        {
            return;
        }

        // The loop below runs without bounds checks: these three reads are its farthest.
        _ = a[((rows - 1) * aRow) + ((k - 1) * aStep)];
        _ = b[((k - 1) * bRow) + Columns - 1];
        _ = c[((rows - 1) * cRow) + columns - 1];
        if (rows == Rows && columns == Columns)
        {
            Whole(ref MemoryMarshal.GetReference(a), aRow, aStep, ref MemoryMarshal.GetReference(b), bRow, ref MemoryMarshal.GetReference(c), cRow, k, rows);
            return;
        }

        Span<float> whole = stackalloc float[Rows * Columns];
        for (int i = 0; i < rows; i++)
        {
            c.Slice(i * cRow, columns).CopyTo(whole[(i * Columns)..]);
        }

        Whole(ref MemoryMarshal.GetReference(a), aRow, aStep, ref MemoryMarshal.GetReference(b), bRow, ref MemoryMarshal.GetReference(whole), Columns, k, rows);
        for (int i = 0; i < rows; i++)
        {
            whole.Slice(i * Columns, columns).CopyTo(c[(i * cRow)..]);
        }
    }

    private static void Whole(ref float a, nint aRow, nint aStep, ref float b, nint bRow, ref float c, nint cRow, int k, int rows)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Wide(ref a, aRow, aStep, ref b, bRow, ref c, cRow, k, rows);
        }
        else
        {
            Narrow(ref a, aRow, aStep, ref b, bRow, ref c, cRow, k, rows);
        }
    }

    /// <summary>8 × 32 with vectors of 16. A row of A that is not there is read as the last one; the caller drops its results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Wide(ref float a, nint aRow, nint aStep, ref float b, nint bRow, ref float c, nint cRow, int k, int rows)
    {
        ref float a0 = ref a;
        ref float a1 = ref Unsafe.Add(ref a, Math.Min(1, rows - 1) * aRow);
        ref float a2 = ref Unsafe.Add(ref a, Math.Min(2, rows - 1) * aRow);
        ref float a3 = ref Unsafe.Add(ref a, Math.Min(3, rows - 1) * aRow);
        ref float a4 = ref Unsafe.Add(ref a, Math.Min(4, rows - 1) * aRow);
        ref float a5 = ref Unsafe.Add(ref a, Math.Min(5, rows - 1) * aRow);
        ref float a6 = ref Unsafe.Add(ref a, Math.Min(6, rows - 1) * aRow);
        ref float a7 = ref Unsafe.Add(ref a, Math.Min(7, rows - 1) * aRow);
        ref float right = ref Unsafe.Add(ref c, 16);
        Vector512<float> l0 = Vector512.LoadUnsafe(ref c), r0 = Vector512.LoadUnsafe(ref right);
        Vector512<float> l1 = Vector512.LoadUnsafe(ref c, (nuint)cRow), r1 = Vector512.LoadUnsafe(ref right, (nuint)cRow);
        Vector512<float> l2 = Vector512.LoadUnsafe(ref c, (nuint)(2 * cRow)), r2 = Vector512.LoadUnsafe(ref right, (nuint)(2 * cRow));
        Vector512<float> l3 = Vector512.LoadUnsafe(ref c, (nuint)(3 * cRow)), r3 = Vector512.LoadUnsafe(ref right, (nuint)(3 * cRow));
        Vector512<float> l4 = Vector512.LoadUnsafe(ref c, (nuint)(4 * cRow)), r4 = Vector512.LoadUnsafe(ref right, (nuint)(4 * cRow));
        Vector512<float> l5 = Vector512.LoadUnsafe(ref c, (nuint)(5 * cRow)), r5 = Vector512.LoadUnsafe(ref right, (nuint)(5 * cRow));
        Vector512<float> l6 = Vector512.LoadUnsafe(ref c, (nuint)(6 * cRow)), r6 = Vector512.LoadUnsafe(ref right, (nuint)(6 * cRow));
        Vector512<float> l7 = Vector512.LoadUnsafe(ref c, (nuint)(7 * cRow)), r7 = Vector512.LoadUnsafe(ref right, (nuint)(7 * cRow));
        nint step = 0;
        for (int p = 0; p < k; p++)
        {
            Vector512<float> left = Vector512.LoadUnsafe(ref b), next = Vector512.LoadUnsafe(ref b, 16);
            b = ref Unsafe.Add(ref b, bRow);
            Vector512<float> x = Vector512.Create(Unsafe.Add(ref a0, step));
            l0 = Vector512.FusedMultiplyAdd(x, left, l0);
            r0 = Vector512.FusedMultiplyAdd(x, next, r0);
            x = Vector512.Create(Unsafe.Add(ref a1, step));
            l1 = Vector512.FusedMultiplyAdd(x, left, l1);
            r1 = Vector512.FusedMultiplyAdd(x, next, r1);
            x = Vector512.Create(Unsafe.Add(ref a2, step));
            l2 = Vector512.FusedMultiplyAdd(x, left, l2);
            r2 = Vector512.FusedMultiplyAdd(x, next, r2);
            x = Vector512.Create(Unsafe.Add(ref a3, step));
            l3 = Vector512.FusedMultiplyAdd(x, left, l3);
            r3 = Vector512.FusedMultiplyAdd(x, next, r3);
            x = Vector512.Create(Unsafe.Add(ref a4, step));
            l4 = Vector512.FusedMultiplyAdd(x, left, l4);
            r4 = Vector512.FusedMultiplyAdd(x, next, r4);
            x = Vector512.Create(Unsafe.Add(ref a5, step));
            l5 = Vector512.FusedMultiplyAdd(x, left, l5);
            r5 = Vector512.FusedMultiplyAdd(x, next, r5);
            x = Vector512.Create(Unsafe.Add(ref a6, step));
            l6 = Vector512.FusedMultiplyAdd(x, left, l6);
            r6 = Vector512.FusedMultiplyAdd(x, next, r6);
            x = Vector512.Create(Unsafe.Add(ref a7, step));
            l7 = Vector512.FusedMultiplyAdd(x, left, l7);
            r7 = Vector512.FusedMultiplyAdd(x, next, r7);
            step += aStep;
        }

        l0.StoreUnsafe(ref c);
        r0.StoreUnsafe(ref right);
        l1.StoreUnsafe(ref c, (nuint)cRow);
        r1.StoreUnsafe(ref right, (nuint)cRow);
        l2.StoreUnsafe(ref c, (nuint)(2 * cRow));
        r2.StoreUnsafe(ref right, (nuint)(2 * cRow));
        l3.StoreUnsafe(ref c, (nuint)(3 * cRow));
        r3.StoreUnsafe(ref right, (nuint)(3 * cRow));
        l4.StoreUnsafe(ref c, (nuint)(4 * cRow));
        r4.StoreUnsafe(ref right, (nuint)(4 * cRow));
        l5.StoreUnsafe(ref c, (nuint)(5 * cRow));
        r5.StoreUnsafe(ref right, (nuint)(5 * cRow));
        l6.StoreUnsafe(ref c, (nuint)(6 * cRow));
        r6.StoreUnsafe(ref right, (nuint)(6 * cRow));
        l7.StoreUnsafe(ref c, (nuint)(7 * cRow));
        r7.StoreUnsafe(ref right, (nuint)(7 * cRow));
    }

    /// <summary>The same tile in four quarters of 4 × 16 with vectors of 8, for machines with 16 registers of that width.</summary>
    internal static void Narrow(ref float a, nint aRow, nint aStep, ref float b, nint bRow, ref float c, nint cRow, int k, int rows)
    {
        for (int i = 0; i < rows; i += 4)
        {
            for (int j = 0; j < Columns; j += 16)
            {
                Quarter(ref Unsafe.Add(ref a, i * aRow), aRow, aStep, ref Unsafe.Add(ref b, j), bRow, ref Unsafe.Add(ref c, (i * cRow) + j), cRow, k, Math.Min(4, rows - i));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Quarter(ref float a, nint aRow, nint aStep, ref float b, nint bRow, ref float c, nint cRow, int k, int rows)
    {
        ref float a0 = ref a;
        ref float a1 = ref Unsafe.Add(ref a, Math.Min(1, rows - 1) * aRow);
        ref float a2 = ref Unsafe.Add(ref a, Math.Min(2, rows - 1) * aRow);
        ref float a3 = ref Unsafe.Add(ref a, Math.Min(3, rows - 1) * aRow);
        ref float right = ref Unsafe.Add(ref c, 8);
        Vector256<float> l0 = Vector256.LoadUnsafe(ref c), r0 = Vector256.LoadUnsafe(ref right);
        Vector256<float> l1 = Vector256.LoadUnsafe(ref c, (nuint)cRow), r1 = Vector256.LoadUnsafe(ref right, (nuint)cRow);
        Vector256<float> l2 = Vector256.LoadUnsafe(ref c, (nuint)(2 * cRow)), r2 = Vector256.LoadUnsafe(ref right, (nuint)(2 * cRow));
        Vector256<float> l3 = Vector256.LoadUnsafe(ref c, (nuint)(3 * cRow)), r3 = Vector256.LoadUnsafe(ref right, (nuint)(3 * cRow));
        nint step = 0;
        for (int p = 0; p < k; p++)
        {
            Vector256<float> left = Vector256.LoadUnsafe(ref b), next = Vector256.LoadUnsafe(ref b, 8);
            b = ref Unsafe.Add(ref b, bRow);
            Vector256<float> x = Vector256.Create(Unsafe.Add(ref a0, step));
            l0 = Vector256.FusedMultiplyAdd(x, left, l0);
            r0 = Vector256.FusedMultiplyAdd(x, next, r0);
            x = Vector256.Create(Unsafe.Add(ref a1, step));
            l1 = Vector256.FusedMultiplyAdd(x, left, l1);
            r1 = Vector256.FusedMultiplyAdd(x, next, r1);
            x = Vector256.Create(Unsafe.Add(ref a2, step));
            l2 = Vector256.FusedMultiplyAdd(x, left, l2);
            r2 = Vector256.FusedMultiplyAdd(x, next, r2);
            x = Vector256.Create(Unsafe.Add(ref a3, step));
            l3 = Vector256.FusedMultiplyAdd(x, left, l3);
            r3 = Vector256.FusedMultiplyAdd(x, next, r3);
            step += aStep;
        }

        l0.StoreUnsafe(ref c);
        r0.StoreUnsafe(ref right);
        l1.StoreUnsafe(ref c, (nuint)cRow);
        r1.StoreUnsafe(ref right, (nuint)cRow);
        l2.StoreUnsafe(ref c, (nuint)(2 * cRow));
        r2.StoreUnsafe(ref right, (nuint)(2 * cRow));
        l3.StoreUnsafe(ref c, (nuint)(3 * cRow));
        r3.StoreUnsafe(ref right, (nuint)(3 * cRow));
    }
}
