using MathNet.Numerics.Distributions;

namespace MlOps.Drift.Estimation;

/// <summary>Confidence-based performance estimation (CBPE): how well a two-class model does now, from its scores alone.</summary>
/// <remarks>
/// A calibrated score p says how often such a row is true, so a positive decision there is right p times in one; summed over rows this gives the expected confusion matrix and
/// every metric that follows from labels. Decisions and ranks are the model's own, by its scores as they are, estimated and realised alike; only the labels are
/// replaced by calibrated probabilities.
/// <para><b>What it cannot see:</b> a change of P(y | x). It assumes that a score means today what it meant in the reference. When the world
/// changes behind unchanged inputs (concept shift), the estimate stays where it was: pair it with a few fresh labels (<see cref="LabelBudget"/>).</para>
/// <para>The reference must be labelled rows that the model was <b>not</b> trained on: on its training rows a model is surer than it should be, and the
/// estimate would inherit that.</para>
/// <para>Intervals are normal, on the logit scale for metrics in [0, 1] that are not losses: <c>Var = Var_labels + Var_reference</c>. The first is the
/// Poisson–binomial variance of the labels given the probabilities, through first derivatives; the second comes from refitting the calibration to the reference drawn again with replacement
/// (on at most 2,048 groups of neighbouring scores; where no calibration is used, from refitting a logistic curve of the logit). With a handful of expected positives they are too narrow.</para>
/// <para>O(n log n) at most, in practice linear. Immutable and thread-safe.</para>
/// <para>Sources: D. R. Cox, "The Regression Analysis of Binary Sequences", J. R. Statist. Soc. B 20 (1958); S. Garg et al., "Leveraging Unlabeled Data to Predict
/// Out-of-Distribution Performance", ICLR 2022; J. Białek et al., "Estimating Model Performance Under Covariate Shift Without Labels", arXiv:2401.08348 (2024).</para>
/// </remarks>
public sealed class ConfidenceBasedEstimator
{
    /// <summary>Groups of scores on which the calibration is varied: many more than a calibration has steps.</summary>
    private const int CoarseGroups = 2048;

    private readonly ConfidenceBasedOptions _options;
    private readonly ScoreCalibration[] _replicates;
    private readonly double _z;

    private ConfidenceBasedEstimator(CalibrationChoice choice, ScoreCalibration[] replicates, bool probabilities, ConfidenceBasedOptions options)
    {
        (Choice, _replicates, ScoresAreProbabilities, _options) = (choice, replicates, probabilities, options);
        _z = Normal.InvCDF(0, 1, (1 + options.Confidence) / 2);
    }

    /// <summary>Gets the calibration and how the candidates did.</summary>
    public CalibrationChoice Choice { get; }

    /// <summary>Gets a value indicating whether the reference's scores lie in [0, 1]. Only then have Brier score and log loss a value.</summary>
    public bool ScoresAreProbabilities { get; }

    /// <summary>Gets the estimates for the reference itself, beside what its labels say.</summary>
    public PerformancePeriod Reference { get; private set; } = new("reference", null, 0, 0, []);

    /// <summary>Gets the settings.</summary>
    public ConfidenceBasedOptions Options => _options;

