namespace MlOps.Drift.Estimation;

/// <summary>The metrics of a two-class model, from scores and labels: what an estimate is compared with.</summary>
/// <remarks>
/// A row is decided positive from the threshold on (<c>score ≥ threshold</c>). As scikit-learn's metrics, except that what is undefined is NaN:
/// precision without a positive decision, recall and average precision without a true row, ROC AUC of one class. Log loss takes scores no nearer to 0 and 1 than
/// 2.2e−16. Brier score and log loss exist for scores in [0, 1] only and are NaN for others.
/// </remarks>
internal static class BinaryMetrics
{
    /// <summary>The smallest probability that log loss takes, as scikit-learn's.</summary>
    internal const double SmallestProbability = 2.220446049250313e-16;

    /// <summary>The metrics in the order of reports.</summary>
    internal static readonly PerformanceMetric[] All =
    [
        PerformanceMetric.Accuracy, PerformanceMetric.Precision, PerformanceMetric.Recall, PerformanceMetric.Specificity, PerformanceMetric.F1,
        PerformanceMetric.RocAuc, PerformanceMetric.AveragePrecision, PerformanceMetric.BrierScore, PerformanceMetric.LogLoss,
    ];

    /// <summary>Counts decisions against labels.</summary>
    /// <param name="scores">Finite scores; may be empty.</param>
    /// <param name="labels">Whether each row turned out true.</param>
    /// <param name="threshold">Decided positive from this score on.</param>
    /// <exception cref="ArgumentException">Unequal lengths, or a score that is not finite.</exception>
    public static ExpectedConfusion Confusion(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, double threshold = 0.5)
    {
        Check(scores, labels, threshold);
        int decided = 0, hits = 0, positives = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            bool positive = scores[i] >= threshold;
            decided += positive ? 1 : 0;
            hits += positive && labels[i] ? 1 : 0;
            positives += labels[i] ? 1 : 0;
        }

        return new ExpectedConfusion(hits, decided - hits, positives - hits, scores.Length - decided - positives + hits);
    }

    /// <summary>Measures one metric.</summary>
    /// <param name="metric">A metric of two-class models.</param>
    /// <param name="scores">Finite scores; an empty sample gives NaN.</param>
    /// <param name="labels">Whether each row turned out true.</param>
    /// <param name="threshold">Decided positive from this score on.</param>
    /// <exception cref="ArgumentException">Unequal lengths, or a score that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The metric is not one of two-class models.</exception>
    public static double Compute(PerformanceMetric metric, ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, double threshold = 0.5)
    {
        switch (metric)
        {
            case PerformanceMetric.RocAuc:
                Check(scores, labels, threshold);
                return AreaUnderCurve.Measure(scores, labels).Area;
            case PerformanceMetric.AveragePrecision:
                Check(scores, labels, threshold);
                return AveragePrecision(LabelledScores.Of(scores, labels));
            case PerformanceMetric.BrierScore or PerformanceMetric.LogLoss:
                Check(scores, labels, threshold);
                return EstimationInputs.AreProbabilities(scores) ? MeanLoss(metric, scores, labels) : double.NaN;
            default:
                return Confusion(scores, labels, threshold).Of(metric);
        }
    }

    private static double MeanLoss(PerformanceMetric metric, ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels)
    {
        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            double given = labels[i] ? scores[i] : 1 - scores[i];
            sum += metric == PerformanceMetric.BrierScore
                ? (1 - given) * (1 - given)
                : -Math.Log(Math.Clamp(given, SmallestProbability, 1 - SmallestProbability));
        }

        return sum / scores.Length;
    }

    private static double AveragePrecision(LabelledScores rows)
    {
        double sum = 0, hits = 0, decided = 0;
        for (int g = rows.Scores.Length - 1; g >= 0; g--)
        {
            hits += rows.Positives[g];
            decided += rows.Counts[g];
            sum += rows.Positives[g] * (hits / decided);
        }

        return sum / hits;
    }

    private static void Check(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, double threshold)
    {
        EstimationInputs.SameLength(scores.Length, labels.Length, "scores", nameof(labels));
        EstimationInputs.Finite(scores, nameof(scores));
        Guard.Finite(threshold);
    }
}
