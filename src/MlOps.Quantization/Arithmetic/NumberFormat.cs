using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MlOps.Charts;

namespace MlOps.Quantization.Arithmetic;

/// <summary>A binary floating-point format: one bit of sign, some of exponent, the rest of mantissa.</summary>
/// <param name="Name">As models name it, such as <c>float16</c>.</param>
/// <param name="ExponentBits">e ≥ 2: they set how large and small numbers can be.</param>
/// <param name="MantissaBits">m ≥ 1: they set how many digits a number has.</param>
/// <remarks>
/// With bias b = 2ᵉ⁻¹ − 1, a number is <c>± 1.mantissa · 2^(exponent − b)</c>. The smallest exponent is left to the subnormal numbers, <c>± 0.mantissa · 2^(1 − b)</c>, which have fewer
/// and fewer digits; the largest to infinity and NaN.
/// <para>Source: IEEE 754-2019, section 3.4.</para>
/// </remarks>
public sealed record NumberFormat(string Name, int ExponentBits, int MantissaBits)
{
    /// <summary>Gets the format of a C# <see cref="float"/>.</summary>
    [SuppressMessage("Naming", "CA1720:Identifiers should not contain type names", Justification = "The field calls it so.")]
    public static NumberFormat Float32 { get; } = new("float32", 8, 23);

    /// <summary>Gets the format of <see cref="Half"/>: more digits than bfloat16, but nothing above 65,504.</summary>
    public static NumberFormat Float16 { get; } = new("float16", 5, 10);

    /// <summary>Gets the upper half of float32: its range, with fewer than three digits.</summary>
    public static NumberFormat BFloat16 { get; } = new("bfloat16", 8, 7);

    /// <summary>Gets the three formats, the widest first.</summary>
    public static IReadOnlyList<NumberFormat> All { get; } = [Float32, Float16, BFloat16];

    /// <summary>Gets the bits of a number, the sign's included.</summary>
    public int Bits => 1 + ExponentBits + MantissaBits;

    /// <summary>Gets the largest finite number, <c>(2 − 2⁻ᵐ) · 2ᵇ</c>. What lies half a spacing above it or more becomes infinite.</summary>
    public double Largest => (2 - Epsilon) * Math.Pow(2, Bias);

    /// <summary>Gets the smallest number above 0 with all its digits, <c>2¹⁻ᵇ</c>.</summary>
    public double SmallestNormal => Math.Pow(2, 1 - Bias);

    /// <summary>Gets the smallest number above 0, <c>2¹⁻ᵇ⁻ᵐ</c>. Half of it, and all below, becomes 0.</summary>
    public double SmallestSubnormal => SmallestNormal * Epsilon;

    /// <summary>Gets the distance from 1 to the next larger number, <c>2⁻ᵐ</c>. Rounding changes a normal number by half of it at most, relative to the number.</summary>
    public double Epsilon => Math.Pow(2, -MantissaBits);

    private int Bias => (1 << (ExponentBits - 1)) - 1;

    /// <summary>Returns the distance between neighbouring numbers around a magnitude.</summary>
    /// <param name="magnitude">0 ≤ magnitude.</param>
    /// <returns>A power of two; +∞ beyond <see cref="Largest"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The magnitude is negative or no number.</exception>
    public double Spacing(double magnitude)
    {
        if (magnitude > Largest)
        {
            return double.PositiveInfinity;
        }

        int exponent = Guard.NonNegative(magnitude) < SmallestNormal ? 1 - Bias : Math.ILogB(magnitude);
        return Math.ScaleB(1, exponent - MantissaBits);
    }

    /// <summary>Draws how far apart neighbouring numbers are, over their magnitude.</summary>
    /// <param name="formats">Which to compare; float32, float16 and bfloat16 when empty.</param>
    /// <param name="from">The smallest magnitude, &gt; 0.</param>
    /// <param name="to">The largest magnitude.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is not above 0, or not below <paramref name="to"/>.</exception>
    public static Figure SpacingChart(IReadOnlyList<NumberFormat>? formats = null, double from = 1e-9, double to = 1e6)
    {
        const int Points = 240;
        Guard.Positive(from);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, from);
        formats = formats is { Count: > 0 } ? formats : All;
        Figure? figure = null;
        foreach (NumberFormat format in formats)
        {
            double end = Math.Min(to, format.Largest);
            double[] x = [.. Enumerable.Range(0, Points).Select(i => from * Math.Pow(end / from, i / (Points - 1.0))).TakeWhile(magnitude => magnitude <= format.Largest)];
            Figure line = Chart.Line(x, x.Select(format.Spacing).ToArray(), format.Name, markers: false);
            figure = figure is null ? line : figure.Add(line);
        }

        return figure!
            .Titled("Floating-point numbers lie closer together near zero, until a format runs out of exponents", string.Join(", ", formats.Select(format => FormattableString.Invariant($"{format.Name}: {format.ExponentBits} + {format.MantissaBits} bits"))))
            .XAxis("magnitude of the number", log: true)
            .YAxis("distance to the next number", log: true);
    }

    /// <summary>Draws the facts of formats as a table, one a column.</summary>
    /// <param name="formats">Which; float32, float16 and bfloat16 when empty.</param>
    public static Figure Table(IReadOnlyList<NumberFormat>? formats = null)
    {
        formats = formats is { Count: > 0 } ? formats : All;
        return Chart.Table([("", Facts(Float32).Select(fact => fact.Name).ToArray()), .. formats.Select(format => (format.Name, (Values)Facts(format).Select(fact => fact.Value).ToArray()))])
            .Titled("Range costs bits of exponent, digits cost bits of mantissa", string.Join(", ", formats.Select(format => format.Name)));
    }

    /// <summary>How a notebook shows it: a fact a line.</summary>
    /// <returns>text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => new Dictionary<string, string> { ["text/plain"] = ToString() };

    /// <summary>The facts, one a line.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Facts(this).Select(fact => $"{fact.Name,-20}{fact.Value}").Prepend(Name));

    private static (string Name, string Value)[] Facts(NumberFormat format) =>
    [
        ("bits", format.Bits.ToString(CultureInfo.InvariantCulture)),
        ("exponent bits", format.ExponentBits.ToString(CultureInfo.InvariantCulture)),
        ("mantissa bits", format.MantissaBits.ToString(CultureInfo.InvariantCulture)),
        ("decimal digits", ((format.MantissaBits + 1) * Math.Log10(2)).ToString("0.0", CultureInfo.InvariantCulture)),
        ("largest", format.Largest.ToString("G5", CultureInfo.InvariantCulture)),
        ("smallest normal", format.SmallestNormal.ToString("G4", CultureInfo.InvariantCulture)),
        ("smallest subnormal", format.SmallestSubnormal.ToString("G4", CultureInfo.InvariantCulture)),
        ("epsilon", format.Epsilon.ToString("G4", CultureInfo.InvariantCulture)),
    ];
}
