using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.Linear;

/// <summary>Sums over the rows of a block that lies in the first-level cache, kept in registers while the rows pass. All widths are multiples of eight.</summary>
internal static class BlockSums
{
    private const int Width = FixedOrder.Lanes;

    /// <summary>output += Σᵢ factorᵢ rowᵢ, four vectors of columns at a time.</summary>
    internal static void AddRows(double[] block, int stride, ReadOnlySpan<double> factors, int count, double[] output)
    {
        ref double rows = ref MemoryMarshal.GetArrayDataReference(block);
        ref double sums = ref MemoryMarshal.GetArrayDataReference(output);
        int j = 0;
        for (; j <= stride - (4 * Width); j += 4 * Width)
        {
            Vector512<double> s0 = Vector512.LoadUnsafe(ref sums, (nuint)j);
            Vector512<double> s1 = Vector512.LoadUnsafe(ref sums, (nuint)(j + Width));
            Vector512<double> s2 = Vector512.LoadUnsafe(ref sums, (nuint)(j + (2 * Width)));
            Vector512<double> s3 = Vector512.LoadUnsafe(ref sums, (nuint)(j + (3 * Width)));
            for (int i = 0; i < count; i++)
            {
                Vector512<double> factor = Vector512.Create(factors[i]);
                nuint at = (nuint)((i * stride) + j);
                s0 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref rows, at), s0);
                s1 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref rows, at + Width), s1);
                s2 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref rows, at + (2 * Width)), s2);
                s3 = Vector512.FusedMultiplyAdd(factor, Vector512.LoadUnsafe(ref rows, at + (3 * Width)), s3);
            }

            s0.StoreUnsafe(ref sums, (nuint)j);
            s1.StoreUnsafe(ref sums, (nuint)(j + Width));
            s2.StoreUnsafe(ref sums, (nuint)(j + (2 * Width)));
            s3.StoreUnsafe(ref sums, (nuint)(j + (3 * Width)));
        }

        for (; j < stride; j += Width)
        {
            Vector512<double> sum = Vector512.LoadUnsafe(ref sums, (nuint)j);
            for (int i = 0; i < count; i++)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(factors[i]), Vector512.LoadUnsafe(ref rows, (nuint)((i * stride) + j)), sum);
            }

            sum.StoreUnsafe(ref sums, (nuint)j);
        }
    }

    /// <summary>output[a, b] += Σᵢ left[i, a] · right[i, b], eight a by eight b at a time; left is padded to a multiple of 8, right has <c>stride</c> columns.</summary>
    internal static void AddOuter(double[] left, int leftWidth, double[] right, int stride, int count, double[] output, bool lowerOnly = false)
    {
        ref double l = ref MemoryMarshal.GetArrayDataReference(left);
        ref double r = ref MemoryMarshal.GetArrayDataReference(right);
        for (int a = 0; a < leftWidth; a += Width)
        {
            for (int b = 0; b < (lowerOnly ? a + Width : stride); b += Width)
            {
                Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
                for (int i = 0; i < count; i++)
                {
                    Vector512<double> row = Vector512.LoadUnsafe(ref r, (nuint)((i * stride) + b));
                    ref double at = ref Unsafe.Add(ref l, (i * leftWidth) + a);
                    s0 = Vector512.FusedMultiplyAdd(Vector512.Create(at), row, s0);
                    s1 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref at, 1)), row, s1);
                    s2 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref at, 2)), row, s2);
                    s3 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref at, 3)), row, s3);
                    s4 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref at, 4)), row, s4);
                    s5 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref at, 5)), row, s5);
                    s6 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref at, 6)), row, s6);
                    s7 = Vector512.FusedMultiplyAdd(Vector512.Create(Unsafe.Add(ref at, 7)), row, s7);
                }

                AddTo(output, (a * stride) + b, s0);
                AddTo(output, ((a + 1) * stride) + b, s1);
                AddTo(output, ((a + 2) * stride) + b, s2);
                AddTo(output, ((a + 3) * stride) + b, s3);
                AddTo(output, ((a + 4) * stride) + b, s4);
                AddTo(output, ((a + 5) * stride) + b, s5);
                AddTo(output, ((a + 6) * stride) + b, s6);
                AddTo(output, ((a + 7) * stride) + b, s7);
            }
        }
    }

    private static void AddTo(double[] output, int at, Vector512<double> sum)
    {
        Span<double> sums = output.AsSpan(at, Width);
        (Vector512.Create<double>(sums) + sum).CopyTo(sums);
    }
}
