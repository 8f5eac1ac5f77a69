namespace MlOps.Grading.Similarity;

/// <summary>Hashes of k-grams, and the choice of a few of them as fingerprints.</summary>
/// <remarks>
/// Of every <c>w</c> consecutive hashes the smallest is kept; of equal ones the one kept already, else the rightmost. Two sources
/// that share <c>w + k − 1</c> tokens share a whole window of hashes, and so keep a hash in common.
/// <para>Source: S. Schleimer, D. S. Wilkerson, A. Aiken, "Winnowing: Local Algorithms for Document Fingerprinting", SIGMOD 2003,
/// Definition 1 and "robust winnowing".</para>
/// </remarks>
internal static class Winnowing
{
    /// <summary>The 64-bit FNV-1a parameters: fixed numbers, so that a hash is the same in every process and on every machine.</summary>
    private const ulong OffsetBasis = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The hash of each run of <paramref name="k"/> symbols; none if there are fewer symbols.</summary>
    internal static ulong[] Hashes(IReadOnlyList<int> symbols, int k)
    {
        var hashes = new ulong[Math.Max(0, symbols.Count - k + 1)];
        for (int i = 0; i < hashes.Length; i++)
        {
            ulong hash = OffsetBasis;
            for (int j = i; j < i + k; j++)
            {
                hash = (hash ^ (uint)symbols[j]) * Prime;
            }

            hashes[i] = Mixed(hash);
        }

        return hashes;
    }

    /// <summary>The positions of the fingerprints, in order. Hashes in <paramref name="ignored"/> are passed over as if they were largest.</summary>
    /// <remarks>Fewer than <paramref name="w"/> hashes are one window.</remarks>
    internal static List<int> Select(ulong[] hashes, int w, HashSet<ulong> ignored)
    {
        bool[] counts = Array.ConvertAll(hashes, hash => !ignored.Contains(hash));
        var kept = new List<int>();
        int chosen = -1;
        for (int end = Math.Min(w, hashes.Length); end <= hashes.Length && hashes.Length > 0; end++)
        {
            int start = Math.Max(0, end - w);
            int smallest = chosen >= start ? chosen : -1;
            for (int i = start; i < end; i++)
            {
                if (counts[i] && (smallest < 0 || hashes[i] < hashes[smallest] || (hashes[i] == hashes[smallest] && smallest != chosen)))
                {
                    smallest = i;
                }
            }

            if (smallest >= 0 && smallest != chosen)
            {
                kept.Add(chosen = smallest);
            }
        }

        return kept;
    }

    /// <summary>Spreads the bits (the end of SplitMix64): the smallest of a window must be a random choice, and FNV's high bits are not.</summary>
    private static ulong Mixed(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }
}
