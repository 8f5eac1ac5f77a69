namespace MlOps.Learning;

/// <summary>Independent random sequences from one seed: one a tree, a restart or an epoch, whoever computes it and when.</summary>
internal static class Seeds
{
    /// <summary>The i-th generator of a seed. Its sequence depends on the two numbers alone, so that work may be shared out freely.</summary>
    /// <remarks>The finaliser of SplitMix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014) mixes them, for neighbouring seeds of <see cref="Random"/> are alike.</remarks>
    internal static Random Generator(int seed, int index)
    {
        ulong z = ((ulong)(uint)seed << 32) + (uint)index + 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return new Random((int)((z ^ (z >> 31)) & int.MaxValue));
    }
}
