using MlOps.Learning;

namespace MlOps.Explain.Lime;

/// <summary>LIME for rows of a table: which of a row's conditions, such as <c>age ≤ 30</c>, the prediction rests on.</summary>
/// <remarks>
/// Samples are drawn around the row, every feature by itself, from the values of the training rows. A sample is described by which features fall
/// into the same quartile as the row's (the same value for texts, and for numbers with two values): zᵢ ∈ {0, 1}^d. A ridge regression of the model's
/// outputs on z, weighted by <c>√exp(−d² / width²)</c> with d² the number of features that differ, gives the weights of at most
/// <see cref="LimeOptions.Features"/> features. Unit: that of the output. 0: the condition does not matter near the row, or was not chosen.
/// <para>Unlike the Python package each call starts from the seed, so that a row's explanation never depends on which rows were explained before;
/// and values within a quartile come from the data, where the package draws from a normal distribution cut to it, which makes fractions of whole numbers.</para>
/// Features are drawn independently: where they are correlated, the model is asked about rows that do not occur. <see cref="Stability"/> shows how far the
/// answer depends on the seed. Immutable; threads may share it.
/// <para>Source: M. T. Ribeiro, S. Singh, C. Guestrin, "Why Should I Trust You?", KDD 2016.</para>
/// </remarks>
public sealed class LimeTabular : IExplainer
{
    /// <summary>The kernel's width as a multiple of √d.</summary>
    private const double WidthPerRoot = 0.75;

    /// <summary>A quartile needs this many rows to be one.</summary>
    private const int FewestTrainingRows = 4;

    /// <summary>Rows a model is asked about at a time.</summary>
    private const int BatchRows = 10_000;

    private readonly ExplainedModel _model;
    private readonly double[][] _values;
    private readonly FeatureBins[] _bins;
    private readonly LimeOptions _options;
    private readonly double _width;

    /// <summary>Learns the quartiles and the values of the features.</summary>
    /// <param name="model">The model.</param>
    /// <param name="training">n ≥ 4 rows × d features that show what values occur; NaN stands for a missing value.</param>
    /// <param name="options">Samples, width and seed; the defaults when null.</param>
    /// <exception cref="ArgumentException">The columns are not the model's, there are fewer than 4 rows, or a value is infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public LimeTabular(ExplainedModel model, Matrix training, LimeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(training);
        _model = model;
        _options = (options ?? new LimeOptions()).Checked();
        if (training.ColumnCount != model.FeatureNames.Count || training.RowCount < FewestTrainingRows)
        {
            throw new ArgumentException($"LIME needs {FewestTrainingRows} training rows of the model's {model.FeatureNames.Count} features; got {training.RowCount} rows × {training.ColumnCount} columns.", nameof(training));
        }

        _values = [.. Enumerable.Range(0, training.ColumnCount).Select(training.Column)];
        _bins = new FeatureBins[_values.Length];
        for (int j = 0; j < _bins.Length; j++)
        {
            if (Array.Exists(_values[j], double.IsInfinity))
            {
                throw new ArgumentException($"Feature '{model.FeatureNames[j]}' holds an infinite number in the training rows.", nameof(training));
            }

            int feature = j;
            _bins[j] = new FeatureBins(model.FeatureNames[j], _values[j], model.IsText(j), value => model.Display(feature, value));
        }

