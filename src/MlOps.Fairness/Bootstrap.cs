using System.Runtime.InteropServices;

namespace MlOps.Fairness;

/// <summary>Intervals of the comparisons by drawing the counts anew: as resampling the rows, at a cost that does not depend on them.</summary>
internal static class Bootstrap
{
    internal static ParityMetric[] Intervals(GroupCells cells, OutcomeCounts withoutGroup, ParityMetric[] metrics, FairnessOptions options)
    {
        OutcomeCounts[] all = [.. cells.Counts, withoutGroup];
        long[] weights = [.. all.SelectMany(counts => new[] { counts.TruePositives, counts.FalsePositives, counts.TrueNegatives, counts.FalseNegatives })];
        long[] drawn = new long[weights.Length];
        var random = new Random(options.Seed);
        List<double>[] values = [.. metrics.Select(_ => new List<double>(options.BootstrapSamples))];
        for (int s = 0; s < options.BootstrapSamples; s++)
        {
            CountDraws.Multinomial(random, cells.Overall.Total, weights, drawn);
            OutcomeCounts[] counts = [.. Enumerable.Range(0, cells.Counts.Length).Select(g => new OutcomeCounts(drawn[4 * g], drawn[(4 * g) + 1], drawn[(4 * g) + 2], drawn[(4 * g) + 3]))];
            OutcomeCounts rest = new(drawn[^4], drawn[^3], drawn[^2], drawn[^1]);
            ParityMetric[] resampled = (cells with { Counts = counts, Overall = counts.Aggregate(rest, (a, b) => a + b) }).Metrics();
            for (int m = 0; m < metrics.Length; m++)
            {
                if (resampled[m].Value is { } value)
                {
                    values[m].Add(value);
                }
            }
        }

        return [.. metrics.Select((metric, m) => With(metric, values[m], options))];
    }

    private static ParityMetric With(ParityMetric metric, List<double> values, FairnessOptions options)
    {
        if (metric.Value is null || values.Count == 0)
        {
            return metric;
        }

        values.Sort();
        double tail = (1 - options.Confidence) / 2;
        int undefined = options.BootstrapSamples - values.Count;
        string? told = undefined == 0 ? null : $"undefined in {undefined} of {options.BootstrapSamples} resamples";
        return metric with
        {
            Interval = new ConfidenceInterval(SortedQuantile.Linear(CollectionsMarshal.AsSpan(values), tail), SortedQuantile.Linear(CollectionsMarshal.AsSpan(values), 1 - tail)),
            Note = told is null ? metric.Note : metric.Note is null ? told : $"{metric.Note}; {told}",
        };
    }
}
