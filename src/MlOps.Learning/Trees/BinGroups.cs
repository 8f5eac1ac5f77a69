using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.Trees;

/// <summary>The bins of four features at a time, a byte each in one number a row: a case is looked up once for four histograms.</summary>
internal sealed class BinGroups
{
    /// <summary>Features in a group.</summary>
    internal const int Size = 4;

    private readonly uint[][] _groups;

    internal BinGroups(BinnedMatrix bins, ParallelOptions options)
    {
        _groups = new uint[(bins.ColumnCount + Size - 1) / Size][];
        Parallel.For(0, _groups.Length, options, g =>
        {
            var packed = new uint[bins.Columns[0].Length];
            for (int f = g * Size; f < Math.Min(bins.ColumnCount, (g + 1) * Size); f++)
            {
                byte[] column = bins.Columns[f];
                int shift = 8 * (f % Size);
                for (int i = 0; i < packed.Length; i++)
                {
                    packed[i] |= (uint)column[i] << shift;
                }
            }

            _groups[g] = packed;
        });
    }

    internal int Count => _groups.Length;

    /// <summary>Where the histogram of a feature begins among those of all.</summary>
    internal static int Offset(int feature) => feature * FeatureBins.Capacity;

    /// <summary>Adds cases to the histograms of the four features of a group.</summary>
    /// <param name="group">Which.</param>
    /// <param name="rows">The cases.</param>
    /// <param name="gradients">Of these cases, in the order of <paramref name="rows"/>.</param>
    /// <param name="histograms">Of all features.</param>
    internal void Add(int group, ReadOnlySpan<int> rows, ReadOnlySpan<Vector128<long>> gradients, Span<Vector128<long>> histograms)
    {
        ReadOnlySpan<uint> bins = _groups[group];
        Span<Vector128<long>> cells = histograms.Slice(Offset(group * Size), Size * FeatureBins.Capacity);
        // A byte and its column give an index below 4 · 256, the length just sliced: the innermost loop leaves that check out.
        ref Vector128<long> first = ref MemoryMarshal.GetReference(cells);
        for (int i = 0; i < rows.Length && i < gradients.Length; i++)
        {
            uint four = bins[rows[i]];
            Vector128<long> gradient = gradients[i];
            Unsafe.Add(ref first, (byte)four) += gradient;
            Unsafe.Add(ref first, FeatureBins.Capacity + (byte)(four >> 8)) += gradient;
            Unsafe.Add(ref first, (2 * FeatureBins.Capacity) + (byte)(four >> 16)) += gradient;
            Unsafe.Add(ref first, (3 * FeatureBins.Capacity) + (int)(four >> 24)) += gradient;
        }
    }
}
