namespace MlOps.Fairness.Cards;

/// <summary>A measured value on a card.</summary>
/// <param name="Metric">Its name: <c>accuracy</c>, <c>truePositiveRate</c>.</param>
/// <param name="Group">The group it was measured on; null for all rows.</param>
/// <param name="Value">The value; null if it is undefined.</param>
/// <param name="Lower">Lower end of its 95 % interval; null if there is none.</param>
/// <param name="Upper">Upper end; null if there is none.</param>
/// <param name="Count">The number of rows it was computed from; null if unknown.</param>
/// <param name="Note">Where it comes from, or why it is undefined; null if there is nothing to say.</param>
public sealed record CardMetric(string Metric, string? Group, double? Value, double? Lower = null, double? Upper = null, long? Count = null, string? Note = null)
{
    /// <summary>A share with Wilson's 95 % interval (<see cref="Rate.Wilson"/>); undefined, and without interval, if n = 0.</summary>
    /// <param name="metric">The metric's name.</param>
    /// <param name="group">The group; null for all rows.</param>
    /// <param name="rate">k of n.</param>
    /// <param name="lacking">What there is none of where n is 0: <c>no positives</c>.</param>
    public static CardMetric Of(string metric, string? group, Rate rate, string? lacking = null)
    {
        ConfidenceInterval? interval = rate.Wilson();
        return new CardMetric(metric, group, rate.Value, interval?.Low, interval?.High, rate.Denominator, rate.Value is null ? $"undefined: {lacking ?? "0 of 0"}" : null);
    }

    /// <summary>The metrics of a run, by name in ordinal order.</summary>
    /// <remarks><c>auc_lower</c>, <c>auc_upper</c> and <c>auc_count</c> (or with a point) are not metrics of their own: they are the interval and the rows of <c>auc</c>, if that is there too.
    /// A value that is no finite number is undefined.</remarks>
    /// <param name="metrics">Name and value.</param>
    public static IReadOnlyList<CardMetric> OfRun(IReadOnlyDictionary<string, double> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        return [.. metrics.Where(pair => Owner(pair.Key) is not { } owner || !metrics.ContainsKey(owner)).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new CardMetric(
            pair.Key,
            null,
            Finite(pair.Value),
            Part(metrics, pair.Key, "lower"),
            Part(metrics, pair.Key, "upper"),
            Part(metrics, pair.Key, "count") is { } count and >= 0 and < 1e15 ? (long)count : null,
            double.IsFinite(pair.Value) ? "from the run" : "from the run; not a finite number"))];
    }

    private static string? Owner(string name)
    {
        string[] endings = ["lower", "upper", "count"];
        return endings.Where(ending => name.EndsWith('_' + ending, StringComparison.Ordinal) || name.EndsWith('.' + ending, StringComparison.Ordinal)).Select(ending => name[..^(ending.Length + 1)]).FirstOrDefault();
    }

    private static double? Part(IReadOnlyDictionary<string, double> metrics, string name, string part) =>
        metrics.TryGetValue($"{name}_{part}", out double value) || metrics.TryGetValue($"{name}.{part}", out value) ? Finite(value) : null;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
