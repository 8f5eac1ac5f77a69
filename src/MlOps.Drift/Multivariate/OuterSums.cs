using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Drift.Multivariate;

/// <summary>Sums of outer products, a tile of 8 × 16 at a time: the tile stays in registers, and each sum adds its terms in order, with one rounding each.</summary>
internal static class OuterSums
{
    internal const int Tall = 8;
    internal const int Wide = 16;

    /// <summary>Adds <c>Σₖ a[k·strideA + r]·b[k·strideB + c]</c>, k from 0 to <paramref name="count"/> − 1, to <c>sums[r·strideSums + c]</c> for r &lt; 8 and c &lt; 16.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // nearly all the time is spent here: compiled for speed at once
    internal static void Add(ReadOnlySpan<double> a, int strideA, ReadOnlySpan<double> b, int strideB, int count, Span<double> sums, int strideSums)
    {
        Vector512<double> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        Vector512<double> s40 = default, s41 = default, s50 = default, s51 = default, s60 = default, s61 = default, s70 = default, s71 = default;
        for (int k = 0; k < count; k++)
        {
            ReadOnlySpan<double> tall = a.Slice(k * strideA, Tall);
            ReadOnlySpan<Vector512<double>> wide = MemoryMarshal.Cast<double, Vector512<double>>(b.Slice(k * strideB, Wide));
            Vector512<double> left = wide[0];
            Vector512<double> right = wide[1];
            Multiply(tall[0], left, right, ref s00, ref s01);
            Multiply(tall[1], left, right, ref s10, ref s11);
            Multiply(tall[2], left, right, ref s20, ref s21);
            Multiply(tall[3], left, right, ref s30, ref s31);
            Multiply(tall[4], left, right, ref s40, ref s41);
            Multiply(tall[5], left, right, ref s50, ref s51);
            Multiply(tall[6], left, right, ref s60, ref s61);
            Multiply(tall[7], left, right, ref s70, ref s71);
        }

        Store(s00, s01, sums);
        Store(s10, s11, sums[strideSums..]);
        Store(s20, s21, sums[(2 * strideSums)..]);
        Store(s30, s31, sums[(3 * strideSums)..]);
        Store(s40, s41, sums[(4 * strideSums)..]);
        Store(s50, s51, sums[(5 * strideSums)..]);
        Store(s60, s61, sums[(6 * strideSums)..]);
        Store(s70, s71, sums[(7 * strideSums)..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(double factor, Vector512<double> left, Vector512<double> right, ref Vector512<double> first, ref Vector512<double> second)
    {
        var broadcast = Vector512.Create(factor);
        first = Vector512.FusedMultiplyAdd(broadcast, left, first);
        second = Vector512.FusedMultiplyAdd(broadcast, right, second);
    }

    private static void Store(Vector512<double> left, Vector512<double> right, Span<double> sums)
    {
        Span<Vector512<double>> row = MemoryMarshal.Cast<double, Vector512<double>>(sums[..Wide]);
        row[0] += left;
        row[1] += right;
    }
}
