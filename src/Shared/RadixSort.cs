using System.Buffers;
using System.Runtime.InteropServices;

namespace MlOps;

/// <summary>Sorts doubles in ascending order, in time linear in their number.</summary>
/// <remarks>
/// A double's bits, read as an integer, already order the positive numbers; flipping the sign bit of those and every bit of the
/// negative ones orders them all. The integers are then sorted digit by digit, least significant first. −0.0 comes before 0.0;
/// NaNs end up at one or both ends. Needs scratch memory for n values.
/// <para>Source: D. E. Knuth, The Art of Computer Programming 3 (1998), section 5.2.5, algorithm R.</para>
/// </remarks>
internal static class RadixSort
{
    private const int DigitBits = 11;
    private const int Buckets = 1 << DigitBits;
    private const int DigitMask = Buckets - 1;
    private const int Digits = (64 + DigitBits - 1) / DigitBits; // 6; the last one has 9 bits
    private const ulong SignBit = 1UL << 63;

    /// <summary>Below this length the fixed cost of clearing and summing the counters outweighs the saving.</summary>
    private const int ShortInput = 2048;

    internal static void Sort(Span<double> values)
    {
        if (values.Length < ShortInput)
        {
            values.Sort();
            return;
        }

        ulong[] rented = ArrayPool<ulong>.Shared.Rent(values.Length);
        try
        {
            SortKeys(MemoryMarshal.Cast<double, ulong>(values), rented.AsSpan(0, values.Length));
        }
        finally
        {
            ArrayPool<ulong>.Shared.Return(rented);
        }
    }

    private static void SortKeys(Span<ulong> values, Span<ulong> scratch)
    {
        Span<int> counts = stackalloc int[Digits * Buckets];
        counts.Clear();
        CountDigits(values, counts);

        Span<ulong> from = values;
        Span<ulong> to = scratch;
        for (int digit = 0; digit < Digits; digit++)
        {
            Span<int> bucket = counts.Slice(digit * Buckets, Buckets);
            int shift = digit * DigitBits;
            if (bucket[Digit(from[0], shift)] == values.Length)
            {
                continue; // all values share this digit: the pass would change nothing
            }

            CountsToStarts(bucket);
            Scatter(from, to, bucket, shift);
            Span<ulong> swap = from;
            from = to;
            to = swap;
        }

        for (int i = 0; i < values.Length; i++)
        {
            ulong key = from[i];
            values[i] = key ^ (((key >> 63) - 1) | SignBit); // the inverse of ToKey
        }
    }

    /// <summary>Turns values into keys in place and counts all their digits in the same pass.</summary>
    private static void CountDigits(Span<ulong> values, Span<int> counts)
    {
        for (int i = 0; i < values.Length; i++)
        {
            ulong key = ToKey(values[i]);
            values[i] = key;
            counts[Digit(key, 0)]++;
            counts[(1 * Buckets) + Digit(key, 1 * DigitBits)]++;
            counts[(2 * Buckets) + Digit(key, 2 * DigitBits)]++;
            counts[(3 * Buckets) + Digit(key, 3 * DigitBits)]++;
            counts[(4 * Buckets) + Digit(key, 4 * DigitBits)]++;
            counts[(5 * Buckets) + Digit(key, 5 * DigitBits)]++;
        }
    }

    private static void CountsToStarts(Span<int> bucket)
    {
        int start = 0;
        for (int i = 0; i < bucket.Length; i++)
        {
            int count = bucket[i];
            bucket[i] = start;
            start += count;
        }
    }

    private static void Scatter(ReadOnlySpan<ulong> from, Span<ulong> to, Span<int> next, int shift)
    {
        foreach (ulong key in from)
        {
            to[next[Digit(key, shift)]++] = key;
        }
    }

    private static int Digit(ulong key, int shift) => (int)(key >> shift) & DigitMask;

    private static ulong ToKey(ulong bits) => bits ^ ((ulong)((long)bits >> 63) | SignBit);
}
