namespace MlOps.Drift.Estimation;

/// <summary>What one row adds to a metric, if it is true and if it is false; n times the first derivative for ratios.</summary>
internal sealed class Contribution
{
    private readonly Func<double, bool, double> _of;

    private Contribution(double expected, Func<double, bool, double> of) => (Expected, _of) = (expected, of);

    internal double Expected { get; }

    /// <param name="metric">The metric.</param>
    /// <param name="rejected">Probabilities of the rows decided negative.</param>
    /// <param name="selected">Probabilities of the rows decided positive.</param>
    internal static Contribution Of(PerformanceMetric metric, ReadOnlySpan<double> rejected, ReadOnlySpan<double> selected)
    {
        (double missed, double hits) = (Sum(rejected), Sum(selected));
        double n = rejected.Length + selected.Length;
        double value = new ExpectedConfusion(hits, selected.Length - hits, missed, rejected.Length - missed).Of(metric);
        (double decided, double positive) = (selected.Length / n, (hits + missed) / n);
        return new Contribution(value, metric switch
        {
            PerformanceMetric.Accuracy => (d, y) => d == 1 == y ? 1 : 0,
            PerformanceMetric.Precision => (d, y) => d * ((y ? 1 : 0) - value) / decided,
            PerformanceMetric.Recall => (d, y) => (y ? d - value : 0) / positive,
            PerformanceMetric.Specificity => (d, y) => (y ? 0 : 1 - d - value) / (1 - positive),
            _ => (d, y) => ((2 * d * (y ? 1 : 0)) - (value * (d + (y ? 1 : 0)))) / (decided + positive),
        });
    }

    /// <summary>The variance of u over rows and labels.</summary>
    internal double Variance(ReadOnlySpan<double> rejected, ReadOnlySpan<double> selected)
    {
        double n = rejected.Length + selected.Length;
        (double sumNo, double squareNo) = Moments(rejected, 0);
        (double sumYes, double squareYes) = Moments(selected, 1);
        double mean = (sumNo + sumYes) / n;
        return Math.Max(0, ((squareNo + squareYes) / n) - (mean * mean));
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>Within one decision only the label matters, so the sum of the probabilities is enough.</summary>
    private (double Sum, double Square) Moments(ReadOnlySpan<double> p, double decision)
    {
        (double ifTrue, double ifFalse) = (_of(decision, true), _of(decision, false));
        double hits = Sum(p);
        double misses = p.Length - hits;
        return ((hits * ifTrue) + (misses * ifFalse), (hits * ifTrue * ifTrue) + (misses * ifFalse * ifFalse));
    }
}
