using MathNet.Numerics.Distributions;

namespace MlOps.Fairness;

/// <summary>A share: <c>k</c> of <c>n</c>. Undefined, not 0, where there was nobody to count.</summary>
/// <param name="Numerator">k, 0 ≤ k ≤ n.</param>
/// <param name="Denominator">n ≥ 0.</param>
public readonly record struct Rate(long Numerator, long Denominator)
{
    /// <summary>Gets k / n in [0, 1]; null if n = 0.</summary>
    public double? Value => Denominator == 0 ? null : (double)Numerator / Denominator;

    /// <summary>Returns Wilson's interval: the shares from which <c>k</c> of <c>n</c> is no surprise.</summary>
    /// <remarks>
    /// <c>(p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)</c>, <c>p = k / n</c>, <c>z</c> the normal quantile of <c>(1 + confidence) / 2</c>.
    /// Within [0, 1] also for 0 of n and n of n, and usable for few rows, where <c>p ± z·√(p(1 − p)/n)</c> is not.
    /// <para>Source: E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical Inference", JASA 22 (1927) 209–212.</para>
    /// </remarks>
    /// <param name="confidence">Between 0 and 1, both excluded.</param>
    /// <returns>The interval; null if n = 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="confidence"/> is not between 0 and 1.</exception>
    public ConfidenceInterval? Wilson(double confidence = 0.95)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), FormattableString.Invariant($"A confidence lies between 0 and 1, both excluded; got {confidence}."));
        }

        if (Value is not { } p)
        {
            return null;
        }

        double z = Normal.InvCDF(0, 1, (1 + confidence) / 2);
        double n = Denominator;
        double scale = 1 + (z * z / n);
        double centre = (p + (z * z / (2 * n))) / scale;
        double half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n))) / scale;
        return new ConfidenceInterval(
            Numerator == 0 ? 0 : Math.Max(0, centre - half), // exactly 0 in theory
            Numerator == Denominator ? 1 : Math.Min(1, centre + half));
    }

    /// <summary>Writes <c>0.25 (1 of 4)</c>, or <c>undefined (0 of 0)</c>.</summary>
    public override string ToString() =>
        Value is { } value ? FormattableString.Invariant($"{value:0.####} ({Numerator} of {Denominator})") : "undefined (0 of 0)";
}
