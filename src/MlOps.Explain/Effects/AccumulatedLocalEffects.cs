using MlOps.Charts;
using MlOps.Learning;

namespace MlOps.Explain.Effects;

/// <summary>How a model's prediction changes along one feature, measured only where rows are: right also for correlated features.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Output">What the predictions are.</param>
/// <param name="Grid">The K + 1 edges of the bins, or the texts' numbers in the given order.</param>
/// <param name="GridTexts">The same as a reader would write them.</param>
/// <param name="IsText">Whether the feature holds texts.</param>
/// <param name="Effect">The accumulated effect at each edge, in the unit of the output; its mean over the rows is 0.</param>
/// <param name="Counts">The rows of each bin (K), or of each text (K + 1).</param>
/// <param name="Low">The lower end of the bootstrap band; null with 1,000 rows or more.</param>
/// <param name="High">The upper end likewise.</param>
/// <param name="Level">The confidence of the band.</param>
/// <remarks>
/// Numbers: the bins end at quantiles that are values of the data. For the rows of bin k the change is <c>f(zₖ, rest) − f(zₖ₋₁, rest)</c>; the effect at zₖ is the sum
/// of the bins' mean changes up to k, minus a constant such that <c>Σₖ nₖ · (effect(zₖ₋₁) + effect(zₖ)) / 2 = 0</c>, as in the authors' R package ALEPlot.
/// Texts have no order, so one must be given; there the change from one text to the next is measured on the rows of both, and <c>Σ nₖ effect(k) = 0</c>.
/// <para>Source: D. W. Apley, J. Zhu, "Visualizing the Effects of Predictor Variables in Black Box Supervised Learning Models", JRSS B 82 (2020), eq. 15–17.</para>
/// </remarks>
public sealed record AccumulatedLocalEffects(
    string Feature,
    string Output,
    IReadOnlyList<double> Grid,
    IReadOnlyList<string> GridTexts,
    bool IsText,
    IReadOnlyList<double> Effect,
    IReadOnlyList<int> Counts,
    IReadOnlyList<double>? Low,
    IReadOnlyList<double>? High,
    double Level)
{
    /// <summary>Bins when the options do not say: the curve of the authors' examples.</summary>
    private const int DefaultBins = 40;

    /// <summary>Computes the curve of a feature of numbers.</summary>
    /// <param name="model">The model.</param>
    /// <param name="x">n ≥ 2 rows × d features. Rows where the feature is missing are left out.</param>
    /// <param name="feature">The feature's name.</param>
    /// <param name="bins">At most so many bins, ≥ 1; fewer where values repeat.</param>
    /// <param name="options">Rows, seed and band; the defaults when null. Its grid is not used: the bins are.</param>
    /// <param name="cancellationToken">Stops between batches of rows.</param>
    /// <exception cref="ArgumentException">There is no such feature, it holds texts (use the overload with an order), an infinite number, or fewer than 2 different values.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static AccumulatedLocalEffects Of(ExplainedModel model, Matrix x, string feature, int bins = DefaultBins, DependenceOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(x);
        options = (options ?? new DependenceOptions()).Checked();
        Guard.AtLeast(bins, 1);
        int j = RowCheck.Feature(model, feature);
        if (model.IsText(j))
        {
            throw new ArgumentException($"'{feature}' holds texts, which have no order: give one, or draw the partial dependence, which needs none.", nameof(feature));
        }

        double[] column = x.Column(j);
        Matrix rows = options.Rows(x.Take([.. Enumerable.Range(0, column.Length).Where(i => !double.IsNaN(column[i]))]));
        double[] sorted = [.. rows.Column(j).Order()];
        if (sorted.Length < 2 || sorted[0] == sorted[^1] || Array.Exists(sorted, double.IsInfinity))
        {
            throw new ArgumentException($"'{feature}' needs two different finite values to change between; it has {sorted.Distinct().Count()} in {sorted.Length} rows.", nameof(x));
        }

        double[] edges = [.. Enumerable.Range(1, bins).Select(k => Quantiles.Observed(sorted, (double)k / bins)).Prepend(sorted[0]).Distinct()];
        return Accumulated(model, rows, j, edges, options, isText: false, cancellationToken);
    }

    /// <summary>Computes the curve of a feature of texts, in a given order.</summary>
    /// <param name="model">The model.</param>
    /// <param name="x">n rows × d features. Rows with a text that is not in the order are left out.</param>
    /// <param name="feature">The feature's name.</param>
    /// <param name="order">The texts from low to high, as the model shows them: at least two that the rows have.</param>
    /// <param name="options">Rows, seed and band; the defaults when null.</param>
    /// <param name="cancellationToken">Stops between batches of rows.</param>
    /// <exception cref="ArgumentException">There is no such feature, it holds numbers, a text of the order does not occur, twice the same text, or fewer than two.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static AccumulatedLocalEffects OfTexts(ExplainedModel model, Matrix x, string feature, IReadOnlyList<string> order, DependenceOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(order);
        options = (options ?? new DependenceOptions()).Checked();
        int j = RowCheck.Feature(model, feature);
        if (!model.IsText(j))
        {
            throw new ArgumentException($"'{feature}' holds numbers, which have their own order.", nameof(feature));
        }

        double[] column = x.Column(j);
        Dictionary<string, double> codes = column.Distinct().ToDictionary(code => model.Display(j, code), code => code, StringComparer.Ordinal);
        string? unknown = order.FirstOrDefault(text => !codes.ContainsKey(text));
        if (unknown is not null || order.Count < 2 || order.Distinct(StringComparer.Ordinal).Count() < order.Count)
        {
            throw new ArgumentException($"The order needs two or more different texts that the rows have ({string.Join(", ", codes.Keys)}); got {string.Join(", ", order)}.", nameof(order));
        }

        double[] levels = [.. order.Select(text => codes[text])];
        Matrix rows = options.Rows(x.Take([.. Enumerable.Range(0, column.Length).Where(i => levels.Contains(column[i]))]));
        return Accumulated(model, rows, j, levels, options, isText: true, cancellationToken);
    }

    /// <summary>Draws the effect with its band: a line for numbers, a bar a text.</summary>
    public Figure Chart()
    {
        Figure figure = IsText
            ? MlOps.Charts.Chart.Bar(GridTexts.ToArray(), Effect.ToArray(), "effect", Role.Current)
            : MlOps.Charts.Chart.Line(Grid.ToArray(), Effect.ToArray(), "effect", Role.Current);
        if (Low is not null)
        {
            figure = IsText
                ? figure.WithErrors(Effect.Zip(Low, (a, b) => Math.Max(0, a - b)).ToArray(), High!.Zip(Effect, (a, b) => Math.Max(0, a - b)).ToArray())
                : figure.WithConfidence(Low.ToArray(), High!.ToArray(), FormattableString.Invariant($"{100 * Level:0.#} % bootstrap"));
        }

        return figure.Titled(Finding(), FormattableString.Invariant($"accumulated local effects, n = {Counts.Sum():#,0}; 0 is the mean{(Low is null ? "" : $"; {100 * Level:0.#} % bootstrap band")}")).XAxis(Feature).YAxis($"effect on the {Output}");
    }

    /// <summary>How a notebook shows it: the lines of <see cref="ToString"/>.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());

    /// <summary>The effects as text.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Enumerable.Range(0, Grid.Count)
        .Select(k => FormattableString.Invariant($"  {GridTexts[k],12}  {Effect[k],10:+0.####;-0.####;0}"))
        .Prepend($"Accumulated local effects of {Feature} on the {Output}: {Finding()}"));

    private string Finding()
    {
        double range = Effect.Max() - Effect.Min();
        return range == 0 ? $"{Feature} has no effect" : FormattableString.Invariant($"{Feature} moves the {Output} by up to {range:0.###}");
    }

    private static AccumulatedLocalEffects Accumulated(ExplainedModel model, Matrix rows, int feature, double[] points, DependenceOptions options, bool isText, CancellationToken cancellationToken)
    {
        LocalChanges changes = isText ? LocalChanges.OfTexts(model, rows, feature, points, cancellationToken) : LocalChanges.OfNumbers(model, rows, feature, points, cancellationToken);
        (double[] Low, double[] High)? band = null;
        if (rows.RowCount < DependenceOptions.BandBelow && options.Resamples > 0)
        {
            var random = new Random(options.Seed);
            double[][] curves = [.. Enumerable.Range(0, options.Resamples).Select(_ => changes.Accumulated(random))];
            band = CurveBand.Ends(curves, options.Level);
        }

        return new AccumulatedLocalEffects(
            model.FeatureNames[feature], model.Output, points, [.. points.Select(value => model.Display(feature, value))], isText, changes.Accumulated(null), changes.Counts, band?.Low, band?.High, options.Level);
    }
}
