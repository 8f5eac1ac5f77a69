namespace MlOps.Drift.Monitoring;

/// <summary>What is known of one period when a decision about retraining is due.</summary>
/// <param name="From">Start of the period.</param>
/// <param name="Until">End of the period.</param>
/// <param name="Predictions">Predictions made in it, ≥ 0.</param>
public sealed partial record PeriodSignals(DateTimeOffset From, DateTimeOffset Until, long Predictions)
{
    /// <summary>Gets the share of wrong predictions, from labels; null when none have arrived.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>Gets the number of labels that <see cref="ErrorRate"/> comes from.</summary>
    public long Labels { get; init; }

    /// <summary>Gets the share of wrong predictions as estimated without labels; null when it was not estimated. Blind to concept shift.</summary>
    public double? EstimatedErrorRate { get; init; }

    /// <summary>Gets the worst drift of a column against the reference.</summary>
    public DriftLevel Drift { get; init; }

    /// <summary>Gets the worst drift against the same season before; null when there is nothing to compare with.</summary>
    public DriftLevel? SeasonalDrift { get; init; }

    /// <summary>Gets what is broken: schema, types, missing values, volume. Empty when nothing is.</summary>
    public IReadOnlyList<string> Broken { get; init; } = [];

    /// <summary>Gets the share of rows whose features differ between training code and serving code; null when not measured.</summary>
    public double? Skew { get; init; }

    /// <summary>Gets how far the stated probabilities are off (expected calibration error); null when not measured.</summary>
    public double? CalibrationError { get; init; }

    /// <summary>Gets how well the scores order good and bad (area under the ROC curve); null when not measured.</summary>
    public double? Auc { get; init; }
}
