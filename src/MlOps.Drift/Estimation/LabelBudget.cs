using System.Globalization;
using MathNet.Numerics.Distributions;

namespace MlOps.Drift.Estimation;

/// <summary>How many labels it takes to measure a metric, and where to draw them.</summary>
/// <param name="Metric">The metric that is to be measured.</param>
/// <param name="HalfWidth">The wanted half width of its interval.</param>
/// <param name="Confidence">The nominal coverage, in (0, 1).</param>
/// <param name="Expected">The metric's expected value under the probabilities.</param>
/// <param name="SimpleRandom">Labels needed if rows are drawn at random from all.</param>
/// <param name="Stratified">Labels needed if they are drawn by stratum: the sum over <paramref name="Strata"/>.</param>
/// <param name="Strata">From the lowest probabilities to the highest.</param>
/// <remarks>
/// A metric moves by uᵢ(yᵢ) / n with the label of row i (for ratios to first order). Strata are equal shares of the rows by probability; S_h² is the variance of u in
/// stratum h, over rows and labels, and W_h its share. Neyman's allocation <c>n_h ∝ W_h·S_h</c> needs <c>n = (Σ W_h S_h)² / ((h/z)² + Σ W_h S_h² / N)</c>,
/// drawing at random <c>n = S² / ((h/z)² + S² / N)</c>, N the rows. A stratum gets at least 2 labels (its rows if it has fewer), so that its spread can be checked, and at most its rows.
/// <para>A plan, not a promise: it believes the probabilities, which is what the labels are to check. When P(y | x) has changed the interval comes out wider or narrower; the
/// estimate <c>Σ W_h · (mean of u in h)</c> stays right. No stratum holds both decisions.</para>
/// <para>Sources: J. Neyman, J. R. Statist. Soc. 97 (1934) 558–625; W. G. Cochran, "Sampling Techniques" (1977), 5.5 and 5.9; C. Sawade et al., NIPS 2010 (active evaluation).</para>
/// </remarks>
public sealed record LabelBudget(
    PerformanceMetric Metric, double HalfWidth, double Confidence, double Expected, int SimpleRandom, int Stratified, IReadOnlyList<LabelStratum> Strata)
{
    private const int FewestLabels = 2;

    /// <summary>Plans the labels for rows of a model that decides by the probability itself.</summary>
    /// <param name="metric">Accuracy, precision, recall, specificity or F1.</param>
    /// <param name="halfWidth">The wanted half width of the interval, in (0, 1): 0.02 for ± two points.</param>
    /// <param name="probabilities">The calibrated probability of every row that could be labelled: at least one.</param>
    /// <param name="confidence">Nominal coverage, in (0, 1).</param>
    /// <param name="threshold">Decided positive from this probability on.</param>
    /// <param name="strata">How many strata to cut, ≥ 1; fewer where probabilities tie, one more where the threshold splits one.</param>
    /// <exception cref="ArgumentException">No row, or the metric is undefined for these probabilities, as precision is without a positive decision.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is outside [0, 1], another number out of range, or the metric is of another kind.</exception>
    public static LabelBudget For(
        PerformanceMetric metric, double halfWidth, ReadOnlySpan<double> probabilities, double confidence = 0.95, double threshold = 0.5, int strata = 10)
    {
        EstimationInputs.NotEmpty(probabilities.Length, nameof(probabilities));
        foreach (double p in probabilities)
        {
            Guard.Share(p, nameof(probabilities));
        }

        double[] sorted = probabilities.ToArray();
        RadixSort.Sort(sorted);
        return Plan(metric, halfWidth, sorted, FirstAtLeast(sorted, threshold), confidence, strata);
    }

    /// <summary>Plans the labels for rows of a model that decides by its scores, with the probabilities of an estimator.</summary>
    /// <param name="metric">Accuracy, precision, recall, specificity or F1.</param>
    /// <param name="halfWidth">The wanted half width of the interval, in (0, 1).</param>
    /// <param name="estimator">Fitted to a labelled reference; its threshold and confidence are used.</param>
    /// <param name="scores">The score of every row that could be labelled: at least one, finite.</param>
    /// <param name="strata">How many strata to cut, ≥ 1.</param>
    /// <exception cref="ArgumentException">No row, a score that is not finite, or the metric is undefined for these scores.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or the metric is of another kind.</exception>
    public static LabelBudget For(
        PerformanceMetric metric, double halfWidth, ConfidenceBasedEstimator estimator, ReadOnlySpan<double> scores, int strata = 10)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        EstimationInputs.NotEmpty(scores.Length, nameof(scores));
        EstimationInputs.Finite(scores, nameof(scores));
        double[] sorted = scores.ToArray();
        RadixSort.Sort(sorted);
        int first = FirstAtLeast(sorted, estimator.Options.Threshold);
        return Plan(metric, halfWidth, estimator.Choice.Calibration.Calibrate(sorted), first, estimator.Options.Confidence, strata);
    }

    /// <summary>Returns how a notebook shows the plan.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Show().ToMimeBundle();

    /// <summary>Returns the plan as an aligned text.</summary>
    public override string ToString() => Show().ToString();

    private static int Labels(LabelStratum stratum, double n, double wanted, double weighted)
    {
        double share = weighted == 0 ? 0 : stratum.Count / n * stratum.Deviation / weighted;
        return (int)Math.Min(stratum.Count, Math.Max(FewestLabels, Math.Ceiling(wanted * share)));
    }

    /// <param name="metric">The metric.</param>
    /// <param name="halfWidth">The wanted half width.</param>
    /// <param name="p">Probabilities in the order of the scores.</param>
    /// <param name="first">The first row decided positive.</param>
    /// <param name="confidence">Nominal coverage.</param>
    /// <param name="strata">How many strata to cut.</param>
    private static LabelBudget Plan(PerformanceMetric metric, double halfWidth, double[] p, int first, double confidence, int strata)
    {
        EstimationInputs.Confidence(halfWidth, nameof(halfWidth));
        EstimationInputs.Confidence(confidence, nameof(confidence));
        Guard.AtLeast(strata, 1);
        Contribution contribution = Contribution.Of(metric, p.AsSpan(0, first), p.AsSpan(first));
        if (!double.IsFinite(contribution.Expected))
        {
            throw new ArgumentException($"{MetricNames.Of(metric)} is undefined for these rows and this threshold.", nameof(metric));
        }

        double allowed = halfWidth / Normal.InvCDF(0, 1, (1 + confidence) / 2);
        List<LabelStratum> cut = Cut(p, contribution, first, strata);
        double n = p.Length;
        double all = contribution.Variance(p.AsSpan(0, first), p.AsSpan(first));
        int random = (int)Math.Min(n, Math.Ceiling(all / ((allowed * allowed) + (all / n))));
        double weighted = cut.Sum(s => s.Count / n * s.Deviation);
        double squares = cut.Sum(s => s.Count / n * s.Deviation * s.Deviation);
        double wanted = weighted * weighted / ((allowed * allowed) + (squares / n));
        LabelStratum[] planned = [.. cut.Select(s => s with { Labels = Labels(s, n, wanted, weighted) })];
        return new LabelBudget(metric, halfWidth, confidence, contribution.Expected, random, planned.Sum(s => s.Labels), planned);
    }

    private static List<LabelStratum> Cut(double[] p, Contribution contribution, int first, int strata)
    {
        var cut = new List<LabelStratum>();
        int size = (p.Length + strata - 1) / strata;
        for (int start = 0; start < p.Length;)
        {
            int end = Math.Min(p.Length, start + size);
            while (end < p.Length && p[end] == p[end - 1])
            {
                end++; // equal probabilities stay together
            }

            end = start < first && first < end ? first : end; // but not different decisions
            Span<double> members = p.AsSpan(start, end - start);
            double variance = start < first ? contribution.Variance(members, []) : contribution.Variance([], members);
            cut.Add(new LabelStratum(members[0], members[^1], members.Length, Math.Sqrt(variance), 0));
            start = end;
        }

        return cut;
    }

    private static int FirstAtLeast(double[] sorted, double threshold)
    {
        int first = 0;
        while (first < sorted.Length && sorted[first] < threshold)
        {
            first++;
        }

        return first;
    }

    private ShownTable Show() => new(
        string.Create(CultureInfo.InvariantCulture, $"{Stratified:N0} labels measure {MetricNames.Of(Metric)} to ± {HalfWidth:0.####}; drawn at random it takes {SimpleRandom:N0}"),
        string.Create(CultureInfo.InvariantCulture, $"{100 * Confidence:0.##} % interval; expected {MetricNames.Of(Metric)} {Expected:0.000}"),
        ["probability", "rows", "spread", "labels"],
        [.. Strata.Select(s => (string[])
        [
            $"{ShownTable.Number(s.From)} – {ShownTable.Number(s.To)}", ShownTable.Count(s.Count), ShownTable.Number(s.Deviation), ShownTable.Count(s.Labels),
        ])],
        1,
        ["The plan believes the probabilities; the labels are there to check them."]);
}
