using MathNet.Numerics.Distributions;
using MlOps.Charts;
using MlOps.Learning;

namespace MlOps.Explain.Effects;

/// <summary>How much a model leans on each feature: the drop of its score when the feature's values are shuffled among the rows.</summary>
/// <param name="Score">The name of the score.</param>
/// <param name="Baseline">The score on the rows as they are.</param>
/// <param name="Features">One entry a feature or group, the largest drop first.</param>
/// <param name="Rows">n.</param>
/// <param name="Level">The confidence of the intervals.</param>
/// <param name="Warnings">Pairs of features that stand in for each other, so that neither seems to matter.</param>
/// <remarks>
/// <c>importance = s − s*</c>, s the score and s* that after shuffling; the mean over the repeats. Unit: that of the score. It tells what this model uses,
/// not what matters in the world, and on training rows it also counts what was learnt by heart: use rows the model has not seen.
/// <para>Source: L. Breiman, "Random Forests", Machine Learning 45 (2001), section 10; A. Fisher, C. Rudin, F. Dominici, "All Models are Wrong, but Many are Useful", JMLR 20 (2019).</para>
/// </remarks>
public sealed record PermutationImportance(
    string Score, double Baseline, IReadOnlyList<FeatureImportance> Features, int Rows, double Level, IReadOnlyList<string> Warnings)
{
    /// <summary>Bars that a reader can take in.</summary>
    private const int ShownFeatures = 25;

    /// <summary>Measures every feature.</summary>
    /// <param name="model">The model.</param>
    /// <param name="x">n ≥ 2 rows × d features.</param>
    /// <param name="score">How good predictions are, for these n rows in this order.</param>
    /// <param name="options">Repeats, seed and groups; the defaults when null.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops between shuffles.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 rows, the columns are not the model's, a group names no feature or one twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The model or the score gives NaN or an infinite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PermutationImportance Measure(
        ExplainedModel model, Matrix x, PermutationScore score, ImportanceOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(score);
        options = (options ?? new ImportanceOptions()).Checked();
        if (x.RowCount < 2)
        {
            throw new ArgumentException($"Shuffling needs 2 rows; got {x.RowCount}.", nameof(x));
        }

        (string Name, int[] Columns)[] groups = Groups(model, options);
        double baseline = Scored(score, model.Predict(x));
        var features = new List<FeatureImportance>();
        for (int g = 0; g < groups.Length; g++)
        {
            var drops = new double[options.Repeats];
            var random = new Random(unchecked((options.Seed * 1_000_003) + groups[g].Columns[0])); // by its first column: a feature's shuffles do not depend on the other groups
            for (int r = 0; r < drops.Length; r++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                drops[r] = baseline - Scored(score, model.Predict(Shuffled(x, groups[g].Columns, random)));
                progress?.Report(((g * drops.Length) + r + 1.0) / (groups.Length * drops.Length));
            }

            features.Add(Summary(groups[g].Name, drops, options.Level));
        }

        int[][] together = [.. groups.Select(group => group.Columns)];
        return new PermutationImportance(score.Name, baseline, [.. features.OrderByDescending(feature => feature.Mean)], x.RowCount, options.Level, FeatureAssociation.Warnings(model, x, together, options.CorrelationWarning));
    }

    /// <summary>Draws the mean drops with their intervals, the largest on top.</summary>
    public Figure Chart()
    {
        FeatureImportance[] shown = [.. Features.Take(ShownFeatures)];
        string rest = Features.Count > shown.Length ? $"; the {shown.Length} largest of {Features.Count}" : "";
        return MlOps.Charts.Chart.HorizontalBar(shown.Select(feature => feature.Name).ToArray(), shown.Select(feature => feature.Mean).ToArray(), "drop", Role.Current)
            .WithErrors(shown.Select(feature => feature.High - feature.Mean).ToArray())
            .Titled(Headline(), FormattableString.Invariant($"n = {Rows:#,0}, {Features[0].Drops.Count} shuffles each, bars: {100 * Level:0.#} % interval over the shuffles{rest}"))
            .XAxis($"drop of {Score} when shuffled")
            .YAxis("feature");
    }

    /// <summary>How a notebook shows it: the lines of <see cref="ToString"/>.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());

    /// <summary>The importances as text, with the warnings.</summary>
    public override string ToString()
    {
        var lines = new List<string> { FormattableString.Invariant($"{Score} {Baseline:0.####} on {Rows:#,0} rows; drop when a feature is shuffled:") };
        lines.AddRange(Features.Select(feature => FormattableString.Invariant($"  {feature.Mean,8:0.0000} [{feature.Low:0.0000}, {feature.High:0.0000}]  {feature.Name}")));
        lines.AddRange(Warnings.Select(warning => $"  note: {warning}"));
        return string.Join(Environment.NewLine, lines);
    }

    private string Headline() => Features[0].Low > 0
        ? $"The model leans most on {Features[0].Name}"
        : "No feature matters more than chance";

    private static FeatureImportance Summary(string name, double[] drops, double level)
    {
        double mean = drops.Average();
        double squares = drops.Sum(drop => (drop - mean) * (drop - mean));
        double t = StudentT.InvCDF(0, 1, drops.Length - 1, (1 + level) / 2);
        double half = t * Math.Sqrt(squares / (drops.Length - 1) / drops.Length);
        return new FeatureImportance(name, mean, Math.Sqrt(squares / drops.Length), mean - half, mean + half, drops);
    }

    private static (string Name, int[] Columns)[] Groups(ExplainedModel model, ImportanceOptions options)
    {
        var groups = new List<(string Name, int[] Columns)>();
        var taken = new HashSet<int>();
        foreach ((string name, IReadOnlyList<string> members) in options.Groups)
        {
            int[] columns = [.. members.Select(member => RowCheck.Feature(model, member))];
            if (columns.Length == 0 || !Array.TrueForAll(columns, taken.Add))
            {
                throw new ArgumentException($"Group '{name}' needs features that are in no other group; it has {(columns.Length == 0 ? "none" : string.Join(", ", members))}.", nameof(options));
            }

            groups.Add((name, columns));
        }

        groups.AddRange(Enumerable.Range(0, model.FeatureNames.Count).Where(j => !taken.Contains(j)).Select(j => (model.FeatureNames[j], new[] { j })));
        return [.. groups.OrderBy(group => group.Columns[0])];
    }

    private static Matrix Shuffled(Matrix x, int[] columns, Random random)
    {
        int[] order = [.. Enumerable.Range(0, x.RowCount)];
        random.Shuffle(order);
        double[] values = x.Values.ToArray();
        for (int i = 0; i < order.Length; i++)
        {
            foreach (int j in columns)
            {
                values[(i * x.ColumnCount) + j] = x[order[i], j];
            }
        }

        return new Matrix(x.RowCount, x.ColumnCount, values, x.ColumnNames);
    }

    private static double Scored(PermutationScore score, double[] predictions)
    {
        double value = score.Compute(predictions);
        return double.IsFinite(value) ? value : throw new InvalidOperationException(FormattableString.Invariant($"The score {score.Name} is {value}; importance needs a number."));
    }
}
