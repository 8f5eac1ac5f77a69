using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.Clustering;

/// <summary>Squared distances from rows to k centres, eight centres at a time.</summary>
/// <remarks>
/// <c>Σⱼ (xⱼ − cⱼ)²</c>, summed in the order of j for each centre in a lane of its own: the result is the same on every machine. Differences, not
/// <c>|x|² − 2x·c + |c|²</c>, which loses digits far from the origin.
/// </remarks>
internal sealed class CenterTable
{
    private const int Lanes = 8;
    private const int Together = 4; // rows whose sums are under way at once, so that one need not wait for the other

    private readonly double[] _values;
    private readonly int _blocks;
    private readonly int _width;

    /// <summary>Turns centres around so that coordinate j of eight centres lies side by side.</summary>
    /// <param name="centers">k × d, row by row.</param>
    /// <param name="width">d.</param>
    internal CenterTable(ReadOnlySpan<double> centers, int width)
    {
        _width = width;
        Count = centers.Length / width;
        _blocks = (Count + Lanes - 1) / Lanes;
        _values = new double[_blocks * Lanes * width];
        Array.Fill(_values, double.PositiveInfinity); // a lane without a centre is infinitely far
        for (int c = 0; c < Count; c++)
        {
            for (int j = 0; j < width; j++)
            {
                _values[(((c / Lanes * width) + j) * Lanes) + (c % Lanes)] = centers[(c * width) + j];
            }
        }
    }

    /// <summary>k.</summary>
    internal int Count { get; }

    /// <summary>k rounded up to whole blocks: how many values <see cref="Distances"/> writes.</summary>
    internal int PaddedCount => _blocks * Lanes;

    /// <summary>The squared distances of rows to each centre; infinite for the padding.</summary>
    /// <param name="rows">m × d.</param>
    /// <param name="distances">m × <see cref="PaddedCount"/>.</param>
    internal void Distances(ReadOnlySpan<double> rows, Span<double> distances)
    {
        int count = rows.Length / _width;
        int i = 0;
        for (; i <= count - Together; i += Together)
        {
            ReadOnlySpan<double> four = rows.Slice(i * _width, Together * _width);
            for (int block = 0; block < _blocks; block++)
            {
                Squares sums = Four(four, block);
                Span<double> to = distances[((i * PaddedCount) + (block * Lanes))..];
                sums.A.CopyTo(to);
                sums.B.CopyTo(to[PaddedCount..]);
                sums.C.CopyTo(to[(2 * PaddedCount)..]);
                sums.D.CopyTo(to[(3 * PaddedCount)..]);
            }
        }

        for (; i < count; i++)
        {
            One(rows.Slice(i * _width, _width), distances.Slice(i * PaddedCount, PaddedCount));
        }
    }

    /// <summary>The nearest centre of each row, on a tie the first, and its squared distance.</summary>
    /// <param name="rows">m × d.</param>
    /// <param name="nearest">m.</param>
    /// <param name="distances">m.</param>
    internal void Nearest(ReadOnlySpan<double> rows, Span<int> nearest, Span<double> distances)
    {
        int i = 0;
        for (; i <= nearest.Length - Together; i += Together)
        {
            Nearest4(rows.Slice(i * _width, Together * _width), nearest.Slice(i, Together), distances.Slice(i, Together));
        }

        Span<double> all = stackalloc double[Math.Min(PaddedCount, 256)];
        all = all.Length < PaddedCount ? new double[PaddedCount] : all;
        for (; i < nearest.Length; i++)
        {
            One(rows.Slice(i * _width, _width), all);
            int best = 0;
            for (int c = 1; c < Count; c++)
            {
                best = all[c] < all[best] ? c : best;
            }

            (nearest[i], distances[i]) = (best, all[best]);
        }
    }

