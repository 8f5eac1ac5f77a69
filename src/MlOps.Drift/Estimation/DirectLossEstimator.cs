using System.Globalization;
using MlOps.Data;

namespace MlOps.Drift.Estimation;

/// <summary>Direct loss estimation (DLE): how well a regression model does now, from its inputs and predictions alone.</summary>
/// <remarks>
/// Two further models learn the absolute and the squared error from features and prediction on a labelled reference; their mean predictions on new rows,
/// corrected by what they got wrong on unseen folds, estimate MAE and MSE; <c>RMSE = √MSE</c>. It works where the error depends on the inputs
/// (heteroscedasticity) and the inputs move.
/// <para><b>What it cannot see:</b> a change of the relation between inputs and target, and errors in regions that the reference never covered; how many rows lie outside its
/// range is told. The reference must be rows that the model was not trained on: there its errors are too small.</para>
/// <para>Intervals are percentiles over draws of out-of-fold residuals, within ten bins of the predicted loss: once over the reference (its mean residuals) and once for
/// the rows of the period. Immutable and thread-safe.</para>
/// <para>Source: idea as in NannyML's DLE (documentation, 2023); bootstrap: B. Efron, R. J. Tibshirani, "An Introduction to the Bootstrap" (1993), 9.4.</para>
/// </remarks>
public sealed partial class DirectLossEstimator
{
    private readonly ILossModel[] _models;
    private readonly LossResiduals[] _residuals;
    private readonly (double Low, double High)[] _ranges;
    private readonly DirectLossOptions _options;

    private DirectLossEstimator(ILossModel[] models, LossResiduals[] residuals, (double Low, double High)[] ranges, DirectLossOptions options) =>
        (_models, _residuals, _ranges, _options) = (models, residuals, ranges, options);

    /// <summary>Gets the number of features, the prediction not counted.</summary>
    public int FeatureCount => _ranges.Length - 1;

    /// <summary>Gets the estimates for the reference itself, beside its realised errors. In-sample for the loss models: look at it for the level, not for a proof.</summary>
    public PerformancePeriod Reference { get; private set; } = new("reference", null, 0, 0, []);

    /// <summary>Learns the losses from a labelled reference that the model was not trained on.</summary>
    /// <param name="features">n rows × d columns, row after row; NaN where a value is missing. n at least 20 and twice the folds.</param>
    /// <param name="predictions">n finite predictions.</param>
    /// <param name="targets">n finite true values.</param>
    /// <param name="options">Settings; the defaults if null.</param>
    /// <param name="progress">Receives the share of finished fits, rising to 1.</param>
    /// <param name="cancellationToken">Stops between two fits.</param>
    /// <exception cref="ArgumentException">Too few rows, lengths that do not fit, an infinite feature, or a prediction or target that is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public static DirectLossEstimator Fit(
        ReadOnlySpan<double> features,
        ReadOnlySpan<double> predictions,
        ReadOnlySpan<double> targets,
        DirectLossOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new DirectLossOptions();
        options.Check();
        if (predictions.Length < Math.Max(20, 2 * options.Folds))
        {
            throw new ArgumentException($"predictions needs at least {Math.Max(20, 2 * options.Folds)} labelled rows; it has {predictions.Length}.", nameof(predictions));
        }

        EstimationInputs.SameLength(predictions.Length, targets.Length, "predictions", nameof(targets));
        EstimationInputs.Finite(targets, nameof(targets));
        double[] rows = Rows(features, predictions, features.Length / predictions.Length);
        int columns = (features.Length / predictions.Length) + 1;
        double[][] losses = [new double[predictions.Length], new double[predictions.Length]];
        for (int i = 0; i < predictions.Length; i++)
        {
            double error = targets[i] - predictions[i];
            (losses[0][i], losses[1][i]) = (Math.Abs(error), error * error);
        }

