using MathNet.Numerics.Distributions;

namespace MlOps.Drift.Estimation;

/// <summary>Confidence-based performance estimation for k classes: accuracy and macro-F1 from the model's probabilities alone.</summary>
/// <remarks>
/// As <see cref="ConfidenceBasedEstimator"/>, whose limits hold here too: it cannot see a change of P(y | x). The model decides for the class with the
/// highest probability (the first of equal ones). Each class is calibrated against the rest on the reference and every row scaled to a total of 1;
/// <c>F1_c = 2·TP_c / (decided_c + true_c)</c> from expected counts, 0 for a class that is neither decided nor expected; macro-F1 is their mean over
/// all k classes, as scikit-learn's with <c>labels=range(k), zero_division=0</c>. Replicates of the reference are judged on at most 2,000
/// evenly spaced rows of a period. Immutable and thread-safe.
/// </remarks>
public sealed class MulticlassConfidenceEstimator
{
    private const int MostReplicateRows = 2000;

    private readonly ScoreCalibration[] _curves;
    private readonly ScoreCalibration[][] _replicates;
    private readonly ConfidenceBasedOptions _options;
    private readonly double _z;

    private MulticlassConfidenceEstimator(ScoreCalibration[] curves, ScoreCalibration[][] replicates, ConfidenceBasedOptions options)
    {
        (_curves, _replicates, _options) = (curves, replicates, options);
        _z = Normal.InvCDF(0, 1, (1 + options.Confidence) / 2);
    }

    /// <summary>Gets k, the number of classes.</summary>
    public int Classes => _curves.Length;

    /// <summary>Gets the calibration of every class.</summary>
    public IReadOnlyList<ScoreCalibration> Calibrations => _curves;

    /// <summary>Gets the estimates for the reference itself, beside what its labels say.</summary>
    public PerformancePeriod Reference { get; private set; } = new("reference", null, 0, 0, []);

    /// <summary>Learns what probabilities mean from a labelled reference that the model was not trained on.</summary>
    /// <param name="probabilities">n rows × k columns, row after row, each in [0, 1]; at least 10 rows.</param>
    /// <param name="classes">k ≥ 2.</param>
    /// <param name="labels">The class of each row, 0 to k − 1; every class must occur, and none alone.</param>
    /// <param name="options">Settings; the threshold plays no part. The defaults if null.</param>
    /// <param name="cancellationToken">Stops between two replicates.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, a class has no row, or there are too few rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability, a label or a setting is out of range.</exception>
    /// <exception cref="OperationCanceledException">The fit was cancelled.</exception>
    public static MulticlassConfidenceEstimator Fit(
        ReadOnlySpan<double> probabilities,
        int classes,
        ReadOnlySpan<int> labels,
        ConfidenceBasedOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new ConfidenceBasedOptions();
        options.Check();
        Guard.AtLeast(classes, 2);
        Check(probabilities, classes);
        Check(labels, probabilities.Length / classes, classes);
        (double[][] columns, bool[][] isClass) = Split(probabilities, labels, classes);
        var curves = new ScoreCalibration[classes];
        for (int c = 0; c < classes; c++)
        {
            curves[c] = CalibrationChoice.Choose(columns[c], isClass[c], options.Calibration, options.Seed).Calibration;
        }

        var replicates = new ScoreCalibration[options.Replicates][];
        Parallel.For(0, replicates.Length, new ParallelOptions { CancellationToken = cancellationToken }, b =>
            replicates[b] = Refit(columns, isClass, curves, new Random(EstimationInputs.ReplicateSeed(options.Seed, b))));
        var estimator = new MulticlassConfidenceEstimator(curves, replicates, options);
        estimator.Reference = estimator.Period("reference", null, probabilities, labels);
        return estimator;
    }

    /// <summary>Estimates the performance on one set of rows.</summary>
    /// <param name="probabilities">n rows × k columns, row after row.</param>
    /// <exception cref="ArgumentException">The length is no multiple of k.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is outside [0, 1] or NaN.</exception>
    public PerformanceReport Estimate(ReadOnlySpan<double> probabilities)
    {
        Check(probabilities, Classes);
        return Report([Period("all rows", null, probabilities, [])], []);
    }

    /// <summary>Estimates the performance period by period and, with labels, sets the realised values beside it.</summary>
    /// <param name="probabilities">n rows × k columns, row after row.</param>
    /// <param name="chunks">The periods, over n rows.</param>
    /// <param name="labels">The class of each row, 0 to k − 1; none if unknown.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A probability is outside [0, 1] or NaN, or a label is no class.</exception>
    public PerformanceReport Estimate(ReadOnlySpan<double> probabilities, Chunks chunks, ReadOnlySpan<int> labels = default)
    {
        ArgumentNullException.ThrowIfNull(chunks);
        Check(probabilities, Classes);
        EstimationInputs.SameLength(chunks.RowCount, probabilities.Length / Classes, "rows of the chunks", nameof(probabilities));
        if (!labels.IsEmpty)
        {
            Check(labels, chunks.RowCount, Classes);
        }

        var periods = new PerformancePeriod[chunks.Items.Count];
        for (int i = 0; i < periods.Length; i++)
        {
            Chunk chunk = chunks.Items[i];
            double[] rows = new double[chunk.Count * Classes];
            for (int r = 0; r < chunk.Count; r++)
            {
                probabilities.Slice(chunk.Rows.Span[r] * Classes, Classes).CopyTo(rows.AsSpan(r * Classes));
            }

            periods[i] = Period(chunk.Label, chunk.Start, rows, labels.IsEmpty ? [] : chunk.Take(labels));
        }

        return Report(periods, chunks.Notes());
    }