    private void Nearest4(ReadOnlySpan<double> rows, Span<int> nearest, Span<double> distances)
    {
        Best a = Best.None, b = Best.None, c = Best.None, d = Best.None;
        for (int block = 0; block < _blocks; block++)
        {
            Squares sums = Four(rows, block);
            a = a.With(sums.A, block);
            b = b.With(sums.B, block);
            c = c.With(sums.C, block);
            d = d.With(sums.D, block);
        }

        (nearest[0], distances[0]) = a.First();
        (nearest[1], distances[1]) = b.First();
        (nearest[2], distances[2]) = c.First();
        (nearest[3], distances[3]) = d.First();
    }

    /// <summary>The squared distances of four rows to the eight centres of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Squares Four(ReadOnlySpan<double> rows, int block)
    {
        ref double values = ref MemoryMarshal.GetArrayDataReference(_values);
        ReadOnlySpan<double> a = rows[.._width];
        ReadOnlySpan<double> b = rows.Slice(_width, a.Length);
        ReadOnlySpan<double> c = rows.Slice(2 * _width, a.Length);
        ReadOnlySpan<double> d = rows.Slice(3 * _width, a.Length);
        Vector512<double> sumA = default, sumB = default, sumC = default, sumD = default;
        nuint at = (nuint)(block * _width * Lanes);
        for (int j = 0; j < a.Length; j++, at += Lanes)
        {
            Vector512<double> center = Vector512.LoadUnsafe(ref values, at);
            Vector512<double> offA = Vector512.Create(a[j]) - center;
            Vector512<double> offB = Vector512.Create(b[j]) - center;
            Vector512<double> offC = Vector512.Create(c[j]) - center;
            Vector512<double> offD = Vector512.Create(d[j]) - center;
            sumA = Vector512.FusedMultiplyAdd(offA, offA, sumA);
            sumB = Vector512.FusedMultiplyAdd(offB, offB, sumB);
            sumC = Vector512.FusedMultiplyAdd(offC, offC, sumC);
            sumD = Vector512.FusedMultiplyAdd(offD, offD, sumD);
        }

        return new Squares(sumA, sumB, sumC, sumD);
    }

    private void One(ReadOnlySpan<double> row, Span<double> distances)
    {
        ref double values = ref MemoryMarshal.GetArrayDataReference(_values);
        nuint at = 0;
        for (int block = 0; block < _blocks; block++)
        {
            Vector512<double> sum = default;
            for (int j = 0; j < row.Length; j++, at += Lanes)
            {
                Vector512<double> difference = Vector512.Create(row[j]) - Vector512.LoadUnsafe(ref values, at);
                sum = Vector512.FusedMultiplyAdd(difference, difference, sum);
            }

            sum.CopyTo(distances[(block * Lanes)..]);
        }
    }

    private readonly record struct Squares(Vector512<double> A, Vector512<double> B, Vector512<double> C, Vector512<double> D);

    /// <summary>The least distance so far in each lane, and the block it came from.</summary>
    private readonly struct Best(Vector512<double> distance, Vector512<double> block)
    {
        internal static Best None => new(Vector512.Create(double.PositiveInfinity), Vector512<double>.Zero);

        private readonly Vector512<double> _distance = distance;
        private readonly Vector512<double> _block = block;

        internal Best With(Vector512<double> distances, int fromBlock)
        {
            Vector512<double> nearer = Vector512.LessThan(distances, _distance);
            return new Best(Vector512.ConditionalSelect(nearer, distances, _distance), Vector512.ConditionalSelect(nearer, Vector512.Create((double)fromBlock), _block));
        }

        /// <summary>The least of the lanes; of equals the centre with the lowest number.</summary>
        internal (int Center, double Distance) First()
        {
            Vector256<double> half = Vector256.Min(_distance.GetLower(), _distance.GetUpper());
            Vector128<double> quarter = Vector128.Min(half.GetLower(), half.GetUpper());
            double least = Math.Min(quarter[0], quarter[1]);
            ulong lanes = Vector512.Equals(_distance, Vector512.Create(least)).ExtractMostSignificantBits();
            int center = int.MaxValue;
            for (; lanes != 0; lanes &= lanes - 1)
            {
                int lane = BitOperations.TrailingZeroCount(lanes);
                center = Math.Min(center, ((int)_block.GetElement(lane) * Lanes) + lane);
            }

            return (center, least);
        }
    }
}
