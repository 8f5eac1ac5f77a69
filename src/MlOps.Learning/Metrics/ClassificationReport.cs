namespace MlOps.Learning.Metrics;

/// <summary>How good predicted classes and their scores are, in one record.</summary>
/// <param name="Positive">The class that precision, recall and F1 are about; null with more than two classes, where they are macro averages.</param>
/// <param name="Confusion">Truth against prediction.</param>
/// <param name="Auc">Area under the ROC curve; one against rest, macro, with more than two classes. NaN if only one class occurs.</param>
/// <param name="AveragePrecision">Of the positive class; null with more than two classes, NaN if it does not occur.</param>
/// <param name="LogLoss">In nats; null if the scores are no probabilities.</param>
/// <param name="Brier">In [0, 1] for two classes, [0, 2] for more (see <see cref="Metrics.Brier"/>); null if the scores are no probabilities.</param>
/// <param name="ExpectedCalibrationError">Of the positive class over ten bins of equal width; null without one or without probabilities.</param>
public sealed record ClassificationReport(
    string? Positive,
    ConfusionMatrix Confusion,
    double Auc,
    double? AveragePrecision,
    double? LogLoss,
    double? Brier,
    double? ExpectedCalibrationError)
{
    /// <summary>Gets the share of right predictions.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>Gets the mean recall of the classes.</summary>
    public double BalancedAccuracy => Confusion.BalancedAccuracy;

    /// <summary>Gets the precision of the positive class, or the macro average; NaN if the positive class was never predicted.</summary>
    public double Precision => Positive is null ? Confusion.Precision() : Confusion.For(Positive).Precision;

    /// <summary>Gets the recall of the positive class, or the macro average; NaN if the positive class does not occur.</summary>
    public double Recall => Positive is null ? Confusion.Recall() : Confusion.For(Positive).Recall;

    /// <summary>Gets F1 of the positive class, or the macro average.</summary>
    public double F1 => Positive is null ? Confusion.F1() : Confusion.For(Positive).F1;

    /// <summary>Gets Matthews' correlation.</summary>
    public double Mcc => Confusion.Mcc;

    /// <summary>Measures what a model said.</summary>
    /// <param name="truth">The true classes of n ≥ 1 rows. A class the model does not know is an error; one without a row is not.</param>
    /// <param name="predictions">The model's classes and scores for the same rows.</param>
    /// <param name="positive">The positive class of two; the second of the model's classes without.</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each. The calibration error is without weights.</param>
    /// <exception cref="ArgumentException">The predictions are numbers; no row; unequal lengths; an unknown class; a score not finite; all weights 0; or a
    /// positive class is named for more than two.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static ClassificationReport Of(Labels truth, Predictions predictions, string? positive = null, ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predictions);
        if (predictions is not { Labels: { } labels, Scores: { } scores })
        {
            throw new ArgumentException("The predictions are numbers, not classes; use RegressionReport.", nameof(predictions));
        }

        Labels known = Known(truth, labels.Classes);
        ConfusionMatrix confusion = ConfusionMatrix.Of(known, labels, weights);
        if (labels.Classes.Count != 2)
        {
            return positive is not null
                ? throw new ArgumentException($"There are {labels.Classes.Count} classes; only one of two is positive. The averages are macro.", nameof(positive))
                : new ClassificationReport(
                    null,
                    confusion,
                    RocAuc.Compute(known, scores, weights: weights),
                    null,
                    predictions.AreProbabilities ? Metrics.LogLoss.Compute(known, scores, weights) : null,
                    predictions.AreProbabilities ? Metrics.Brier.Compute(known, scores, weights) : null,
                    null);
        }

        positive ??= labels.Classes[1];
        bool[] isPositive = known.Are(positive);
        double[] score = scores.Column(known.CodeOf(positive));
        return new ClassificationReport(
            positive,
            confusion,
            RocAuc.Compute(isPositive, score, weights),
            PrecisionRecallCurve.Of(isPositive, score, weights).AveragePrecision,
            predictions.AreProbabilities ? Metrics.LogLoss.Compute(isPositive, score, weights) : null,
            predictions.AreProbabilities ? Metrics.Brier.Compute(isPositive, score, weights) : null,
            predictions.AreProbabilities ? CalibrationCurve.Of(isPositive, score).ExpectedCalibrationError : null);
    }

    /// <summary>Returns the numbers as JSON: <c>{"accuracy","precision","recall","f1","auc","logLoss","brier"}</c>. What is undefined or unknown is null.</summary>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => MetricJson.Write(
        indented,
        [("accuracy", Accuracy), ("precision", Precision), ("recall", Recall), ("f1", F1), ("auc", Auc), ("logLoss", LogLoss), ("brier", Brier)]);

    /// <summary>Returns how a notebook shows the report: a row a class, then the numbers about all.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => Table().ToMimeBundle();

    /// <summary>Returns the report as an aligned text.</summary>
    public override string ToString() => Table().ToText();

    /// <summary>The truth in the codes of the model.</summary>
    private static Labels Known(Labels truth, IReadOnlyList<string> classes)
    {
        int[] codes = [.. truth.Classes.Select(name => classes.ToList().IndexOf(name))];
        var recoded = new int[truth.Count];
        for (int i = 0; i < recoded.Length; i++)
        {
            recoded[i] = codes[truth.Codes[i]];
            if (recoded[i] < 0)
            {
                throw new ArgumentException($"Row {i} is '{truth[i]}', a class the model does not know. It knows: {string.Join(", ", classes)}.", nameof(truth));
            }
        }

        return new Labels(recoded, classes);
    }

    private MetricTable Table()
    {
        var rows = new List<string[]>();
        foreach (BinaryConfusion c in Confusion.PerClass)
        {
            rows.Add([c.Positive == Positive ? $"{c.Positive} (positive)" : c.Positive, MetricTable.Share(c.Precision), MetricTable.Share(c.Recall), MetricTable.Share(c.F1), MetricTable.Count(c.Positives)]);
        }

        rows.Add(["macro average", MetricTable.Share(Confusion.Precision()), MetricTable.Share(Confusion.Recall()), MetricTable.Share(Confusion.F1()), MetricTable.Count(Confusion.Total)]);
        rows.Add(["weighted average", MetricTable.Share(Confusion.Precision(Average.Weighted)), MetricTable.Share(Confusion.Recall(Average.Weighted)), MetricTable.Share(Confusion.F1(Average.Weighted)), MetricTable.Count(Confusion.Total)]);
        (string Name, double? Value)[] others =
        [
            ("accuracy", Accuracy), ("balanced accuracy", BalancedAccuracy), ("MCC", Mcc), ("AUC", Auc), ("average precision", AveragePrecision),
            ("log loss", LogLoss), ("Brier", Brier), ("ECE", ExpectedCalibrationError),
        ];
        string subtitle = string.Join("; ", others.Where(o => o.Value is not null).Select(o => $"{o.Name} {MetricTable.Share(o.Value!.Value)}"));
        return new MetricTable(FormattableString.Invariant($"{Accuracy:0.0 %} of {Confusion.Total:#,0.##} cases are right"), subtitle, ["class", "precision", "recall", "F1", "cases"], rows);
    }
}
