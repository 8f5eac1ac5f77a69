using System.Globalization;
using System.Numerics;

namespace MlOps.Drift.Sketches;

/// <summary>How many different values there are, in fixed memory: HyperLogLog with 64-bit hashes.</summary>
/// <remarks>
/// <c>m = 2ᵖ</c> registers of one byte. The first p bits of a value's hash choose a register, which keeps the largest number of leading zeros
/// of the rest, plus 1. The estimate is Ertl's: <c>α∞·m² / (m·σ(C₀/m) + Σₖ Cₖ·2⁻ᵏ + m·τ(1 − C_q₊₁/m)·2^−q)</c>, Cₖ the registers that hold k
/// and <c>q = 64 − p</c>; it needs no table of corrections and holds from 0 to 2⁶⁴. Standard error: <c>1.04 / √m</c> of the number,
/// 0.81 % for p = 14.
/// <para><b>Merge is exact</b>: the maximum of each register. Any order and grouping of values and merges gives identical bytes.</para>
/// <para>0 and −0 are one number, all NaNs are one; texts are compared ordinally. A number and a text are different values. Not thread-safe.</para>
/// <para>Sources: P. Flajolet et al., "HyperLogLog", AofA 2007; O. Ertl, "New Cardinality Estimation Algorithms for HyperLogLog Sketches",
/// arXiv:1702.01284 (2017), algorithm 6.</para>
/// </remarks>
public sealed class DistinctSketch
{
    /// <summary>The default p: 16 KiB, a standard error of 0.81 %.</summary>
    public const int DefaultPrecision = 14;

    private const int SmallestPrecision = 4;
    private const int LargestPrecision = 18;

    private readonly byte[] _registers;

    /// <summary>Makes an empty sketch.</summary>
    /// <param name="precision">p, from 4 to 18: 2ᵖ bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="precision"/> is outside its range.</exception>
    public DistinctSketch(int precision = DefaultPrecision)
    {
        Precision = Guard.AtLeast(precision, SmallestPrecision);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(precision, LargestPrecision);
        _registers = new byte[1 << precision];
    }

    /// <summary>Gets p, the bits that choose a register.</summary>
    public int Precision { get; }

    /// <summary>Gets the standard error of <see cref="Estimate"/>, as a share of the true number.</summary>
    public double StandardError => 1.04 / Math.Sqrt(_registers.Length);

    private int Q => 64 - Precision;

    /// <summary>Adds a number.</summary>
    public void Add(double value) => AddHash(StableHash.Of(value));

    /// <summary>Adds numbers.</summary>
    /// <param name="values">Any number of values.</param>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values)
        {
            AddHash(StableHash.Of(value));
        }
    }

    /// <summary>Adds a text.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null; leave missing values out.</exception>
    public void Add(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        AddHash(StableHash.Of(text.AsSpan()));
    }

    /// <summary>Adds all that another sketch has seen. The other is not changed.</summary>
    /// <exception cref="ArgumentException">The precisions differ.</exception>
    public void Merge(DistinctSketch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Precision != Precision)
        {
            throw new ArgumentException($"Sketches need the same precision to be merged; got {Precision} and {other.Precision}.", nameof(other));
        }

        for (int i = 0; i < _registers.Length; i++)
        {
            _registers[i] = Math.Max(_registers[i], other._registers[i]);
        }
    }

    /// <summary>Returns the estimated number of different values; 0 for an empty sketch. O(2ᵖ).</summary>
    public double Estimate()
    {
        int q = Q;
        Span<int> counts = stackalloc int[q + 2];
        counts.Clear();
        foreach (byte register in _registers)
        {
            counts[register]++;
        }

        double m = _registers.Length;
        if (counts[0] == _registers.Length)
        {
            return 0;
        }

        double z = m * Tau(1 - (counts[q + 1] / m));
        for (int k = q; k >= 1; k--)
        {
            z = 0.5 * (z + counts[k]);
        }

        z += m * Sigma(counts[0] / m);
        return m * m / (2 * Math.Log(2) * z); // α∞ = 1 / (2 ln 2)
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"about {Estimate():N0} distinct values (± {100 * StandardError:0.##} %)");

    internal void Write(BinaryWriter writer)
    {
        writer.Write((byte)Precision);
        writer.Write(_registers);
    }

    internal static DistinctSketch Read(SketchReader reader)
    {
        var sketch = new DistinctSketch(reader.Byte("the precision of a distinct count", SmallestPrecision, LargestPrecision));
        reader.Bytes(sketch._registers);
        foreach (byte register in sketch._registers)
        {
            SketchReader.Require(register <= sketch.Q + 1, "a register of a distinct count is out of range");
        }

        return sketch;
    }

    private void AddHash(ulong hash)
    {
        int zeros = BitOperations.LeadingZeroCount((hash << Precision) | (1UL << (Precision - 1))); // the guard bit ends the count at q
        ref byte register = ref _registers[hash >> Q];
        if (zeros >= register)
        {
            register = (byte)(zeros + 1);
        }
    }

    /// <summary>σ(x) = x + Σₖ x^(2ᵏ)·2^(k−1): what registers that are still 0 say.</summary>
    private static double Sigma(double x)
    {
        double y = 1;
        double z = x;
        double previous;
        do
        {
            x *= x;
            previous = z;
            z += x * y;
            y += y;
        }
        while (z != previous);
        return z;
    }

    /// <summary>τ(x) = (1 − x − Σₖ (1 − x^(2⁻ᵏ))²·2⁻ᵏ) / 3: what registers that can count no further say.</summary>
    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        double y = 1;
        double z = 1 - x;
        double previous;
        do
        {
            x = Math.Sqrt(x);
            previous = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }
        while (z != previous);
        return z / 3;
    }
}
