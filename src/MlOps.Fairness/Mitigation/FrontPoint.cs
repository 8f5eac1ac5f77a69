namespace MlOps.Fairness.Mitigation;

/// <summary>One model, or one way to decide, by what it achieves and how unequally it treats.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Accuracy">Its accuracy, or any other goodness of which more is better.</param>
/// <param name="Difference">The chosen parity difference, ≥ 0; 0 is equality.</param>
/// <param name="AccuracyInterval">An interval for the accuracy, or null.</param>
/// <param name="IsOnFront">Whether no other point is at least as good in both and better in one. Set by <see cref="AccuracyFairnessFront"/>.</param>
public sealed record FrontPoint(string Name, double Accuracy, double Difference, (double Low, double High)? AccuracyInterval = null, bool IsOnFront = false)
{
    /// <summary>The point of a fairness report.</summary>
    /// <param name="name">What was measured.</param>
    /// <param name="report">Its report.</param>
    /// <param name="metric">The comparison on the axis: a difference.</param>
    /// <exception cref="KeyNotFoundException">The report has no such metric.</exception>
    /// <exception cref="ArgumentException">The metric is undefined there, or no difference; the message says why.</exception>
    public static FrontPoint Of(string name, FairnessReport report, string metric = "demographicParityDifference")
    {
        ArgumentNullException.ThrowIfNull(report);
        ParityMetric found = report[metric];
        if (found.Ideal != 0)
        {
            throw new ArgumentException($"The front needs a difference, which is 0 at equality; '{metric}' is {found.Ideal} there.", nameof(metric));
        }

        return found.Value is { } value && report.Overall.Accuracy.Value is { } accuracy
            ? new FrontPoint(name, accuracy, Math.Abs(value))
            : throw new ArgumentException($"'{metric}' of '{name}' is undefined: {found.Note}.", nameof(report));
    }
}
