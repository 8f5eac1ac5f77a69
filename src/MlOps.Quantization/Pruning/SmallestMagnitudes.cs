namespace MlOps.Quantization.Pruning;

/// <summary>Finds the weights of the smallest magnitude, exactly as many as asked for.</summary>
/// <remarks>
/// Magnitudes of floats are ordered as their bits are. Two counts of 16 bits each find the largest magnitude that goes: O(n), and no array is sorted.
/// Of equal magnitudes the first go.
/// </remarks>
internal static class SmallestMagnitudes
{
    private const int HalfBits = 16;
    private const uint SignFree = 0x7FFF_FFFF;

    /// <summary>How many of n weights go: <c>round(amount · n)</c>, halves to the even number, as torch.nn.utils.prune does.</summary>
    internal static long Count(double amount, long n) => (long)Math.Round(amount * n, MidpointRounding.ToEven);

    /// <summary>Marks what stays: all but the <paramref name="count"/> smallest magnitudes among all arrays.</summary>
    internal static bool[][] Keep(IReadOnlyList<ReadOnlyMemory<float>> arrays, long count)
    {
        var keep = new bool[arrays.Count][];
        (uint largest, long ties) = Limit(arrays, count);
        for (int a = 0; a < keep.Length; a++)
        {
            ReadOnlySpan<float> values = arrays[a].Span;
            bool[] own = keep[a] = new bool[values.Length];
            for (int i = 0; i < own.Length; i++)
            {
                uint magnitude = Magnitude(values[i]);
                own[i] = count == 0 || magnitude > largest || (magnitude == largest && ties-- <= 0);
            }
        }

        return keep;
    }

    /// <summary>The largest magnitude that goes, and how many weights of just this magnitude go.</summary>
    private static (uint Largest, long Ties) Limit(IReadOnlyList<ReadOnlyMemory<float>> arrays, long count)
    {
        if (count == 0)
        {
            return (0, 0);
        }

        var tally = new long[1 << HalfBits];
        foreach (ReadOnlyMemory<float> array in arrays)
        {
            foreach (float value in array.Span)
            {
                tally[Magnitude(value) >> HalfBits]++;
            }
        }

        (uint high, long among) = Bin(tally, count);
        Array.Clear(tally);
        foreach (ReadOnlyMemory<float> array in arrays)
        {
            foreach (float value in array.Span)
            {
                uint magnitude = Magnitude(value);
                if (magnitude >> HalfBits == high)
                {
                    tally[magnitude & 0xFFFF]++;
                }
            }
        }

        (uint low, long ties) = Bin(tally, among);
        return ((high << HalfBits) | low, ties);
    }

    /// <summary>The bin in which the count-th entry lies, and which of its entries that is.</summary>
    private static (uint Bin, long Among) Bin(long[] tally, long count)
    {
        uint bin = 0;
        while (count > tally[bin])
        {
            count -= tally[bin++];
        }

        return (bin, count);
    }

    private static uint Magnitude(float value) => BitConverter.SingleToUInt32Bits(value) & SignFree;
}
