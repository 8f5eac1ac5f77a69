using System.Runtime.InteropServices;

namespace MlOps.Drift.Streaming;

/// <summary>MT19937 with Python's way of seeding and of drawing a sample, number for number.</summary>
/// <remarks>For <see cref="Kswin"/>, whose detections depend on the draw. Not for secrets.
/// <para>Source: M. Matsumoto, T. Nishimura, "Mersenne Twister", ACM Trans. Modeling and Computer Simulation 8 (1998) 3–30; the sample
/// follows the documented algorithm of CPython's <c>random.sample</c>.</para></remarks>
internal sealed class MersenneTwister
{
    private const int Words = 624;
    private const int Middle = 397;

    private readonly uint[] _seeded = new uint[Words];
    private readonly uint[] _words = new uint[Words];
    private int _next;

    /// <summary>Seeds as <c>random.Random(seed)</c>: the sign is ignored.</summary>
    internal MersenneTwister(int seed)
    {
        SeedByKey(_seeded, (uint)Math.Abs((long)seed));
        Restart();
    }

    /// <summary>Goes back to the seed.</summary>
    internal void Restart()
    {
        _seeded.CopyTo(_words, 0);
        _next = Words;
    }

    /// <summary>Draws <paramref name="chosen"/>.Length different numbers below <paramref name="pool"/>.Length; the pool is scratch space.</summary>
    internal void Sample(Span<int> chosen, int[] pool)
    {
        int n = pool.Length;
        if (n <= LargestPool(chosen.Length))
        {
            for (int i = 0; i < n; i++)
            {
                pool[i] = i;
            }

            for (int i = 0; i < chosen.Length; i++)
            {
                int j = Below(n - i);
                chosen[i] = pool[j];
                pool[j] = pool[n - i - 1];
            }
        }
        else
        {
            Array.Clear(pool); // here: 1 where a number has been drawn
            for (int i = 0; i < chosen.Length; i++)
            {
                int j = Below(n);
                while (pool[j] == 1)
                {
                    j = Below(n);
                }

                pool[j] = 1;
                chosen[i] = j;
            }
        }
    }

    internal void Exchange(DetectorState state)
    {
        state.Bytes("generator", MemoryMarshal.AsBytes(_words.AsSpan()));
        state.Whole("generatorNext", ref _next, Words);
    }

    /// <summary>Python keeps a list of all while that is smaller than a hash set of the chosen: up to 21 + the next power of 4 of 3k.</summary>
    private static int LargestPool(int k)
    {
        long power = 1;
        while (k > 5 && power < 3L * k)
        {
            power *= 4;
        }

        return (int)Math.Min(int.MaxValue, 21 + (k > 5 ? power : 0));
    }

    private static void SeedByKey(uint[] words, uint key)
    {
        words[0] = 19650218;
        for (uint i = 1; i < Words; i++)
        {
            words[i] = (1812433253 * (words[i - 1] ^ (words[i - 1] >> 30))) + i;
        }

        int at = 1;
        for (int k = 0; k < Words; k++)
        {
            words[at] = (words[at] ^ ((words[at - 1] ^ (words[at - 1] >> 30)) * 1664525)) + key;
            at = Advance(words, at);
        }

        for (int k = 0; k < Words - 1; k++)
        {
            words[at] = (words[at] ^ ((words[at - 1] ^ (words[at - 1] >> 30)) * 1566083941)) - (uint)at;
            at = Advance(words, at);
        }

        words[0] = 0x80000000;
    }

    private static int Advance(uint[] words, int at)
    {
        if (at + 1 < Words)
        {
            return at + 1;
        }

        words[0] = words[Words - 1];
        return 1;
    }

    /// <summary>A number from 0 to n − 1: as many bits as n has, drawn again while they are not below n.</summary>
    private int Below(int n)
    {
        int shift = System.Numerics.BitOperations.LeadingZeroCount((uint)n);
        uint drawn = Draw() >> shift;
        while (drawn >= (uint)n)
        {
            drawn = Draw() >> shift;
        }

        return (int)drawn;
    }

    private uint Draw()
    {
        if (_next == Words)
        {
            Twist();
        }

        uint y = _words[_next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    private void Twist()
    {
        uint[] words = _words;
        for (int i = 0; i < Words; i++)
        {
            uint y = (words[i] & 0x80000000) | (words[(i + 1) % Words] & 0x7fffffff);
            words[i] = words[(i + Middle) % Words] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }

        _next = 0;
    }
}
