namespace MlOps.Drift.Estimation;

/// <summary>Expected calibration error (ECE): how far probabilities are from the shares that came true.</summary>
/// <remarks>
/// <c>ECE = Σ_b (n_b / n) · |share of true rows in b − mean probability in b|</c> over bins of equal width on [0, 1]; a bin holds
/// <c>lower ≤ p &lt; upper</c>, the last one 1 too. Range [0, 1]; 0 is perfect. Small samples have an error by chance: with n_b rows about
/// <c>√(p(1−p)/n_b)</c> a bin.
/// <para>Source: M. Pakdaman Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015.</para>
/// </remarks>
public static class ExpectedCalibrationError
{
    /// <summary>Measures the error.</summary>
    /// <param name="probabilities">At least one probability.</param>
    /// <param name="labels">Whether each came true.</param>
    /// <param name="bins">Number of bins, ≥ 1.</param>
    /// <exception cref="ArgumentException">No row, or unequal lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is outside [0, 1] or NaN, or there is no bin.</exception>
    public static double Compute(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, int bins = 10)
    {
        EstimationInputs.NotEmpty(probabilities.Length, nameof(probabilities));
        EstimationInputs.SameLength(probabilities.Length, labels.Length, "probabilities", nameof(labels));
        Guard.AtLeast(bins, 1);
        double[] excess = new double[bins]; // of true rows over what the probabilities promised
        for (int i = 0; i < probabilities.Length; i++)
        {
            double p = Guard.Share(probabilities[i], nameof(probabilities));
            excess[Math.Min(bins - 1, (int)(p * bins))] += (labels[i] ? 1 : 0) - p;
        }

        double error = 0;
        foreach (double difference in excess)
        {
            error += Math.Abs(difference);
        }

        return error / probabilities.Length;
    }
}
