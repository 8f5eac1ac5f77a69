namespace MlOps.Drift.Sketches;

/// <summary>64-bit hashes that are the same on every machine and in every release, so that sketches made anywhere can be merged.</summary>
/// <remarks>
/// Sources: FNV-1a with its 64-bit constants, G. Fowler, L. C. Noll, K.-P. Vo (1991); the finaliser is that of SplitMix64, G. Steele,
/// D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014. Not for adversaries: texts that collide can be made.
/// </remarks>
internal static class StableHash
{
    private const ulong FnvOffset = 14695981039346656037;
    private const ulong FnvPrime = 1099511628211;

    /// <summary>Hashes a number by its value: 0 and −0 are one, and so are all NaNs.</summary>
    internal static ulong Of(double value) =>
        Mix(BitConverter.DoubleToUInt64Bits(double.IsNaN(value) ? double.NaN : value + 0.0)); // −0 + 0 is 0

    /// <summary>Hashes a text by its UTF-16 units: ordinal equality, whatever the culture.</summary>
    internal static ulong Of(ReadOnlySpan<char> text)
    {
        ulong hash = FnvOffset;
        foreach (char unit in text)
        {
            hash = (hash ^ unit) * FnvPrime;
        }

        return Mix(hash); // FNV alone leaves its high bits, which HyperLogLog reads first, poorly mixed for short texts
    }

    /// <summary>A bijection of 64 bits in which every bit of the input moves about half of the output's.</summary>
    internal static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
