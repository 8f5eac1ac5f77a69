using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning;

/// <summary>Rows stored eight by eight, feature by feature, so that a row meets eight of them in one instruction.</summary>
/// <remarks>Each result is added up feature by feature, so it depends neither on the machine nor on the number of threads.</remarks>
internal sealed class RowPanels
{
    /// <summary>Rows of a panel.</summary>
    internal const int Width = FixedOrder.Lanes;

    private readonly double[] _data;
    private readonly int _features;

    /// <summary>Copies rows.</summary>
    /// <param name="rows">count × features values, row by row.</param>
    /// <param name="count">Rows.</param>
    /// <param name="features">Values of a row.</param>
    internal RowPanels(ReadOnlySpan<double> rows, int count, int features)
    {
        _features = features;
        Count = count;
        PaddedCount = FixedOrder.Padded(count);
        _data = new double[checked(PaddedCount * features)];
        for (int i = 0; i < count; i++)
        {
            Span<double> panel = _data.AsSpan(i / Width * Width * features);
            ReadOnlySpan<double> row = rows.Slice(i * features, features);
            for (int j = 0, at = i % Width; j < row.Length; j++, at += Width)
            {
                panel[at] = row[j];
            }
        }
    }

    private interface ITerm
    {
        static abstract Vector512<double> Add(Vector512<double> sum, Vector512<double> x, Vector512<double> t);
    }

    /// <summary>Gets the number of rows.</summary>
    internal int Count { get; }

    /// <summary>Gets the number of rows with those that fill the last panel.</summary>
    internal int PaddedCount { get; }

    /// <summary>x · tᵀ of every given row x with the rows t from <paramref name="start"/> to <paramref name="end"/>, multiples of <see cref="Width"/>.</summary>
    /// <param name="x">Rows, one after the other.</param>
    /// <param name="start">First row t.</param>
    /// <param name="end">Row after the last, at most <see cref="PaddedCount"/>.</param>
    /// <param name="output">One row of end − start values a row x.</param>
    internal void Products(ReadOnlySpan<double> x, int start, int end, Span<double> output) => Each<Product>(x, start, end, output);

    /// <summary>‖x − t‖² of every given row x with rows t; arguments as in <see cref="Products"/>.</summary>
    internal void SquaredDistances(ReadOnlySpan<double> x, int start, int end, Span<double> output) => Each<SquaredDifference>(x, start, end, output);

    private void Each<TTerm>(ReadOnlySpan<double> x, int start, int end, Span<double> output)
        where TTerm : struct, ITerm
    {
        int rows = x.Length / _features;
        int width = end - start;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, PaddedCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(output.Length, rows * width);
        int i = 0;
        for (; i <= rows - 8; i += 8)
        {
            for (int p = start; p < end; p += Width)
            {
                EightRows<TTerm>(x.Slice(i * _features, 8 * _features), _data.AsSpan(p * _features, Width * _features), output[((i * width) + p - start)..], width);
            }
        }

        for (; i < rows; i++)
        {
            ReadOnlySpan<double> row = x.Slice(i * _features, _features);
            int p = start;
            for (; p <= end - (4 * Width); p += 4 * Width)
            {
                FourPanels<TTerm>(row, _data.AsSpan(p * _features, 4 * Width * _features), output[((i * width) + p - start)..]);
            }

            for (; p < end; p += Width)
            {
                OnePanel<TTerm>(row, _data.AsSpan(p * _features, Width * _features), output[((i * width) + p - start)..]);
            }
        }
    }

    private static void EightRows<TTerm>(ReadOnlySpan<double> x, ReadOnlySpan<double> panel, Span<double> output, int stride)
        where TTerm : struct, ITerm
    {
        int d = panel.Length / Width;
        ref double t = ref MemoryMarshal.GetReference(panel);
        ref double x0 = ref MemoryMarshal.GetReference(x);
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (int j = 0; j < d; j++)
        {
            Vector512<double> column = Vector512.LoadUnsafe(ref t, (nuint)(j * Width));
            ref double at = ref Unsafe.Add(ref x0, j);
            s0 = TTerm.Add(s0, Vector512.Create(at), column);
            s1 = TTerm.Add(s1, Vector512.Create(Unsafe.Add(ref at, d)), column);
            s2 = TTerm.Add(s2, Vector512.Create(Unsafe.Add(ref at, 2 * d)), column);
            s3 = TTerm.Add(s3, Vector512.Create(Unsafe.Add(ref at, 3 * d)), column);
            s4 = TTerm.Add(s4, Vector512.Create(Unsafe.Add(ref at, 4 * d)), column);
            s5 = TTerm.Add(s5, Vector512.Create(Unsafe.Add(ref at, 5 * d)), column);
            s6 = TTerm.Add(s6, Vector512.Create(Unsafe.Add(ref at, 6 * d)), column);
            s7 = TTerm.Add(s7, Vector512.Create(Unsafe.Add(ref at, 7 * d)), column);
        }

        s0.CopyTo(output);
        s1.CopyTo(output[stride..]);
        s2.CopyTo(output[(2 * stride)..]);
        s3.CopyTo(output[(3 * stride)..]);
        s4.CopyTo(output[(4 * stride)..]);
        s5.CopyTo(output[(5 * stride)..]);
        s6.CopyTo(output[(6 * stride)..]);
        s7.CopyTo(output[(7 * stride)..]);
    }

    private static void FourPanels<TTerm>(ReadOnlySpan<double> x, ReadOnlySpan<double> panels, Span<double> output)
        where TTerm : struct, ITerm
    {
        int step = x.Length * Width;
        ref double t = ref MemoryMarshal.GetReference(panels);
        Vector512<double> s0 = default, s1 = default, s2 = default, s3 = default;
        for (int j = 0; j < x.Length; j++)
        {
            Vector512<double> value = Vector512.Create(x[j]);
            ref double at = ref Unsafe.Add(ref t, j * Width);
            s0 = TTerm.Add(s0, value, Vector512.LoadUnsafe(ref at));
            s1 = TTerm.Add(s1, value, Vector512.LoadUnsafe(ref at, (nuint)step));
            s2 = TTerm.Add(s2, value, Vector512.LoadUnsafe(ref at, (nuint)(2 * step)));
            s3 = TTerm.Add(s3, value, Vector512.LoadUnsafe(ref at, (nuint)(3 * step)));
        }

        s0.CopyTo(output);
        s1.CopyTo(output[Width..]);
        s2.CopyTo(output[(2 * Width)..]);
        s3.CopyTo(output[(3 * Width)..]);
    }

    private static void OnePanel<TTerm>(ReadOnlySpan<double> x, ReadOnlySpan<double> panel, Span<double> output)
        where TTerm : struct, ITerm
    {
        ref double t = ref MemoryMarshal.GetReference(panel);
        Vector512<double> sum = default;
        for (int j = 0; j < x.Length; j++)
        {
            sum = TTerm.Add(sum, Vector512.Create(x[j]), Vector512.LoadUnsafe(ref t, (nuint)(j * Width)));
        }

        sum.CopyTo(output);
    }

    private readonly struct Product : ITerm
    {
        public static Vector512<double> Add(Vector512<double> sum, Vector512<double> x, Vector512<double> t) => Vector512.FusedMultiplyAdd(x, t, sum);
    }

    private readonly struct SquaredDifference : ITerm
    {
        public static Vector512<double> Add(Vector512<double> sum, Vector512<double> x, Vector512<double> t)
        {
            Vector512<double> difference = x - t;
            return Vector512.FusedMultiplyAdd(difference, difference, sum);
        }
    }
}
