using MlOps.Data;
using MlOps.Fairness.Internals;

namespace MlOps.Fairness;

/// <summary>What a model of a number (a price, an amount, a score) did to every group, and how far apart the groups are.</summary>
/// <remarks>
/// Differences are largest − smallest over the groups and ratios smallest / largest, as Fairlearn's MetricFrame forms them between groups; groups
/// where a number is undefined are left out and named in the metric's note. The metrics: <c>meanPredictionDifference</c>, <c>meanPredictionRatio</c>,
/// <c>meanErrorDifference</c>, <c>meanAbsoluteErrorDifference</c>, <c>meanAbsoluteErrorRatio</c>, <c>rootMeanSquaredErrorDifference</c>,
/// <c>rootMeanSquaredErrorRatio</c>, <c>rSquaredDifference</c>; statistical parity of the whole distribution as <c>wassersteinDistance</c> and
/// <c>kolmogorovSmirnovDistance</c>, the largest over all pairs of groups; bounded group loss as <c>largestGroupMeanAbsoluteError</c> and
/// <c>largestGroupMeanSquaredError</c>, the worst-off group's loss, to be held against a limit. A ratio is undefined if a mean is negative or all are 0.
/// <para>Source of the two parity notions: A. Agarwal, M. Dudík, Z. S. Wu, "Fair Regression: Quantitative Definitions and Reduction-Based
/// Algorithms", ICML 2019.</para>
/// </remarks>
/// <param name="Columns">The sensitive columns.</param>
/// <param name="Groups">The groups, in the order of <see cref="Fairness.Groups"/>; also those nobody belongs to.</param>
/// <param name="Overall">All rows, those without a group too; its values are empty.</param>
/// <param name="Gaps">The distances of the predictions' distributions, for every pair of groups somebody belongs to.</param>
/// <param name="Metrics">The comparisons, by name.</param>
public sealed partial record RegressionFairness(
    IReadOnlyList<string> Columns,
    IReadOnlyList<RegressionOutcome> Groups,
    RegressionOutcome Overall,
    IReadOnlyList<PredictionGap> Gaps,
    IReadOnlyList<ParityMetric> Metrics)
{
    /// <summary>Gets a comparison by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name; the message lists those there are.</exception>
    public ParityMetric this[string name] => Metrics.FirstOrDefault(metric => metric.Name == name)
        ?? throw new KeyNotFoundException($"There is no metric '{name}'. There are: {string.Join(", ", Metrics.Select(metric => metric.Name))}.");

    /// <summary>Measures predictions in a table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="truth">The column with what was true: numbers.</param>
    /// <param name="prediction">The column with what was predicted: numbers.</param>
    /// <param name="sensitive">The sensitive columns, at least one.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">A column of numbers holds text or times.</exception>
    /// <exception cref="ArgumentException">A number is missing or infinite, the message names the row; there is no row; or the sensitive columns make no groups.</exception>
    public static RegressionFairness Of(Table table, string truth, string prediction, params IReadOnlyList<string> sensitive)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Of(table.Numbers(truth), table.Numbers(prediction), Fairness.Groups.Of(table, sensitive));
    }

    /// <summary>Measures predictions. O(n log n) for n rows, and O(g · n) for the distances between g groups.</summary>
    /// <param name="truth">What was true, y, one number a row.</param>
    /// <param name="predictions">What was predicted, ŷ, likewise.</param>
    /// <param name="groups">Who belongs to which group, as many rows.</param>
    /// <exception cref="ArgumentException">The lengths differ, there is no row, or a number is NaN or infinite; the message names the row, counted from 0.</exception>
    public static RegressionFairness Of(ReadOnlySpan<double> truth, ReadOnlySpan<double> predictions, Groups groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        if (truth.Length != predictions.Length || truth.Length != groups.RowCount || truth.Length == 0)
        {
            throw new ArgumentException($"Each row needs a truth, a prediction and a group, and there must be rows: {truth.Length} truths, {predictions.Length} predictions, {groups.RowCount} groups.", nameof(truth));
        }

        var sums = new ErrorSums[groups.Count + 1]; // the last one is for the rows without a group
        int[] counts = new int[groups.Count];
        ReadOnlySpan<int> codes = groups.Codes;
        for (int i = 0; i < truth.Length; i++)
        {
            if (!double.IsFinite(truth[i]) || !double.IsFinite(predictions[i]))
            {
                bool isTruth = !double.IsFinite(truth[i]);
                throw new ArgumentException(
                    FormattableString.Invariant($"Row {i}: the {(isTruth ? "truth" : "prediction")} is {(isTruth ? truth[i] : predictions[i])}; it must be a finite number. Drop the row, or mend the model."),
                    isTruth ? nameof(truth) : nameof(predictions));
            }

            sums[codes[i] < 0 ? groups.Count : codes[i]].Add(truth[i], predictions[i]);
            if (codes[i] >= 0)
            {
                counts[codes[i]]++;
            }
        }

        var overall = default(ErrorSums);
        foreach (ErrorSums part in sums)
        {
            overall.Add(part);
        }

        RegressionOutcome[] outcomes = [.. groups.Names.Select((name, g) => sums[g].ToOutcome(name, groups.Values[g]))];
        PredictionGap[] gaps = Pairs(groups.Names, SortedByGroup(predictions, codes, counts));
        return new RegressionFairness(groups.Columns, outcomes, overall.ToOutcome("overall", []), gaps, Compare(outcomes, gaps));
    }

    private static double[][] SortedByGroup(ReadOnlySpan<double> predictions, ReadOnlySpan<int> codes, int[] counts)
    {
        double[][] samples = Array.ConvertAll(counts, count => new double[count]);
        int[] filled = new int[counts.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] >= 0)
            {
                samples[codes[i]][filled[codes[i]]++] = predictions[i];
            }
        }

        foreach (double[] sample in samples)
        {
            RadixSort.Sort(sample);
        }

        return samples;
    }

    private static PredictionGap[] Pairs(IReadOnlyList<string> names, double[][] samples)
    {
        int[] inhabited = [.. Enumerable.Range(0, names.Count).Where(g => samples[g].Length > 0)];
        return [.. inhabited.SelectMany(a => inhabited.Where(b => b > a), (a, b) => PredictionGap.Of(names[a], samples[a], names[b], samples[b]))];
    }

    private static ParityMetric[] Compare(RegressionOutcome[] groups, PredictionGap[] gaps)
    {
        string? alone = gaps.Length == 0 ? "fewer than two groups have rows" : null;
        return
        [
            Difference("meanPrediction", groups, group => group.MeanPrediction),
            Ratio("meanPrediction", groups, group => group.MeanPrediction),
            Difference("meanError", groups, group => group.MeanError),
            Difference("meanAbsoluteError", groups, group => group.MeanAbsoluteError),
            Ratio("meanAbsoluteError", groups, group => group.MeanAbsoluteError),
            Difference("rootMeanSquaredError", groups, group => group.RootMeanSquaredError),
            Ratio("rootMeanSquaredError", groups, group => group.RootMeanSquaredError),
            Difference("rSquared", groups, group => group.RSquared),
            new ParityMetric("wassersteinDistance", gaps.Length == 0 ? null : gaps.Max(gap => gap.Wasserstein), 0, alone),
            new ParityMetric("kolmogorovSmirnovDistance", gaps.Length == 0 ? null : gaps.Max(gap => gap.KolmogorovSmirnov), 0, alone),
            Largest("largestGroupMeanAbsoluteError", groups, group => group.MeanAbsoluteError),
            Largest("largestGroupMeanSquaredError", groups, group => group.MeanSquaredError),
        ];
    }

    private static ParityMetric Difference(string name, RegressionOutcome[] groups, Func<RegressionOutcome, double?> number)
    {
        double[] defined = [.. groups.Select(number).OfType<double>()];
        return new ParityMetric(name + "Difference", defined.Length < 2 ? null : defined.Max() - defined.Min(), 0, Note(groups, number));
    }

    private static ParityMetric Ratio(string name, RegressionOutcome[] groups, Func<RegressionOutcome, double?> number)
    {
        double[] defined = [.. groups.Select(number).OfType<double>()];
        bool meaningless = defined.Length >= 2 && (defined.Min() < 0 || defined.Max() == 0);
        string? note = Note(groups, number);
        return new ParityMetric(
            name + "Ratio",
            defined.Length < 2 || meaningless ? null : defined.Min() / defined.Max(),
            1,
            meaningless ? string.Join("; ", new[] { "a ratio needs means that are not negative, one of them above 0", note }.OfType<string>()) : note);
    }

    private static ParityMetric Largest(string name, RegressionOutcome[] groups, Func<RegressionOutcome, double?> number)
    {
        RegressionOutcome? worst = groups.Where(group => number(group) is not null).MaxBy(number);
        return new ParityMetric(name, worst is null ? null : number(worst), 0, worst is null ? "no group has rows" : $"that of {worst.Group}");
    }

    private static string? Note(RegressionOutcome[] groups, Func<RegressionOutcome, double?> number)
    {
        string[] undefined = [.. groups.Where(group => number(group) is null).Select(group => group.Group)];
        return undefined.Length == 0 ? null : $"undefined for {string.Join(", ", undefined)}";
    }
}
