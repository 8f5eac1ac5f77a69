namespace MlOps.Drift.Estimation;

/// <summary>Settings of <see cref="SegmentPerformance"/>.</summary>
public sealed record SegmentOptions
{
    /// <summary>Gets the metric: accuracy, precision, recall, specificity or ROC AUC. Accuracy by default.</summary>
    public PerformanceMetric Metric { get; init; } = PerformanceMetric.Accuracy;

    /// <summary>Gets the score from which on a row is decided positive; 0.5 by default.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Gets how many rows the metric needs in a segment before it is tested; 30 by default, ≥ 2. For precision these are the positive decisions, for recall the
    /// true rows, for specificity the false ones, for ROC AUC the smaller class.</summary>
    public int MinimumRows { get; init; } = 30;

    /// <summary>Gets the level of the tests, in [0, 1]; 0.05 by default.</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Gets the correction for testing many segments; Benjamini–Hochberg by default.</summary>
    public Correction Correction { get; init; } = Correction.BenjaminiHochberg;

    /// <summary>Gets the nominal coverage of intervals, in (0, 1); 0.95 by default.</summary>
    public double Confidence { get; init; } = 0.95;

    internal void Check()
    {
        if (Metric is not (PerformanceMetric.Accuracy or PerformanceMetric.Precision or PerformanceMetric.Recall or PerformanceMetric.Specificity or PerformanceMetric.RocAuc))
        {
            throw new ArgumentOutOfRangeException(nameof(Metric), Metric, "Segments are compared by accuracy, precision, recall, specificity or ROC AUC.");
        }

        Guard.Finite(Threshold, nameof(Threshold));
        Guard.AtLeast(MinimumRows, 2, nameof(MinimumRows));
        Guard.Share(Alpha, nameof(Alpha));
        EstimationInputs.Confidence(Confidence, nameof(Confidence));
    }
}