    /// <summary>Learns what scores mean from a labelled reference.</summary>
    /// <param name="scores">Scores of at least 10 rows that the model was not trained on; finite, on any scale.</param>
    /// <param name="labels">Whether each row turned out true; both classes must occur.</param>
    /// <param name="options">Settings; the defaults if null.</param>
    /// <param name="cancellationToken">Stops between two replicates.</param>
    /// <exception cref="ArgumentException">Too few rows, unequal lengths, a score that is not finite, or one class alone.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public static ConfidenceBasedEstimator Fit(
        ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ConfidenceBasedOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ConfidenceBasedOptions();
        options.Check();
        var choice = CalibrationChoice.Choose(scores, labels, options.Calibration, options.Seed);
        var reference = LabelledScores.Of(scores, labels);
        var replicates = new ScoreCalibration[options.Replicates];
        Parallel.For(0, replicates.Length, new ParallelOptions { CancellationToken = cancellationToken }, b =>
        {
            LabelledScores drawn = reference.Resample(new Random(EstimationInputs.ReplicateSeed(options.Seed, b)));
            replicates[b] = choice.Calibration.Method == CalibrationMethod.None
                ? LogitRecalibration.Fit(drawn)
                : CalibrationChoice.Fit(choice.Calibration.Method, drawn);
        });
        var estimator = new ConfidenceBasedEstimator(choice, replicates, EstimationInputs.AreProbabilities(scores), options);
        estimator.Reference = estimator.Period("reference", null, scores, labels);
        return estimator;
    }

    /// <summary>Estimates the performance on one set of rows.</summary>
    /// <param name="scores">Finite scores of the same model; an empty set has NaN estimates.</param>
    /// <exception cref="ArgumentException">A score is not finite, or outside [0, 1] where the reference's scores were not.</exception>
    public PerformanceReport Estimate(ReadOnlySpan<double> scores) => Report([Period("all rows", null, scores, [])], []);

    /// <summary>Estimates the performance period by period and, with labels, sets the realised values beside it.</summary>
    /// <param name="scores">Finite scores of the same model.</param>
    /// <param name="chunks">The periods, from <see cref="Chunks"/>.</param>
    /// <param name="labels">Whether each row turned out true; none if unknown.</param>
    /// <exception cref="ArgumentException">Unequal lengths, or a score that is not finite or outside [0, 1] where the reference's were not.</exception>
    public PerformanceReport Estimate(ReadOnlySpan<double> scores, Chunks chunks, ReadOnlySpan<bool> labels = default)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        EstimationInputs.SameLength(chunks.RowCount, scores.Length, "rows of the chunks", nameof(scores));
        if (!labels.IsEmpty)
        {
            EstimationInputs.SameLength(scores.Length, labels.Length, "scores", nameof(labels));
        }

        var periods = new PerformancePeriod[chunks.Items.Count];
        for (int i = 0; i < periods.Length; i++)
        {
            Chunk chunk = chunks.Items[i];
            bool[] known = labels.IsEmpty ? [] : chunk.Take(labels);
            periods[i] = Period(chunk.Label, chunk.Start, chunk.Take(scores), known);
        }

        return Report(periods, chunks.Notes());
    }

    /// <summary>Estimates the confusion matrix.</summary>
    /// <param name="scores">Finite scores of the same model; may be empty.</param>
    /// <param name="threshold">Decided positive from this score on; that of the options if null.</param>
    /// <exception cref="ArgumentException">A score is not finite, or outside [0, 1] where the reference's scores were not.</exception>
    public ExpectedConfusion Confusion(ReadOnlySpan<double> scores, double? threshold = null)
    {
        Check(scores);
        double from = Guard.Finite(threshold ?? _options.Threshold, nameof(threshold));
        double hits = 0, missed = 0;
        int decided = 0;
        foreach (double score in scores)
        {
            double p = Choice.Calibration.Calibrate(score);
            bool positive = score >= from;
            decided += positive ? 1 : 0;
            hits += positive ? p : 0;
            missed += positive ? 0 : p;
        }

        return new ExpectedConfusion(hits, decided - hits, missed, scores.Length - decided - missed);
    }

    /// <summary>One period; the scores of its labelled rows may be fewer than all.</summary>
    internal PerformancePeriod Period(
        string label, DateTime? start, ReadOnlySpan<double> scores, ReadOnlySpan<bool> labels, ReadOnlySpan<double> labelledScores = default)
    {
        Check(scores);
        ReadOnlySpan<double> known = labelledScores.IsEmpty && labels.Length == scores.Length ? scores : labelledScores;
        var rows = ScoreGroups.Of(scores);
        double[] p = new double[rows.Scores.Length];
        Choice.Calibration.CalibrateAscending(rows.Scores, p);
        var expected = ExpectedMetrics.Of(rows, p, _options.Threshold, ScoresAreProbabilities);
        double[] referenceVariances = ReferenceVariances(rows);
        var estimates = new List<PerformanceEstimate>();
        for (int m = 0; m < BinaryMetrics.All.Length; m++)
        {
            PerformanceMetric metric = BinaryMetrics.All[m];
            if (!ScoresAreProbabilities && metric is PerformanceMetric.BrierScore or PerformanceMetric.LogLoss)
            {
                continue;
            }

            double? realised = labels.IsEmpty ? null : BinaryMetrics.Compute(metric, known, labels, _options.Threshold);
            estimates.Add(Intervals.Make(metric, expected.Values[m], expected.Variances[m], referenceVariances[m], _z, realised));
        }

        return new PerformancePeriod(label, start, scores.Length, labels.Length, estimates);
    }

    internal PerformanceReport Report(IReadOnlyList<PerformancePeriod> periods, IEnumerable<string> notes) => new(
        periods,
        Reference,
        _options.Confidence,
        $"CBPE, calibration: {Choice.Calibration.Method.ToString().ToLowerInvariant()}",
        ["Estimated from scores alone: it cannot see a change of the relation between inputs and labels (concept shift).", .. notes]);

    /// <summary>How much every metric moves when the calibration is fitted to the reference drawn again.</summary>
    private double[] ReferenceVariances(ScoreGroups rows)
    {
        double[] variances = new double[BinaryMetrics.All.Length];
        if (_replicates.Length < 2 || rows.Scores.Length == 0)
        {
            return variances;
        }

        ScoreGroups coarse = rows.Coarse(CoarseGroups, _options.Threshold);
        double[] p = new double[coarse.Scores.Length];
        double[] means = new double[variances.Length];
        for (int b = 0; b < _replicates.Length; b++)
        {
            _replicates[b].CalibrateAscending(coarse.Scores, p);
            ReadOnlySpan<double> values = ExpectedMetrics.Of(coarse, p, _options.Threshold, ScoresAreProbabilities).Values;
            for (int m = 0; m < variances.Length; m++)
            {
                double delta = values[m] - means[m];
                means[m] += delta / (b + 1);
                variances[m] += delta * (values[m] - means[m]);
            }
        }

        for (int m = 0; m < variances.Length; m++)
        {
            variances[m] /= _replicates.Length - 1;
        }

        return variances;
    }

    private void Check(ReadOnlySpan<double> scores)
    {
        EstimationInputs.Finite(scores, nameof(scores));
        if (ScoresAreProbabilities && !EstimationInputs.AreProbabilities(scores))
        {
            throw new ArgumentException("The reference's scores are probabilities; some of these are outside [0, 1]. Are they another model's?", nameof(scores));
        }
    }
}