        _width = _options.KernelWidth ?? WidthPerRoot * Math.Sqrt(_values.Length);
    }

    /// <summary>Explains one row.</summary>
    /// <param name="row">d values, as the model reads them.</param>
    /// <param name="cancellationToken">Stops between batches of samples.</param>
    /// <exception cref="ArgumentException">There are not d values, or one is infinite.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LimeExplanation Explain(ReadOnlySpan<double> row, CancellationToken cancellationToken = default) => Explain(row, _options.Seed, cancellationToken);

    /// <summary>Explains rows, each as <see cref="Explain(ReadOnlySpan{double}, CancellationToken)"/> does.</summary>
    /// <remarks>The rows' local models begin at different intercepts, and all contributions must begin at one number: here the base value is the mean of the intercepts,
    /// so <see cref="Explanation.Residual"/> also holds a row's distance from it. Explain a row by itself for its own intercept and R².</remarks>
    /// <inheritdoc cref="IExplainer.Explain"/>
    public Explanations Explain(Matrix x, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        var amounts = new double[checked(x.RowCount * _values.Length)];
        var predictions = new double[x.RowCount];
        double intercepts = 0;
        for (int i = 0; i < x.RowCount; i++)
        {
            Explanation explanation = Explain(x.Row(i), cancellationToken).Explanation;
            predictions[i] = explanation.Prediction;
            intercepts += explanation.BaseValue;
            for (int j = 0; j < _values.Length; j++)
            {
                amounts[(i * _values.Length) + j] = explanation.Contributions[j].Amount;
            }

            progress?.Report((i + 1.0) / x.RowCount);
        }

        Matrix named = new(x.RowCount, x.ColumnCount, x.Values.ToArray(), _model.FeatureNames);
        return new Explanations("LIME", _model.Output, x.RowCount == 0 ? 0 : intercepts / x.RowCount, named, predictions, new Matrix(x.RowCount, _values.Length, amounts, _model.FeatureNames), _model.Display);
    }

    /// <summary>Repeats the explanation of one row with other seeds: what stays is the model, what changes is luck.</summary>
    /// <param name="row">d values.</param>
    /// <param name="repeats">How often, ≥ 2.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops between batches of samples.</param>
    /// <exception cref="ArgumentException">There are not d values, or one is infinite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 repeats.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN or an infinite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public LimeStability Stability(ReadOnlySpan<double> row, int repeats = 10, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        Guard.AtLeast(repeats, 2);
        var seeds = new Random(_options.Seed);
        var runs = new LimeExplanation[repeats];
        for (int r = 0; r < repeats; r++)
        {
            runs[r] = Explain(row, seeds.Next(), cancellationToken);
            progress?.Report((r + 1.0) / repeats);
        }

        return LimeStability.Of(runs);
    }

    /// <summary>Explains a row from samples that were drawn already, the row itself first.</summary>
    internal LimeExplanation Explain(Matrix samples, int seed, CancellationToken cancellationToken)
    {
        int d = _values.Length;
        ReadOnlySpan<double> row = samples.Row(0);
        var presence = new double[samples.RowCount * d];
        var weights = new double[samples.RowCount];
        for (int i = 0; i < samples.RowCount; i++)
        {
            ReadOnlySpan<double> sample = samples.Row(i);
            int differing = 0;
            for (int j = 0; j < d; j++)
            {
                bool same = i == 0 || _bins[j].Same(sample[j], row[j]);
                presence[(i * d) + j] = same ? 1 : 0;
                differing += same ? 0 : 1;
            }

            weights[i] = LocalSurrogate.Proximity(Math.Sqrt(differing), _width);
        }

        double[] outputs = Predict(samples, cancellationToken);
        LocalFit fit = LocalSurrogate.Fit(new Matrix(samples.RowCount, d, presence), outputs, weights, _options.Alpha, _options.Features, _options.Selection);
        var contributions = new Contribution[d];
        var conditions = new string[d];
        for (int j = 0; j < d; j++)
        {
            contributions[j] = new Contribution(_model.FeatureNames[j], row[j], _model.Display(j, row[j]), fit.Coefficients[j]);
            conditions[j] = _bins[j].Condition(row[j]);
        }

        var explanation = new Explanation("LIME", _model.Output, fit.Intercept, outputs[0], contributions);
        return new LimeExplanation(explanation, conditions, fit.RSquared, fit.LocalPrediction, samples.RowCount, _width, seed);
    }

    private LimeExplanation Explain(ReadOnlySpan<double> row, int seed, CancellationToken cancellationToken)
    {
        RowCheck.Finite(row, _model);
        return Explain(Draw(row, seed), seed, cancellationToken);
    }

    /// <summary>The row, then samples: each value that of a training row drawn for it alone.</summary>
    private Matrix Draw(ReadOnlySpan<double> row, int seed)
    {
        int d = _values.Length;
        var random = new Random(seed);
        var samples = new double[_options.Samples * d];
        row.CopyTo(samples);
        for (int k = d; k < samples.Length; k++)
        {
            double[] values = _values[k % d];
            samples[k] = values[random.Next(values.Length)];
        }

        return new Matrix(_options.Samples, d, samples, _model.FeatureNames);
    }

    private double[] Predict(Matrix samples, CancellationToken cancellationToken)
    {
        var outputs = new double[samples.RowCount];
        for (int start = 0; start < outputs.Length; start += BatchRows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(BatchRows, outputs.Length - start);
            Matrix batch = new(count, samples.ColumnCount, samples.Values.Slice(start * samples.ColumnCount, count * samples.ColumnCount).ToArray(), samples.ColumnNames);
            _model.Predict(batch).CopyTo(outputs, start);
        }

        return outputs;
    }
}
