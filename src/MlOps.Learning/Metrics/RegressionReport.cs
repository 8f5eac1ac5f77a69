namespace MlOps.Learning.Metrics;

/// <summary>How good predicted numbers are, in one record. See <see cref="RegressionMetrics"/> for what each number means.</summary>
/// <param name="Count">n, the rows measured.</param>
/// <param name="MeanAbsoluteError">In the unit of the target.</param>
/// <param name="MeanSquaredError">In its squared unit.</param>
/// <param name="RootMeanSquaredError">In the unit of the target.</param>
/// <param name="RSquared">At most 1; NaN for one row.</param>
/// <param name="ExplainedVariance">At most 1.</param>
/// <param name="MeanAbsolutePercentageError">A share: 0.1 is 10 %.</param>
/// <param name="MedianAbsoluteError">In the unit of the target.</param>
/// <param name="MaxError">In the unit of the target; weights do not change it.</param>
public sealed record RegressionReport(
    int Count,
    double MeanAbsoluteError,
    double MeanSquaredError,
    double RootMeanSquaredError,
    double RSquared,
    double ExplainedVariance,
    double MeanAbsolutePercentageError,
    double MedianAbsoluteError,
    double MaxError)
{
    /// <summary>Measures n predictions.</summary>
    /// <param name="truth">The true values, finite: n ≥ 1.</param>
    /// <param name="predicted">The predicted values, finite.</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, a value not finite, or all weights 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static RegressionReport Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> predicted, ReadOnlySpan<double> weights = default)
    {
        double squared = RegressionMetrics.MeanSquaredError(truth, predicted, weights);
        return new RegressionReport(
            truth.Length,
            RegressionMetrics.MeanAbsoluteError(truth, predicted, weights),
            squared,
            Math.Sqrt(squared),
            RegressionMetrics.RSquared(truth, predicted, weights),
            RegressionMetrics.ExplainedVariance(truth, predicted, weights),
            RegressionMetrics.MeanAbsolutePercentageError(truth, predicted, weights),
            RegressionMetrics.MedianAbsoluteError(truth, predicted, weights),
            RegressionMetrics.MaxError(truth, predicted));
    }

    /// <summary>Returns the numbers as JSON: <c>{"mae","rmse","r2","mse","explainedVariance","mape","medianAe","maxError"}</c>. An undefined number is null.</summary>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => MetricJson.Write(indented, Metrics().Select(metric => (metric.Key, (double?)metric.Value)));

    /// <summary>Returns how a notebook shows the report.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Table().ToMimeBundle();

    /// <summary>Returns the report as an aligned text.</summary>
    public override string ToString() => Table().ToText();

    private IEnumerable<(string Key, string Words, double Value)> Metrics() =>
    [
        ("mae", "mean absolute error", MeanAbsoluteError),
        ("rmse", "root mean squared error", RootMeanSquaredError),
        ("r2", "R²", RSquared),
        ("mse", "mean squared error", MeanSquaredError),
        ("explainedVariance", "explained variance", ExplainedVariance),
        ("mape", "mean absolute percentage error (share)", MeanAbsolutePercentageError),
        ("medianAe", "median absolute error", MedianAbsoluteError),
        ("maxError", "largest absolute error", MaxError),
    ];

    private MetricTable Table() => new(
        FormattableString.Invariant($"Off by {MeanAbsoluteError:G4} on average; R² {MetricTable.Share(RSquared)}"),
        FormattableString.Invariant($"n = {Count:#,0}"),
        ["metric", "value"],
        [.. Metrics().Select(metric => (string[])[metric.Words, MetricTable.Number(metric.Value)])]);
}
