using MlOps.Data;

namespace MlOps.Fairness.Proxies;

/// <summary>One run of the search: rows that all have a group, and what each feature tells about it.</summary>
internal sealed class ProxySearch(Table rows, int[] codes, IReadOnlyList<string> groups, string[] features, string? label, ProxyOptions options)
{
    private readonly int[] _modelRows = Sample(codes.Length, options);

    internal ProxyReport Run(string sensitive, long missing, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        Discretised? labels = label is null ? null : Labels(rows[label]);
        var found = new (string Name, Discretised? Column, string? Refusal)[features.Length];
        for (int i = 0; i < features.Length; i++)
        {
            (Discretised? column, string? refusal) = Discretised.Of(rows[features[i]], options);
            found[i] = (features[i], column, refusal);
        }

        SkippedFeature[] skipped = [.. found.Where(f => f.Column is null).Select(f => new SkippedFeature(f.Name, f.Refusal!))];
        (string Name, Discretised Column)[] kept = [.. found.Where(f => f.Column is not null).Select(f => (f.Name, f.Column!))];
        if (kept.Length == 0)
        {
            throw new ArgumentException($"No feature can be looked at: {string.Join("; ", skipped.Select(s => $"{s.Feature}: {s.Reason}"))}.");
        }

        var model = new GroupModel(Array.ConvertAll(_modelRows, row => codes[row]), groups, options);
        var measured = new ProxyFeature[kept.Length];
        int done = 0;
        var gate = new Lock();
        Parallel.For(0, kept.Length, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            measured[i] = Measure(kept[i].Name, kept[i].Column, labels, model, cancellationToken);
            lock (gate)
            {
                progress?.Report((double)++done / (kept.Length + 1));
            }
        });
        IReadOnlyList<GroupAuc> together = kept.Length == 1 ? measured[0].AucByGroup : model.Aucs([.. kept.Select(f => f.Column)], _modelRows, cancellationToken);
        progress?.Report(1);

        var counts = new long[groups.Count];
        foreach (int code in codes)
        {
            counts[code]++;
        }

        double entropy = -counts.Sum(count => (double)count / codes.Length * Math.Log((double)count / codes.Length));
        ProxyFeature[] ranked = [.. measured.OrderByDescending(f => f.Auc ?? -1).ThenByDescending(f => f.NormalisedMutualInformation).ThenBy(f => f.Feature, StringComparer.Ordinal)];
        return ProxyReport.Create(sensitive, groups, counts, missing, _modelRows.Length, entropy, label, ranked, skipped, together, options);
    }

    private ProxyFeature Measure(string name, Discretised column, Discretised? labels, GroupModel model, CancellationToken cancellationToken)
    {
        var table = Contingency.Of(column.Codes, column.Count, codes, groups.Count);
        IReadOnlyList<GroupAuc> aucs = model.Aucs([column], _modelRows, cancellationToken);
        double? pValue = table.PValue;
        double largest = aucs.Max(group => group.Value) ?? 0;
        return new ProxyFeature(
            name,
            table.Rows,
            rows[name].MissingCount,
            table.MutualInformation,
            table.CorrectedMutualInformation,
            Math.Min(1, table.MutualInformation / table.GroupEntropy),
            labels is null ? null : Contingency.ConditionalInformation(column.Codes, column.Count, codes, groups.Count, labels.Codes, labels.Count),
            table.CramersV,
            table.CorrectedCramersV,
            pValue,
            column.Numbers is { } numbers ? CorrelationRatio(numbers) : null,
            aucs.Average(group => group.Value),
            aucs,
            pValue < options.Alpha ? options.LevelOf(largest) : ProxyLevel.None,
            table.Rows == 1 ? "constant: tells nothing" : column.Note);
    }

    /// <summary>√(Σ n_g (x̄_g − x̄)² / Σ (x − x̄)²) over the values present; null if they do not vary.</summary>
    private double? CorrelationRatio(double[] numbers)
    {
        var counts = new long[groups.Count];
        var means = new double[groups.Count];
        double mean = 0;
        double total = 0;
        long count = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!double.IsNaN(numbers[i]))
            {
                means[codes[i]] += (numbers[i] - means[codes[i]]) / ++counts[codes[i]];
                double before = numbers[i] - mean;
                mean += before / ++count;
                total += before * (numbers[i] - mean);
            }
        }

        double between = 0;
        for (int g = 0; g < means.Length; g++)
        {
            between += counts[g] * (means[g] - mean) * (means[g] - mean);
        }

        return total == 0 ? null : Math.Sqrt(Math.Min(1, between / total));
    }

    /// <summary>The label as strata: a number with many values in quantile bins.</summary>
    private Discretised Labels(Column column) => Discretised.Of(column, options) is ({ } labels, _)
        ? labels
        : throw new ArgumentException($"Label '{column.Name}' cannot be used: {Discretised.Of(column, options).Refusal}.");

    private static int[] Sample(int count, ProxyOptions options)
    {
        int[] all = [.. Enumerable.Range(0, count)];
        if (count <= options.MaxModelRows)
        {
            return all;
        }

        new Random(options.Seed).Shuffle(all);
        int[] drawn = all[..options.MaxModelRows];
        Array.Sort(drawn);
        return drawn;
    }
}
