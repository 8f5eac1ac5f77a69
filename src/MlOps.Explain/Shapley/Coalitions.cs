namespace MlOps.Explain.Shapley;

/// <summary>Coalitions of M players as bits, <see cref="Words"/> words each.</summary>
internal sealed class Coalitions(int players)
{
    private const int WordBits = 64;

    private readonly List<ulong> _bits = [];

    internal int Players { get; } = players;

    internal int Words { get; } = (players + WordBits - 1) / WordBits;

    internal int Count => _bits.Count / Words;

    /// <summary>Every coalition but nobody and everybody, in the order of their numbers.</summary>
    internal static Coalitions All(int players)
    {
        var all = new Coalitions(players);
        for (ulong mask = 1; mask < (1UL << players) - 1; mask++)
        {
            all._bits.Add(mask);
        }

        return all;
    }

    internal ReadOnlySpan<ulong> this[int coalition] => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bits).Slice(coalition * Words, Words);

    internal static bool Contains(ReadOnlySpan<ulong> coalition, int player) => (coalition[player / WordBits] >> (player % WordBits) & 1) != 0;

    internal void Add(ReadOnlySpan<ulong> coalition) => _bits.AddRange(coalition);

    /// <summary>The coalition of the given players.</summary>
    internal ulong[] Of(ReadOnlySpan<int> members)
    {
        var coalition = new ulong[Words];
        foreach (int player in members)
        {
            coalition[player / WordBits] |= 1UL << (player % WordBits);
        }

        return coalition;
    }

    /// <summary>The players who are not in it.</summary>
    internal ulong[] Others(ReadOnlySpan<ulong> coalition)
    {
        var others = new ulong[Words];
        for (int word = 0; word < Words; word++)
        {
            int bits = Math.Min(WordBits, Players - (word * WordBits));
            others[word] = ~coalition[word] & (ulong.MaxValue >> (WordBits - bits));
        }

        return others;
    }
}
