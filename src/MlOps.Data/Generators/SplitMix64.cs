namespace MlOps.Data.Generators;

/// <summary>A random stream that costs nothing to start, so that every picture has its own. Not thread-safe.</summary>
/// <remarks>Source: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.</remarks>
internal sealed class SplitMix64
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private const double TwoToMinus53 = 1.0 / (1UL << 53);
    private ulong _state;

    /// <summary>Starts the stream of one picture of one seed.</summary>
    internal SplitMix64(int seed, int stream)
    {
        _state = ((ulong)(uint)seed << 32) | (uint)stream;
        _state = NextBits();
    }

    internal ulong NextBits()
    {
        ulong z = _state += Golden;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A uniform number in [0, 1).</summary>
    internal double Next() => (NextBits() >> 11) * TwoToMinus53;

    /// <summary>A uniform number in [low, high).</summary>
    internal double Next(double low, double high) => low + ((high - low) * Next());

    /// <summary>A uniform whole number from 0 to <paramref name="count"/> − 1, for small counts.</summary>
    internal int Next(int count) => (int)(Next() * count);

    /// <summary>Whether something of this probability happens.</summary>
    internal bool Happens(double probability) => Next() < probability;

    /// <summary>A random direction as a vector of length 1, without sine and cosine, whose last bits differ between machines.</summary>
    internal (double X, double Y) Direction()
    {
        while (true)
        {
            double x = Next(-1, 1);
            double y = Next(-1, 1);
            double square = (x * x) + (y * y);
            if (square is > 0.01 and <= 1)
            {
                double length = Math.Sqrt(square);
                return (x / length, y / length);
            }
        }
    }
}
