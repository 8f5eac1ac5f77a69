namespace MlOps.Learning.Neural;

/// <summary>Random bits by number: the i-th of a sequence without those before it, so that threads may draw them in any order.</summary>
/// <remarks>SplitMix64: G. Steele, D. Lea, C. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.</remarks>
internal static class RandomBits
{
    internal static ulong At(ulong key, ulong index)
    {
        ulong z = key + ((index + 1) * 0x9E3779B97F4A7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