        var models = new ILossModel[2];
        var residuals = new LossResiduals[2];
        for (int k = 0; k < 2; k++)
        {
            double[] unseen = OutOfFold(rows, columns, losses[k], options, fold => progress?.Report((k * (options.Folds + 1.0) + fold) / (2 * (options.Folds + 1))), cancellationToken);
            models[k] = options.Learner(rows, columns, losses[k], options.Seed);
            residuals[k] = LossResiduals.Of(unseen, losses[k], options.Replicates, options.Seed);
            progress?.Report((k + 1) / 2.0);
        }

        var estimator = new DirectLossEstimator(models, residuals, Ranges(rows, columns), options);
        estimator.Reference = estimator.Period("reference", null, rows, [.. targets], out _);
        return estimator;
    }

    /// <summary>Learns the losses from a table.</summary>
    /// <param name="reference">Labelled rows that the model was not trained on. Rows whose prediction or target is missing must be removed first.</param>
    /// <param name="prediction">The column of predictions.</param>
    /// <param name="target">The column of true values.</param>
    /// <param name="features">Columns of numbers or true/false; missing values are allowed.</param>
    /// <param name="options">Settings; the defaults if null.</param>
    /// <param name="progress">Receives the share of finished fits.</param>
    /// <param name="cancellationToken">Stops between two fits.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">A column holds text or times.</exception>
    /// <exception cref="ArgumentException">As for arrays.</exception>
    public static DirectLossEstimator Fit(
        Table reference,
        string prediction,
        string target,
        IReadOnlyList<string> features,
        DirectLossOptions? options = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return Fit(Features(reference, features), reference.Numbers(prediction), reference.Numbers(target), options, progress, cancellationToken);
    }

    /// <summary>Estimates the errors on one set of rows.</summary>
    /// <param name="features">n rows × d columns, row after row; NaN where a value is missing.</param>
    /// <param name="predictions">n finite predictions.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit, an infinite feature, or a prediction that is not finite.</exception>
    public PerformanceReport Estimate(ReadOnlySpan<double> features, ReadOnlySpan<double> predictions) =>
        Estimate(features, predictions, Chunks.All(predictions.Length));

    /// <summary>Estimates the errors period by period and, with targets, sets the realised values beside them.</summary>
    /// <param name="features">n rows × d columns, row after row; NaN where a value is missing.</param>
    /// <param name="predictions">n finite predictions.</param>
    /// <param name="chunks">The periods, over n rows.</param>
    /// <param name="targets">The true values; none if unknown.</param>
    /// <exception cref="ArgumentException">Lengths that do not fit, an infinite feature, or a prediction or target that is not finite.</exception>
    public PerformanceReport Estimate(ReadOnlySpan<double> features, ReadOnlySpan<double> predictions, Chunks chunks, ReadOnlySpan<double> targets = default)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        EstimationInputs.SameLength(chunks.RowCount, predictions.Length, "rows of the chunks", nameof(predictions));
        if (!targets.IsEmpty)
        {
            EstimationInputs.SameLength(predictions.Length, targets.Length, "predictions", nameof(targets));
            EstimationInputs.Finite(targets, nameof(targets));
        }

        double[] rows = Rows(features, predictions, FeatureCount);
        int columns = _ranges.Length;
        var periods = new PerformancePeriod[chunks.Items.Count];
        int outside = 0;
        for (int i = 0; i < periods.Length; i++)
        {
            Chunk chunk = chunks.Items[i];
            double[] members = new double[chunk.Count * columns];
            for (int r = 0; r < chunk.Count; r++)
            {
                rows.AsSpan(chunk.Rows.Span[r] * columns, columns).CopyTo(members.AsSpan(r * columns));
            }

            periods[i] = Period(chunk.Label, chunk.Start, members, targets.IsEmpty ? [] : chunk.Take(targets), out int beyond);
            outside += beyond;
        }

        List<string> notes = ["Estimated from inputs and predictions alone: it cannot see a change of the relation between inputs and target (concept shift).", .. chunks.Notes()];
        if (outside > 0)
        {
            notes.Add(string.Create(CultureInfo.InvariantCulture, $"{outside:N0} of {predictions.Length:N0} rows lie outside the reference's range in some column: there the estimate is a guess."));
        }

        return new PerformanceReport(periods, Reference, _options.Confidence, "DLE", notes);
    }

    /// <summary>Estimates the errors on the rows of a table.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="prediction">The column of predictions.</param>
    /// <param name="features">The columns of the fit, in the same order.</param>
    /// <param name="chunks">The periods; one for all rows if null.</param>
    /// <param name="target">The column of true values; null if unknown.</param>
    /// <exception cref="KeyNotFoundException">No such column.</exception>
    /// <exception cref="InvalidOperationException">A column holds text or times: it may have changed its type.</exception>
    /// <exception cref="ArgumentException">As for arrays.</exception>
    public PerformanceReport Estimate(Table table, string prediction, IReadOnlyList<string> features, Chunks? chunks = null, string? target = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Estimate(
            Features(table, features),
            table.Numbers(prediction),
            chunks ?? Chunks.All(table.RowCount),
            target is null ? [] : table.Numbers(target));
    }

    private PerformancePeriod Period(string label, DateTime? start, double[] rows, double[] targets, out int outside)
    {
        int columns = _ranges.Length;
        int n = rows.Length / columns;
        outside = Outside(rows);
        PerformanceMetric[] metrics = [PerformanceMetric.MeanAbsoluteError, PerformanceMetric.MeanSquaredError, PerformanceMetric.RootMeanSquaredError];
        if (n == 0)
        {
            return new PerformancePeriod(label, start, 0, 0, [.. metrics.Select(metric => new PerformanceEstimate(metric, double.NaN, double.NaN, double.NaN))]);
        }

        double[] predicted = new double[n];
        double[] realised = Realised(rows, columns, targets);
        var estimates = new List<PerformanceEstimate>(3);
        for (int k = 0; k < 2; k++)
        {
            ILossModel model = _models[k];
            Parallel.For(0, n, i => predicted[i] = Math.Max(0, model.Predict(rows.AsSpan(i * columns, columns))));
            (double value, double sampling, double reference, double[] replicates) = _residuals[k].Mean(predicted, _options.Seed);
            (double lower, double upper) = Percentiles(replicates);
            estimates.Add(new PerformanceEstimate(metrics[k], value, Math.Min(lower, value), Math.Max(upper, value), targets.Length == 0 ? null : realised[k])
            {
                SamplingError = sampling,
                ReferenceError = reference,
            });
        }

        PerformanceEstimate squared = estimates[1];
        double root = Math.Sqrt(squared.Value);
        estimates.Add(new PerformanceEstimate(metrics[2], root, Math.Sqrt(squared.Lower), Math.Sqrt(squared.Upper), targets.Length == 0 ? null : Math.Sqrt(realised[1]))
        {
            SamplingError = squared.SamplingError / (2 * root), // the derivative of the root
            ReferenceError = squared.ReferenceError / (2 * root),
        });
        return new PerformancePeriod(label, start, n, targets.Length, estimates);
    }

    private (double Lower, double Upper) Percentiles(double[] ascending)
    {
        int tail = (int)(ascending.Length * (1 - _options.Confidence) / 2);
        return (ascending[tail], ascending[^(tail + 1)]);
    }

    private int Outside(double[] rows)
    {
        int outside = 0;
        for (int start = 0; start < rows.Length; start += _ranges.Length)
        {
            bool beyond = false;
            for (int c = 0; c < _ranges.Length; c++)
            {
                beyond |= rows[start + c] < _ranges[c].Low || rows[start + c] > _ranges[c].High;
            }

            outside += beyond ? 1 : 0;
        }

        return outside;
    }

    private static double[] Realised(double[] rows, int columns, double[] targets)
    {
        double absolute = 0, squared = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double error = targets[i] - rows[(i * columns) + columns - 1];
            absolute += Math.Abs(error);
            squared += error * error;
        }

        return [absolute / targets.Length, squared / targets.Length];
    }
}
