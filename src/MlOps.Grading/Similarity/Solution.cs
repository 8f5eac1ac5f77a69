namespace MlOps.Grading.Similarity;

/// <summary>One student's solution, ready to be compared.</summary>
/// <param name="Student">Whose it is.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Hashes">The hash of each k-gram.</param>
internal sealed record Solution(string Student, TokenStream Tokens, ulong[] Hashes)
{
    /// <summary>Gets the positions of the fingerprints by hash.</summary>
    internal Dictionary<ulong, List<int>> Fingerprints { get; } = [];

    internal static Solution Read(string student, string source, int k)
    {
        TokenStream tokens = TokenStream.Read(source);
        return new Solution(student, tokens, Winnowing.Hashes(tokens.Symbols, k));
    }

    /// <summary>Tokens that lie in no k-gram of <paramref name="ignored"/>.</summary>
    internal int OwnTokens(int k, HashSet<ulong> ignored)
    {
        int own = 0;
        int coveredTo = 0;
        for (int i = 0; i < Tokens.Symbols.Count; i++)
        {
            if (i < Hashes.Length && ignored.Contains(Hashes[i]))
            {
                coveredTo = i + k;
            }

            own += i >= coveredTo ? 1 : 0;
        }

        return own;
    }

    internal void Fingerprint(int w, HashSet<ulong> ignored)
    {
        foreach (int position in Winnowing.Select(Hashes, w, ignored))
        {
            if (!Fingerprints.TryGetValue(Hashes[position], out List<int>? positions))
            {
                Fingerprints[Hashes[position]] = positions = [];
            }

            positions.Add(position);
        }
    }
}
