namespace MlOps.Learning.Metrics;

/// <summary>How probabilities are put into bins.</summary>
public enum CalibrationBinning
{
    /// <summary>Bins of equal width over [0, 1]; some may hold few rows or none.</summary>
    Uniform,

    /// <summary>Bins of about equally many rows.</summary>
    Quantile,
}
