using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning;

/// <summary>Sums whose additions have one order on every machine: eight lanes, however wide its registers are.</summary>
internal static class FixedOrder
{
    /// <summary>Lanes of a vector.</summary>
    internal const int Lanes = 8;

    /// <summary>The smallest multiple of <see cref="Lanes"/> that is not below a length.</summary>
    internal static int Padded(int length) => (length + Lanes - 1) / Lanes * Lanes;

    /// <summary>Σ aᵢ bᵢ of two spans of one length.</summary>
    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(a.Length, b.Length);
        ref double u = ref MemoryMarshal.GetReference(a);
        ref double v = ref MemoryMarshal.GetReference(b);
        var first = Vector512<double>.Zero;
        var second = Vector512<double>.Zero;
        int i = 0;
        for (; i <= a.Length - (2 * Lanes); i += 2 * Lanes)
        {
            first = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref u, (nuint)i), Vector512.LoadUnsafe(ref v, (nuint)i), first);
            second = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref u, (nuint)(i + Lanes)), Vector512.LoadUnsafe(ref v, (nuint)(i + Lanes)), second);
        }

        if (i <= a.Length - Lanes)
        {
            first = Vector512.FusedMultiplyAdd(Vector512.LoadUnsafe(ref u, (nuint)i), Vector512.LoadUnsafe(ref v, (nuint)i), first);
            i += Lanes;
        }

        double sum = Sum(first + second);
        for (; i < a.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(a[i], b[i], sum);
        }

        return sum;
    }

    /// <summary>yᵢ ← yᵢ + factor · xᵢ.</summary>
    internal static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, y.Length);
        ref double u = ref MemoryMarshal.GetReference(x);
        ref double v = ref MemoryMarshal.GetReference(y);
        var scale = Vector512.Create(factor);
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            Vector512.FusedMultiplyAdd(scale, Vector512.LoadUnsafe(ref u, (nuint)i), Vector512.LoadUnsafe(ref v, (nuint)i)).StoreUnsafe(ref v, (nuint)i);
        }

        for (; i < x.Length; i++)
        {
            y[i] = Math.FusedMultiplyAdd(factor, x[i], y[i]);
        }
    }

    /// <summary>yᵢ ← yᵢ + factor · (xᵢ − centerᵢ)².</summary>
    internal static void AddScaledSquares(double factor, ReadOnlySpan<double> x, ReadOnlySpan<double> center, Span<double> y)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, y.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length, center.Length);
        ref double u = ref MemoryMarshal.GetReference(x);
        ref double c = ref MemoryMarshal.GetReference(center);
        ref double v = ref MemoryMarshal.GetReference(y);
        var scale = Vector512.Create(factor);
        int i = 0;
        for (; i <= x.Length - Lanes; i += Lanes)
        {
            Vector512<double> difference = Vector512.LoadUnsafe(ref u, (nuint)i) - Vector512.LoadUnsafe(ref c, (nuint)i);
            Vector512.FusedMultiplyAdd(scale * difference, difference, Vector512.LoadUnsafe(ref v, (nuint)i)).StoreUnsafe(ref v, (nuint)i);
        }

        for (; i < x.Length; i++)
        {
            double difference = x[i] - center[i];
            y[i] = Math.FusedMultiplyAdd(factor * difference, difference, y[i]);
        }
    }

    /// <summary>The sum of the lanes, halves first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Sum(Vector512<double> lanes)
    {
        Vector256<double> four = lanes.GetLower() + lanes.GetUpper();
        Vector128<double> two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }
}
