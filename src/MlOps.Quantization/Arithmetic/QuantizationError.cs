namespace MlOps.Quantization.Arithmetic;

/// <summary>What quantization has cost: how far x̂, the values after it, lie from x, those before.</summary>
/// <param name="Count">n, the values compared.</param>
/// <param name="MaxAbsolute">max |x − x̂|, in the unit of the values; 0 is no loss.</param>
/// <param name="Mean">Σ (x̂ − x) / n: the bias, negative if values shrank; near 0 if rounding is fair.</param>
/// <param name="MeanSquared">Σ (x − x̂)² / n, in the square of the unit.</param>
/// <param name="SignalToNoise">10 · log₁₀(Σ x² / Σ (x − x̂)²) in decibel; 6 dB more is half the error. +∞ without error, NaN if x is all zero and x̂ is too.</param>
/// <param name="Saturated">The share of values beyond the first or last code, in [0, 1]; NaN if only values were compared, not codes.</param>
/// <remarks>A bit more halves the step: about 6 dB. <para>Source: W. R. Bennett, "Spectra of Quantized Signals", Bell System Technical Journal 27 (1948).</para></remarks>
public sealed record QuantizationError(long Count, double MaxAbsolute, double Mean, double MeanSquared, double SignalToNoise, double Saturated)
{
    /// <summary>Gets √<see cref="MeanSquared"/>, in the unit of the values.</summary>
    public double RootMeanSquared => Math.Sqrt(MeanSquared);

    /// <summary>Compares values before and after.</summary>
    /// <param name="before">x: n ≥ 1 finite values.</param>
    /// <param name="after">x̂: n values.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there is no value.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is NaN or infinite.</exception>
    public static QuantizationError Between(ReadOnlySpan<float> before, ReadOnlySpan<float> after) => Between(before, after, double.NaN);

    internal static QuantizationError Between(ReadOnlySpan<float> before, ReadOnlySpan<float> after, double saturated)
    {
        if (before.Length != after.Length || before.IsEmpty)
        {
            throw new ArgumentException($"The error compares as many values after as before, 1 at least; got {before.Length} before, {after.Length} after.", nameof(after));
        }

        double largest = 0, sum = 0, noise = 0, signal = 0;
        for (int i = 0; i < before.Length; i++)
        {
            double error = (double)after[i] - before[i]; // of two floats, exact but for the last digit of a double
            largest = Math.Max(largest, Math.Abs(error));
            sum += error;
            noise += error * error;
            signal += (double)before[i] * before[i];
        }

        if (!double.IsFinite(sum))
        {
            throw new ArgumentOutOfRangeException(nameof(before), "A value is NaN or infinite; the error of such a value is no number.");
        }

        return new QuantizationError(before.Length, largest, sum / before.Length, noise / before.Length, 10 * Math.Log10(signal / noise), saturated);
    }

    /// <summary>The errors in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"max {MaxAbsolute:G4}, RMS {RootMeanSquared:G4}, mean {Mean:G3}, SNR {SignalToNoise:0.0} dB")
        + (double.IsNaN(Saturated) ? "" : FormattableString.Invariant($", {100 * Saturated:0.##} % saturated"));
}
