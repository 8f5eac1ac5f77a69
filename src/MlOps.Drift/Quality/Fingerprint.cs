using System.Numerics;
using System.Runtime.InteropServices;

namespace MlOps.Drift.Quality;

/// <summary>128 bits that stand for a value or a row. Equal values have equal bits on every machine.</summary>
/// <remarks>
/// One number, truth value or time stands for itself: no two can be confused. Texts and rows of several values are hashed in two independent lanes
/// of 64 bits; the chance that any two of n different ones are confused is below n² / 2¹²⁹, for a thousand million rows below 10⁻²⁰.
/// <para>The mixing function is the finaliser of SplitMix64: G. L. Steele, D. Lea, C. H. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.</para>
/// </remarks>
internal readonly record struct Fingerprint(ulong Low, ulong High)
{
    private const ulong LowFactor = 0x9E3779B97F4A7C15; // odd, from the golden ratio
    private const ulong HighFactor = 0xC2B2AE3D27D4EB4F; // odd, another: the lanes must not move together

    internal static Fingerprint Missing { get; } = new(0x6D697373696E67, 0x6D697373696E67);

    internal static Fingerprint Of(double value) => new(BitConverter.DoubleToUInt64Bits(value + 0.0), 0); // −0 is 0

    internal static Fingerprint Of(long value) => new((ulong)value, 0);

    internal static Fingerprint Of(string text)
    {
        var print = new Fingerprint((ulong)text.Length, ~(ulong)text.Length);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text.AsSpan());
        while (bytes.Length >= sizeof(ulong))
        {
            print = print.Then(MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong rest = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            rest |= (ulong)bytes[i] << (8 * i);
        }

        return print.Then(rest);
    }

    /// <summary>What stands for this followed by that.</summary>
    internal Fingerprint Then(Fingerprint next) => new(Mix((Low * LowFactor) + next.Low), Mix((High * HighFactor) ^ (next.Low + BitOperations.RotateLeft(next.High, 32))));

    internal static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    private Fingerprint Then(ulong next) => Then(new Fingerprint(next, 0));
}
