using MathNet.Numerics.Distributions;

namespace MlOps.Drift.Estimation;

/// <summary>A metric with its interval and what a test of it needs.</summary>
/// <param name="Value">The metric.</param>
/// <param name="Lower">Lower end of its interval.</param>
/// <param name="Upper">Upper end of its interval.</param>
/// <param name="Effective">Rows that count for it.</param>
/// <param name="StandardError">Of ROC AUC; NaN for a share.</param>
/// <param name="Hits">Of the rows that count, those that were right; NaN for ROC AUC.</param>
internal sealed record SegmentMeasure(double Value, double Lower, double Upper, int Effective, double StandardError, double Hits)
{
    internal static SegmentMeasure Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, SegmentOptions options)
    {
        double z = Normal.InvCDF(0, 1, (1 + options.Confidence) / 2);
        ExpectedConfusion counts = BinaryMetrics.Confusion(scores, labels, options.Threshold);
        if (options.Metric == PerformanceMetric.RocAuc)
        {
            var area = AreaUnderCurve.Measure(scores, labels);
            double positives = counts.TruePositives + counts.FalseNegatives;
            return new SegmentMeasure(
                area.Area,
                Math.Max(0, area.Area - (z * area.StandardError)),
                Math.Min(1, area.Area + (z * area.StandardError)),
                (int)Math.Min(positives, scores.Length - positives),
                area.StandardError,
                double.NaN);
        }

        (double hits, double n) = options.Metric switch
        {
            PerformanceMetric.Precision => (counts.TruePositives, counts.TruePositives + counts.FalsePositives),
            PerformanceMetric.Recall => (counts.TruePositives, counts.TruePositives + counts.FalseNegatives),
            PerformanceMetric.Specificity => (counts.TrueNegatives, counts.TrueNegatives + counts.FalsePositives),
            _ => (counts.TruePositives + counts.TrueNegatives, counts.Total),
        };
        return Share(hits, n, z);
    }

    /// <summary>A share over the rows outside a segment: what is left of all rows.</summary>
    internal static SegmentMeasure Rest(SegmentMeasure all, SegmentMeasure segment) => Share(all.Hits - segment.Hits, all.Effective - segment.Effective, 0);

    private static SegmentMeasure Share(double hits, double n, double z)
    {
        (double lower, double upper) = Intervals.Wilson(hits, n, z);
        return new SegmentMeasure(hits / n, lower, upper, (int)n, double.NaN, hits);
    }

    /// <summary>The two-sided p-value of equality; 1 if both are equal without any spread.</summary>
    internal static double PValue(SegmentMeasure a, SegmentMeasure b)
    {
        double pooled = ((a.Value * a.Effective) + (b.Value * b.Effective)) / (a.Effective + b.Effective);
        double error = double.IsNaN(a.StandardError)
            ? Math.Sqrt(pooled * (1 - pooled) * ((1.0 / a.Effective) + (1.0 / b.Effective)))
            : Math.Sqrt((a.StandardError * a.StandardError) + (b.StandardError * b.StandardError));
        double difference = Math.Abs(a.Value - b.Value);
        return difference == 0 ? 1 : 2 * Normal.CDF(0, 1, -difference / error);
    }
}
