namespace MlOps.Drift.Estimation;

/// <summary>Metrics in words, and which way is better.</summary>
internal static class MetricNames
{
    internal static string Of(PerformanceMetric metric) => metric switch
    {
        PerformanceMetric.Accuracy => "accuracy",
        PerformanceMetric.Precision => "precision",
        PerformanceMetric.Recall => "recall",
        PerformanceMetric.Specificity => "specificity",
        PerformanceMetric.F1 => "F1",
        PerformanceMetric.RocAuc => "ROC AUC",
        PerformanceMetric.AveragePrecision => "average precision",
        PerformanceMetric.BrierScore => "Brier score",
        PerformanceMetric.LogLoss => "log loss",
        PerformanceMetric.MacroF1 => "macro-F1",
        PerformanceMetric.MeanAbsoluteError => "mean absolute error",
        PerformanceMetric.MeanSquaredError => "mean squared error",
        PerformanceMetric.RootMeanSquaredError => "root mean squared error",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Unknown metric."),
    };

    /// <summary>The name at the start of a sentence.</summary>
    internal static string Title(PerformanceMetric metric) => char.ToUpperInvariant(Of(metric)[0]) + Of(metric)[1..];

    internal static bool IsLoss(PerformanceMetric metric) => metric is
        PerformanceMetric.BrierScore or PerformanceMetric.LogLoss or PerformanceMetric.MeanAbsoluteError
        or PerformanceMetric.MeanSquaredError or PerformanceMetric.RootMeanSquaredError;

    /// <summary>The largest possible value.</summary>
    internal static double Ceiling(PerformanceMetric metric) =>
        IsLoss(metric) && metric != PerformanceMetric.BrierScore ? double.PositiveInfinity : 1;
}
