using System.Globalization;
using MlOps.Charts;

namespace MlOps.Drift.Estimation;

/// <summary>What can be seen on predictions before any label comes: not performance, but what usually moves with it.</summary>
/// <param name="Reference">The reference under the same measures; its PSI is 0.</param>
/// <param name="Periods">One record a period.</param>
/// <param name="Threshold">Decided positive from this score on.</param>
/// <remarks>
/// Here a NaN score is a prediction that failed: it is counted in <see cref="ProxyPeriod.Missing"/> and left out of the others; infinite scores likewise.
/// Confidence and entropy, <c>−p ln p − (1 − p) ln(1 − p)</c>, exist where all finite scores of a period are in [0, 1]. PSI has ten quantile bins of the reference. Immutable.
/// </remarks>
public sealed record ProxyMetrics(ProxyPeriod Reference, IReadOnlyList<ProxyPeriod> Periods, double Threshold)
{
    /// <summary>Measures the proxies.</summary>
    /// <param name="reference">Scores of a period that was in order; at least one is finite.</param>
    /// <param name="scores">Scores to watch; NaN where there is none.</param>
    /// <param name="chunks">The periods.</param>
    /// <param name="threshold">Decided positive from this score on.</param>
    /// <param name="margin">A score is near the threshold within this distance, ≥ 0.</param>
    /// <param name="latencies">Prediction time of every row, ≥ 0, in any unit, NaN where unknown; none if not measured.</param>
    /// <exception cref="ArgumentException">Unequal lengths, or a reference without a finite score.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The threshold or margin is out of range, or a latency is negative or infinite.</exception>
    public static ProxyMetrics Measure(
        ReadOnlySpan<double> reference,
        ReadOnlySpan<double> scores,
        Chunks chunks,
        double threshold = 0.5,
        double margin = 0.05,
        ReadOnlySpan<double> latencies = default)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        Guard.Finite(threshold);
        Guard.NonNegative(margin);
        EstimationInputs.SameLength(chunks.RowCount, scores.Length, "rows of the chunks", nameof(scores));
        if (!latencies.IsEmpty)
        {
            EstimationInputs.SameLength(scores.Length, latencies.Length, "scores", nameof(latencies));
            foreach (double latency in latencies)
            {
                Guard.NonNegative(double.IsNaN(latency) ? 0 : latency, nameof(latencies));
            }
        }

        var sorted = SortedSample.Of(Finite(reference), nameof(reference));
        var periods = new ProxyPeriod[chunks.Items.Count];
        for (int i = 0; i < periods.Length; i++)
        {
            Chunk chunk = chunks.Items[i];
            double[] times = latencies.IsEmpty ? [] : chunk.Take(latencies);
            periods[i] = Of(chunk.Label, chunk.Start, chunk.Take(scores), times, sorted, threshold, margin);
        }

