namespace MlOps.Learning.Preprocessing;

/// <summary>Mean and population variance of numbers.</summary>
/// <param name="Count">n.</param>
/// <param name="Mean">Σx / n; NaN if n is 0.</param>
/// <param name="Variance">Σ(x − mean)² / n; NaN if n is 0.</param>
internal readonly record struct Moments(int Count, double Mean, double Variance)
{
    /// <summary>Two passes, the second with the correction for the rounding of the first (T. Chan, G. Golub, R. LeVeque 1983, eq. 1.7).</summary>
    internal static Moments Of(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        double mean = sum / values.Length;
        double squares = 0;
        double rest = 0;
        foreach (double value in values)
        {
            double deviation = value - mean;
            squares += deviation * deviation;
            rest += deviation;
        }

        return new Moments(values.Length, mean + (rest / values.Length), (squares - (rest * rest / values.Length)) / values.Length);
    }
}
