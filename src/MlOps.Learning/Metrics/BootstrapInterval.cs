namespace MlOps.Learning.Metrics;

/// <summary>A confidence interval of a metric.</summary>
/// <param name="Estimate">The metric on all rows.</param>
/// <param name="Low">The lower end; NaN if no resample was defined or the correction is not (all resamples alike).</param>
/// <param name="High">The upper end; NaN likewise.</param>
/// <param name="Level">The share of such intervals that contain the true value, for example 0.95.</param>
/// <param name="Method">How it was made.</param>
/// <param name="Undefined">Resamples in which the metric was NaN or infinite. They are left out; if they are many, do not trust the interval.</param>
/// <param name="Distribution">The defined values of the resamples, in the order they were drawn.</param>
public sealed record BootstrapInterval(
    double Estimate, double Low, double High, double Level, BootstrapMethod Method, int Undefined, IReadOnlyList<double> Distribution)
{
    /// <summary>Gets how many resamples were drawn, the undefined ones among them.</summary>
    public int Resamples => Distribution.Count + Undefined;

    /// <summary>Gets the standard deviation of the resampled values (n − 1); NaN with fewer than two.</summary>
    public double StandardError
    {
        get
        {
            double mean = Distribution.Count == 0 ? double.NaN : Distribution.Average();
            return Distribution.Count < 2 ? double.NaN : Math.Sqrt(Distribution.Sum(value => (value - mean) * (value - mean)) / (Distribution.Count - 1));
        }
    }

    /// <summary>Returns <c>0.912 [0.884, 0.934], 95 % bootstrap of 1,000</c>, and the number of undefined resamples if there are any.</summary>
    public override string ToString()
    {
        string undefined = Undefined == 0 ? "" : FormattableString.Invariant($", {Undefined} of them undefined");
        return FormattableString.Invariant($"{Estimate:G4} [{Low:G4}, {High:G4}], {100 * Level:0.##} % bootstrap of {Resamples:#,0}{undefined}");
    }
}