    private PerformanceReport Report(IReadOnlyList<PerformancePeriod> periods, IEnumerable<string> notes) => new(
        periods,
        Reference,
        _options.Confidence,
        $"CBPE, {Classes} classes",
        ["Estimated from probabilities alone: it cannot see a change of the relation between inputs and labels (concept shift).", .. notes]);

    private PerformancePeriod Period(string label, DateTime? start, ReadOnlySpan<double> rows, ReadOnlySpan<int> labels)
    {
        var expected = MulticlassMetrics.Of(rows, Classes, _curves);
        (double accuracy, double macroF1) = ReferenceVariances(rows);
        (double Accuracy, double MacroF1)? realised = labels.IsEmpty ? null : MulticlassMetrics.Realised(rows, Classes, labels);
        return new PerformancePeriod(label, start, rows.Length / Classes, labels.Length,
        [
            Intervals.Make(PerformanceMetric.Accuracy, expected.Accuracy, expected.AccuracyVariance, accuracy, _z, realised?.Accuracy),
            Intervals.Make(PerformanceMetric.MacroF1, expected.MacroF1, expected.MacroF1Variance, macroF1, _z, realised?.MacroF1),
        ]);
    }

    private (double Accuracy, double MacroF1) ReferenceVariances(ReadOnlySpan<double> rows)
    {
        int n = rows.Length / Classes;
        if (n == 0 || _replicates.Length < 2)
        {
            return (0, 0);
        }

        int kept = Math.Min(n, MostReplicateRows);
        double[] sample = new double[kept * Classes];
        for (int i = 0; i < kept; i++)
        {
            rows.Slice((int)((long)n * i / kept) * Classes, Classes).CopyTo(sample.AsSpan(i * Classes));
        }

        double[] accuracies = new double[_replicates.Length];
        double[] scores = new double[_replicates.Length];
        Parallel.For(0, _replicates.Length, b =>
        {
            var metrics = MulticlassMetrics.Of(sample, Classes, _replicates[b]);
            (accuracies[b], scores[b]) = (metrics.Accuracy, metrics.MacroF1);
        });
        return (Variance(accuracies), Variance(scores));
    }

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }

    private static ScoreCalibration[] Refit(double[][] columns, bool[][] isClass, ScoreCalibration[] curves, Random random)
    {
        int n = columns[0].Length;
        int[] drawn = new int[n];
        for (int i = 0; i < n; i++)
        {
            drawn[i] = random.Next(n);
        }

        var refitted = new ScoreCalibration[curves.Length];
        for (int c = 0; c < curves.Length; c++)
        {
            double[] scores = Array.ConvertAll(drawn, row => columns[c][row]);
            bool[] labels = Array.ConvertAll(drawn, row => isClass[c][row]);
            var reference = LabelledScores.Of(scores, labels);
            refitted[c] = curves[c].Method == CalibrationMethod.None ? LogitRecalibration.Fit(reference) : CalibrationChoice.Fit(curves[c].Method, reference);
        }

        return refitted;
    }

    private static (double[][] Columns, bool[][] IsClass) Split(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> labels, int classes)
    {
        double[][] columns = new double[classes][];
        bool[][] isClass = new bool[classes][];
        for (int c = 0; c < classes; c++)
        {
            columns[c] = new double[labels.Length];
            isClass[c] = new bool[labels.Length];
            for (int i = 0; i < labels.Length; i++)
            {
                columns[c][i] = probabilities[(i * classes) + c];
                isClass[c][i] = labels[i] == c;
            }
        }

        return (columns, isClass);
    }

    private static void Check(ReadOnlySpan<double> probabilities, int classes)
    {
        if (probabilities.Length % classes != 0)
        {
            throw new ArgumentException($"probabilities needs {classes} values a row; {probabilities.Length} values are no whole number of rows.", nameof(probabilities));
        }

        foreach (double p in probabilities)
        {
            Guard.Share(p, nameof(probabilities));
        }
    }

    private static void Check(ReadOnlySpan<int> labels, int rows, int classes)
    {
        EstimationInputs.SameLength(rows, labels.Length, "rows", nameof(labels));
        foreach (int label in labels)
        {
            if (label < 0 || label >= classes)
            {
                throw new ArgumentOutOfRangeException(nameof(labels), label, $"A label must be a class from 0 to {classes - 1}.");
            }
        }
    }
}
