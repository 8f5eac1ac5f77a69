using MlOps.Data;
using MlOps.Learning.Metrics;

namespace MlOps.Learning.Recipes;

/// <summary>How good a model is on rows whose truth is known, whether it predicts classes or numbers.</summary>
/// <param name="Rows">Rows it was measured on.</param>
/// <param name="Classes">The report of a classifier; null for numbers.</param>
/// <param name="Numbers">The report of a regression; null for classes.</param>
public sealed record Evaluation(int Rows, ClassificationReport? Classes, RegressionReport? Numbers)
{
    /// <summary>The names of the metrics of a classifier, as in <see cref="ToJson"/>.</summary>
    public static IReadOnlyList<string> ClassMetrics { get; } = ["accuracy", "precision", "recall", "f1", "auc", "logLoss", "brier"];

    /// <summary>The names of the metrics of a regression, as in <see cref="ToJson"/>.</summary>
    public static IReadOnlyList<string> NumberMetrics { get; } = ["mae", "rmse", "r2"];

    /// <summary>Predicts the rows of a table and compares with its label column. Rows without a label are left out.</summary>
    /// <param name="model">A pipeline with its model, or an ONNX file.</param>
    /// <param name="table">The rows.</param>
    /// <param name="label">The column with the truth.</param>
    /// <param name="positive">The positive class of two; the last of the model's classes without.</param>
    /// <exception cref="ArgumentException">There is no label column or no row with a label; the label is of another kind or names a class that the model does not know; or a column that the model needs is missing.</exception>
    public static Evaluation Of(ITableModel model, Table table, string label, string? positive = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(table);
        if (!table.HasColumn(label))
        {
            throw new ArgumentException($"There is no label column '{label}'. There are: {string.Join(", ", table.Columns.Select(column => column.Name))}.", nameof(table));
        }

        Table rows = table[label].MissingCount > 0 ? table.DropMissing(label) : table;
        if (rows.RowCount == 0)
        {
            throw new ArgumentException($"There is no row with a value in '{label}', so nothing to measure.", nameof(table));
        }

        return Of(model.Predict(rows), rows[label], positive);
    }

    /// <summary>Compares predictions with a column that holds the truth.</summary>
    /// <param name="predictions">What a model said.</param>
    /// <param name="truth">The true classes or numbers of the same rows, at least one and none missing.</param>
    /// <param name="positive">The positive class of two; the last of the model's classes without.</param>
    /// <exception cref="ArgumentException">The truth is of another kind than the predictions, names a class that the model does not know, or is missing in a row; or classes come without scores.</exception>
    public static Evaluation Of(Predictions predictions, Column truth, string? positive = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(truth);
        return predictions.Values is not { } numbers ? Of(predictions, Labels.Of(truth), positive)
            : truth is Column<double> or Column<long> ? new Evaluation(truth.Count, null, RegressionReport.Of(new Table(truth).Numbers(truth.Name), numbers))
            : throw new ArgumentException($"The model predicts numbers; '{truth.Name}' holds {(truth is StringColumn ? "text" : truth is Column<bool> ? "truth values" : "times")}.", nameof(truth));
    }

    /// <summary>Compares predicted classes with the truth.</summary>
    /// <param name="predictions">What a classifier said, with its scores.</param>
    /// <param name="truth">The true classes of the same rows.</param>
    /// <param name="positive">The positive class of two; the last of the model's classes without.</param>
    /// <exception cref="ArgumentException">There are no scores, or as for <see cref="ClassificationReport.Of"/>.</exception>
    public static Evaluation Of(Predictions predictions, Labels truth, string? positive = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(truth);
        return predictions is { Labels: not null, Scores: null }
            ? throw new ArgumentException("The model names classes without scores for them, which AUC and the like need.", nameof(predictions))
            : new Evaluation(truth.Count, ClassificationReport.Of(truth, predictions, positive), null);
    }

    /// <summary>Returns a metric by its name; NaN if it is undefined or the scores are no probabilities.</summary>
    /// <exception cref="ArgumentException">No metric of this kind of model has this name; the message lists those there are.</exception>
    public double this[string metric] =>
        Metrics().ToDictionary(entry => entry.Name, entry => entry.Value ?? double.NaN).TryGetValue(metric, out double value)
            ? value
            : throw new ArgumentException($"A model that predicts {(Classes is null ? "numbers" : "classes")} has no '{metric}'. It has: {string.Join(", ", Classes is null ? NumberMetrics : ClassMetrics)}.", nameof(metric));

    /// <summary>Returns <c>{"accuracy","precision","recall","f1","auc","logLoss","brier"}</c> or <c>{"mae","rmse","r2"}</c>. What is undefined or unknown is null.</summary>
    /// <param name="indented">Whether to break lines for reading.</param>
    public string ToJson(bool indented = false) => MetricJson.Write(indented, Metrics());

    /// <summary>Returns the report as an aligned text.</summary>
    public override string ToString() => (Classes?.ToString() ?? Numbers?.ToString())!;

    private IEnumerable<(string Name, double? Value)> Metrics() => Classes is { } c
        ? ClassMetrics.Zip<string, double?, (string, double?)>([c.Accuracy, c.Precision, c.Recall, c.F1, c.Auc, c.LogLoss, c.Brier], (name, value) => (name, value))
        : NumberMetrics.Zip<string, double?, (string, double?)>([Numbers!.MeanAbsoluteError, Numbers.RootMeanSquaredError, Numbers.RSquared], (name, value) => (name, value));
}
