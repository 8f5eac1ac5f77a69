namespace MlOps.Charts.Statistics;

/// <summary>A Gaussian kernel density estimate on a grid.</summary>
/// <param name="Grid">Places from the smallest to the largest value of the sample.</param>
/// <param name="Heights">Density at each place, per unit of the sample; 0 for a constant sample, whose density has no finite value.</param>
internal sealed record KernelDensity(double[] Grid, double[] Heights)
{
    /// <summary>Places that make a smooth outline at the size of a page.</summary>
    private const int Places = 81;

    /// <summary>
    /// <c>f(x) = 1/(n·h) Σ φ((x − xᵢ)/h)</c> with Scott's bandwidth <c>h = s·n^(−1/5)</c>, s with divisor n − 1.
    /// </summary>
    /// <remarks>
    /// D. W. Scott, "Multivariate Density Estimation", 1992. The outline ends at the extremes of the data: no density is
    /// drawn where nothing was seen.
    /// </remarks>
    internal static KernelDensity Of(double[] sample)
    {
        double mean = sample.Average();
        double squares = 0;
        foreach (double value in sample)
        {
            squares += (value - mean) * (value - mean);
        }

        double deviation = sample.Length > 1 ? Math.Sqrt(squares / (sample.Length - 1)) : 0;
        double bandwidth = deviation * Math.Pow(sample.Length, -0.2);
        (double low, double high) = (sample.Min(), sample.Max());
        if (!(bandwidth > 0) || low == high)
        {
            return new KernelDensity([low], [0]);
        }

        var grid = new double[Places];
        var heights = new double[Places];
        for (int i = 0; i < Places; i++)
        {
            grid[i] = low + (high - low) * i / (Places - 1);
            heights[i] = At(grid[i], sample, bandwidth);
        }

        return new KernelDensity(grid, heights);
    }

    internal static double At(double place, double[] sample, double bandwidth)
    {
        double sum = 0;
        foreach (double value in sample)
        {
            double z = (place - value) / bandwidth;
            sum += Math.Exp(-0.5 * z * z);
        }

        return sum / (sample.Length * bandwidth * Math.Sqrt(2 * Math.PI));
    }
}
