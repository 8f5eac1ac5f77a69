using System.Globalization;
using MlOps.Charts;
using MlOps.Learning;

namespace MlOps.Explain.Effects;

/// <summary>What a model predicts on average when one feature is set to a value in every row, and the curve of each row.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Output">What the predictions are.</param>
/// <param name="Grid">The K values it was set to; numbers that stand for texts where it holds texts.</param>
/// <param name="GridTexts">The same as a reader would write them.</param>
/// <param name="IsText">Whether the feature holds texts, so that the points have no order.</param>
/// <param name="Average">The mean prediction at each value, in the unit of the output.</param>
/// <param name="Low">The lower end of the bootstrap band at each value; null with 1,000 rows or more, and when centred.</param>
/// <param name="High">The upper end likewise.</param>
/// <param name="Individual">Each row's predictions, n × K: its curve of individual conditional expectation (ICE).</param>
/// <param name="Level">The confidence of the band.</param>
/// <remarks>
/// <c>PDₖ = 1/n Σᵢ f(xᵢ with the feature set to gₖ)</c>. A feature that is correlated with others is set to values that do not occur beside theirs;
/// <see cref="AccumulatedLocalEffects"/> does not do that. Where the individual curves cross, the average hides an interaction.
/// <para>Source: J. H. Friedman, "Greedy Function Approximation", Ann. Statist. 29 (2001), section 8.2; A. Goldstein et al., "Peeking Inside the Black Box", JCGS 24 (2015).</para>
/// </remarks>
public sealed record PartialDependence(
    string Feature,
    string Output,
    IReadOnlyList<double> Grid,
    IReadOnlyList<string> GridTexts,
    bool IsText,
    IReadOnlyList<double> Average,
    IReadOnlyList<double>? Low,
    IReadOnlyList<double>? High,
    Matrix Individual,
    double Level)
{
    /// <summary>Computes the curve of one feature.</summary>
    /// <param name="model">The model.</param>
    /// <param name="x">n ≥ 1 rows × d features.</param>
    /// <param name="feature">The feature's name.</param>
    /// <param name="options">Grid, rows and band; the defaults when null.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops between points of the grid.</param>
    /// <exception cref="ArgumentException">There is no row, no such feature, or it has no value or an infinite one.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static PartialDependence Of(ExplainedModel model, Matrix x, string feature, DependenceOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(x);
        options = (options ?? new DependenceOptions()).Checked();
        int j = RowCheck.Feature(model, feature);
        if (x.RowCount == 0)
        {
            throw new ArgumentException("At least one row is needed.", nameof(x));
        }

        Matrix rows = options.Rows(x);
        double[] grid = DependenceGrid.Of(model, rows, j, options);
        var individual = new double[checked(rows.RowCount * grid.Length)];
        for (int k = 0; k < grid.Length; k++)
        {
            double at = grid[k];
            double[] predicted = LocalChanges.PredictAt(model, rows, j, _ => at, cancellationToken);
            for (int i = 0; i < predicted.Length; i++)
            {
                individual[(i * grid.Length) + k] = predicted[i];
            }

            progress?.Report((k + 1.0) / grid.Length);
        }

        var curves = new Matrix(rows.RowCount, grid.Length, individual);
        bool banded = rows.RowCount is > 1 and < DependenceOptions.BandBelow && options.Resamples > 0;
        (double[] Low, double[] High)? band = banded ? CurveBand.OfMeans(curves, options) : null;
        return new PartialDependence(
            feature, model.Output, grid, [.. grid.Select(value => model.Display(j, value))], model.IsText(j), CurveBand.Means(curves), band?.Low, band?.High, curves, options.Level);
    }

    /// <summary>The same with every row's curve moved to 0 at the first value: what the feature does to a row, whatever the row's level.</summary>
    public PartialDependence Centered()
    {
        var centred = new double[Individual.Values.Length];
        for (int i = 0; i < Individual.RowCount; i++)
        {
            ReadOnlySpan<double> curve = Individual.Row(i);
            for (int k = 0; k < curve.Length; k++)
            {
                centred[(i * curve.Length) + k] = curve[k] - curve[0];
            }
        }

        double first = Average[0];
        return this with
        {
            Output = $"change of the {Output}",
            Average = [.. Average.Select(value => value - first)],
            Low = null,
            High = null,
            Individual = new Matrix(Individual.RowCount, Individual.ColumnCount, centred),
        };
    }

    /// <summary>Draws the average with its band: a line for numbers, a bar a text.</summary>
    public Figure Chart()
    {
        Figure figure = IsText
            ? MlOps.Charts.Chart.Bar(GridTexts.ToArray(), Average.ToArray(), "average", Role.Current)
            : MlOps.Charts.Chart.Line(Grid.ToArray(), Average.ToArray(), "average", Role.Current);
        bool hasBand = Low is not null;
        if (hasBand)
        {
            string label = FormattableString.Invariant($"{100 * Level:0.#} % bootstrap");
            figure = IsText
                ? figure.WithErrors(Average.Zip(Low!, (a, b) => Math.Max(0, a - b)).ToArray(), High!.Zip(Average, (a, b) => Math.Max(0, a - b)).ToArray())
                : figure.WithConfidence(Low!.ToArray(), High!.ToArray(), label);
        }

        return figure.Titled(Finding(), FormattableString.Invariant($"mean over n = {Individual.RowCount:#,0} rows{(hasBand ? $", {100 * Level:0.#} % bootstrap band" : "")}")).XAxis(Feature).YAxis($"mean {Output}");
    }

    /// <summary>Draws the average over the curves of single rows.</summary>
    /// <param name="lines">How many rows, at even steps of their mean level, 1 to 200.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not 1 to 200.</exception>
    /// <exception cref="InvalidOperationException">The feature holds texts, between which there is no line.</exception>
    public Figure IceChart(int lines = 30)
    {
        Guard.AtLeast(lines, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lines, 200);
        if (IsText)
        {
            throw new InvalidOperationException($"'{Feature}' holds texts: there is no line from one to the next. Chart() draws a bar a text.");
        }

        int n = Individual.RowCount;
        int[] byLevel = [.. Enumerable.Range(0, n).OrderBy(i => Individual.Row(i).ToArray().Average())];
        int shown = Math.Min(lines, n);
        double[] grid = [.. Grid];
        // The curves are one line with gaps between them: thirty series would mean thirty legend entries.
        double[] x = [.. Enumerable.Range(0, shown).SelectMany(_ => grid.Append(double.NaN))];
        double[] y = [.. Enumerable.Range(0, shown).SelectMany(s => Individual.Row(byLevel[(int)((long)s * (n - 1) / Math.Max(1, shown - 1))]).ToArray().Append(double.NaN))];
        return MlOps.Charts.Chart.Overlay(
                MlOps.Charts.Chart.Line(x, y, $"{shown} single rows", Role.Neutral, markers: false),
                MlOps.Charts.Chart.Line(grid, Average.ToArray(), "average", Role.Current, markers: false))
            .Titled(Finding(), FormattableString.Invariant($"{shown} of n = {n:#,0} rows, and the average of all")).XAxis(Feature).YAxis(Output);
    }

    /// <summary>How a notebook shows it: the lines of <see cref="ToString"/>.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());

    /// <summary>The curve as text, at most 12 of its points.</summary>
    public override string ToString()
    {
        const int Shown = 12;
        int[] points = [.. Enumerable.Range(0, Math.Min(Shown, Grid.Count)).Select(k => k * (Grid.Count - 1) / Math.Max(1, Math.Min(Shown, Grid.Count) - 1))];
        return string.Join(Environment.NewLine, points
            .Select(k => FormattableString.Invariant($"  {Place(k),12}  {Average[k],10:0.0000}") + (Low is null ? "" : FormattableString.Invariant($"  [{Low[k]:0.0000}, {High![k]:0.0000}]")))
            .Prepend(FormattableString.Invariant($"Partial dependence of the {Output} on {Feature}, {Individual.RowCount:#,0} rows: {Finding()}")));
    }

    /// <summary>A grid point to read: a large number without decimals.</summary>
    private string Place(int k) => !IsText && Math.Abs(Grid[k]) >= 1000 ? Grid[k].ToString("0", CultureInfo.InvariantCulture) : GridTexts[k];

    private string Finding()
    {
        (double low, double high) = (Average.Min(), Average.Max());
        return low == high
            ? $"{Feature} does not move the average"
            : FormattableString.Invariant($"{Feature} moves the average between {low:0.###} and {high:0.###}");
    }
}
