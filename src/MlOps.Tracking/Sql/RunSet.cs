using System.Numerics;

namespace MlOps.Tracking.Sql;

/// <summary>A set of runs by their numbers: one bit for each run of the store.</summary>
/// <param name="most">The greatest number that can be in it.</param>
internal sealed class RunSet(long most)
{
    private const int Bits = 64;

    private readonly long _most = most;
    private readonly ulong[] _words = new ulong[(most / Bits) + 1];

    internal bool IsEmpty => !_words.AsSpan().ContainsAnyExcept(0UL);

    internal int Count
    {
        get
        {
            int count = 0;
            foreach (ulong word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    internal void Add(long run) => _words[run / Bits] |= 1UL << (int)(run % Bits);

    internal bool Contains(long run) => run <= _most && (_words[run / Bits] >> (int)(run % Bits) & 1) != 0;

    internal RunSet And(RunSet other) => With(other, static (a, b) => a & b);

    internal RunSet Or(RunSet other) => With(other, static (a, b) => a | b);

    internal RunSet Except(RunSet other) => With(other, static (a, b) => a & ~b);

    internal long[] ToArray()
    {
        long[] runs = new long[Count];
        int next = 0;
        for (int i = 0; i < _words.Length; i++)
        {
            for (ulong word = _words[i]; word != 0; word &= word - 1)
            {
                runs[next++] = ((long)i * Bits) + BitOperations.TrailingZeroCount(word);
            }
        }

        return runs;
    }

    private RunSet With(RunSet other, Func<ulong, ulong, ulong> combine)
    {
        var result = new RunSet(_most);
        for (int i = 0; i < _words.Length; i++)
        {
            result._words[i] = combine(_words[i], other._words[i]);
        }

        return result;
    }
}