        return new ProxyMetrics(Of("reference", null, reference, [], sorted, threshold, margin), periods, threshold);
    }

    /// <summary>Draws one proxy over the periods beside the level of the reference; PSI with its chance threshold.</summary>
    /// <exception cref="InvalidOperationException">No period has a value.</exception>
    public Figure Chart(ProxyMetric metric)
    {
        if (Periods.All(period => double.IsNaN(period[metric])))
        {
            throw new InvalidOperationException($"No period has a value of {Name(metric)}: there is nothing to draw.");
        }

        Values x = Periods.All(period => period.Start is not null)
            ? Array.ConvertAll([.. Periods], period => period.Start!.Value)
            : Array.ConvertAll([.. Periods], period => (string?)period.Label);
        Figure figure = MlOps.Charts.Chart.Line(x, [.. Periods.Select(period => (Value)period[metric])], Name(metric), Role.Current);
        if (metric == ProxyMetric.ScorePsi)
        {
            figure = figure.Add(MlOps.Charts.Chart.Line(x, [.. Periods.Select(period => (Value)period.PsiChance)], "by chance up to", Role.Reference));
        }
        else if (metric is not ProxyMetric.Volume && double.IsFinite(Reference[metric]))
        {
            figure = figure.Threshold(Reference[metric], string.Create(CultureInfo.InvariantCulture, $"reference: {Reference[metric]:0.000}"), Role.Reference);
        }

        return figure.Titled(Finding(metric), string.Create(CultureInfo.InvariantCulture, $"{Periods.Count} periods, {Periods.Sum(period => period.Count):N0} rows"))
            .XAxis("period")
            .YAxis(Name(metric));
    }

    /// <summary>Returns how a notebook shows the proxies.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Show().ToMimeBundle();

    /// <summary>Returns the proxies as an aligned text.</summary>
    public override string ToString() => Show().ToString();

    private static string Name(ProxyMetric metric) => metric switch
    {
        ProxyMetric.ScorePsi => "PSI of the scores",
        ProxyMetric.PositiveShare => "positive share",
        ProxyMetric.NearThresholdShare => "share near the threshold",
        ProxyMetric.MeanScore => "mean score",
        ProxyMetric.MeanConfidence => "mean confidence",
        ProxyMetric.MeanEntropy => "mean entropy",
        ProxyMetric.MissingShare => "missing share",
        ProxyMetric.Volume => "rows",
        ProxyMetric.LatencyMedian => "median latency",
        ProxyMetric.LatencyP95 => "latency, 95 %",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "Unknown proxy."),
    };

    private static double[] Finite(ReadOnlySpan<double> values)
    {
        double[] finite = new double[values.Length];
        int kept = 0;
        foreach (double value in values)
        {
            finite[kept] = value;
            kept += double.IsFinite(value) ? 1 : 0;
        }

        return finite[..kept];
    }

    private static ProxyPeriod Of(
        string label, DateTime? start, ReadOnlySpan<double> scores, double[] latencies, SortedSample reference, double threshold, double margin)
    {
        int nan = 0, positives = 0, near = 0;
        double[] finite = Finite(scores);
        foreach (double score in scores)
        {
            nan += double.IsNaN(score) ? 1 : 0;
        }

        bool probabilities = EstimationInputs.AreProbabilities(finite);
        double sum = 0, confidence = 0, entropy = 0;
        foreach (double score in finite)
        {
            positives += score >= threshold ? 1 : 0;
            near += Math.Abs(score - threshold) <= margin ? 1 : 0;
            sum += score;
            confidence += Math.Max(score, 1 - score);
            entropy += score is > 0 and < 1 ? -(score * Math.Log(score)) - ((1 - score) * Math.Log(1 - score)) : 0;
        }

        double n = finite.Length;
        PopulationStabilityIndex? psi = finite.Length == 0 ? null : PopulationStabilityIndex.Measure(reference, SortedSample.Of(finite));
        SortedSample? times = Finite(latencies) is { Length: > 0 } known ? SortedSample.Of(known) : null;
        return new ProxyPeriod(
            label,
            start,
            scores.Length,
            nan,
            scores.Length - finite.Length - nan,
            positives,
            finite.Length - positives,
            psi?.ChanceThreshold ?? double.NaN,
            new Dictionary<ProxyMetric, double>
            {
                [ProxyMetric.ScorePsi] = psi?.Value ?? double.NaN,
                [ProxyMetric.PositiveShare] = positives / n,
                [ProxyMetric.NearThresholdShare] = near / n,
                [ProxyMetric.MeanScore] = sum / n,
                [ProxyMetric.MeanConfidence] = probabilities ? confidence / n : double.NaN,
                [ProxyMetric.MeanEntropy] = probabilities ? entropy / n : double.NaN,
                [ProxyMetric.MissingShare] = (scores.Length - n) / scores.Length,
                [ProxyMetric.Volume] = scores.Length,
                [ProxyMetric.LatencyMedian] = times?.Quantile(0.5) ?? double.NaN,
                [ProxyMetric.LatencyP95] = times?.Quantile(0.95) ?? double.NaN,
            });
    }

    private string Finding(ProxyMetric metric)
    {
        double[] known = [.. Periods.Select(period => period[metric]).Where(value => !double.IsNaN(value))];
        return known.Length == 0
            ? "No period has a score"
            : string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(Name(metric)[0])}{Name(metric)[1..]} goes from {ShownTable.Number(known[0])} to {ShownTable.Number(known[^1])}");
    }

    private ShownTable Show()
    {
        ProxyMetric[] shown = [.. Enum.GetValues<ProxyMetric>().Where(metric => metric != ProxyMetric.Volume && Periods.Any(period => !double.IsNaN(period[metric])))];
        int broken = Periods.Sum(period => period.Missing + period.Infinite);
        return new ShownTable(
            Finding(ProxyMetric.PositiveShare),
            string.Create(CultureInfo.InvariantCulture, $"{Periods.Count} periods; decided positive from {Threshold:0.###} on"),
            ["period", "rows", "positive", "negative", .. shown.Select(Name), "PSI by chance"],
            [.. Periods.Prepend(Reference).Select(period => (string[])
            [
                period.Label,
                ShownTable.Count(period.Count),
                ShownTable.Count(period.Positives),
                ShownTable.Count(period.Negatives),
                .. shown.Select(metric => ShownTable.Number(period[metric])),
                ShownTable.Number(period.PsiChance),
            ])],
            1,
            broken == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{Periods.Sum(p => p.Missing):N0} scores are missing and {Periods.Sum(p => p.Infinite):N0} infinite.")]);
    }
}
