namespace MlOps.Learning.Metrics;

/// <summary>How an interval is read from resampled values.</summary>
public enum BootstrapMethod
{
    /// <summary>The quantiles themselves. Simple; slightly too narrow and off centre for skewed metrics.</summary>
    Percentile,

    /// <summary>Quantiles corrected for bias and skewness. Needs n further evaluations, one without each row.</summary>
    Bca,
}
