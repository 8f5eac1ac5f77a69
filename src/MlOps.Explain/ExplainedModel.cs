using System.Globalization;
using System.Numerics.Tensors;
using MlOps.Data;
using MlOps.Learning;

namespace MlOps.Explain;

/// <summary>A model as explanations see it: features in, one number a row out.</summary>
/// <remarks>
/// A feature is a number. A column of text counts as one feature whose number stands for a text: <see cref="Encode"/> makes the numbers and
/// <see cref="Display"/> reads them back. The number of a text never means more or less, it only tells texts apart.
/// </remarks>
public sealed class ExplainedModel
{
    private readonly Func<Matrix, double[]> _predict;
    private readonly TableCoding? _coding;

    /// <summary>Null for a model that threads may share.</summary>
    private readonly Lock? _oneAtATime;

    private ExplainedModel(IReadOnlyList<string> featureNames, string output, Func<Matrix, double[]> predict, TableCoding? coding = null, bool threadSafe = true)
    {
        _oneAtATime = threadSafe ? null : new Lock();
        FeatureNames = [.. featureNames];
        Output = output;
        _predict = predict;
        _coding = coding;
    }

    /// <summary>Gets the names of the features, in order.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>Gets what the number is: <c>probability of approved</c>.</summary>
    public string Output { get; }

    /// <summary>Gets whether several threads may ask the model at once; if not, <see cref="Predict"/> lets them in one by one.</summary>
    internal bool IsThreadSafe => _oneAtATime is null;

    /// <summary>A model that is a function.</summary>
    /// <param name="featureNames">The features, at least one.</param>
    /// <param name="predict">Gives one number a row. It is called with many rows at once.</param>
    /// <param name="output">What the number is.</param>
    /// <param name="threadSafe">Whether several threads may call <paramref name="predict"/> at the same time, which is faster. False is safe for every function: one call at a time.</param>
    /// <exception cref="ArgumentException">There is no feature.</exception>
    public static ExplainedModel Of(IReadOnlyList<string> featureNames, Func<Matrix, double[]> predict, string output = "prediction", bool threadSafe = false)
    {
        ArgumentNullException.ThrowIfNull(featureNames);
        ArgumentNullException.ThrowIfNull(predict);
        return featureNames.Count > 0
            ? new ExplainedModel(featureNames, output, predict, threadSafe: threadSafe)
            : throw new ArgumentException("A model without features has nothing to explain.", nameof(featureNames));
    }

    /// <summary>The number a regression predicts.</summary>
    public static ExplainedModel Of(IRegressor model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ExplainedModel(model.FeatureNames, "prediction", model.Predict);
    }

    /// <summary>The score of one class: its probability where the model knows it.</summary>
    /// <param name="model">The classifier.</param>
    /// <param name="class">Which class; the last one when null, which for two classes is the positive one.</param>
    /// <param name="logOdds">Whether to explain ln(p / (1 − p)) instead of the probability p; adding up is more natural there, reading less.</param>
    /// <exception cref="ArgumentException">No such class, or log-odds of a score that is no probability.</exception>
    public static ExplainedModel Of(IClassifier model, string? @class = null, bool logOdds = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        bool isProbability = model is IProbabilisticClassifier;
        int column = PlaceOf(@class, model.Classes);
        return new ExplainedModel(model.FeatureNames, OutputName(isProbability, logOdds, model.Classes[column]), x => Transformed(model.Scores(x).Column(column), logOdds));
    }

    /// <summary>The score of one class, or the number, that a pipeline or an ONNX file predicts from a table.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sample">Rows as the model reads them: they say which texts there are and whether a column holds whole numbers. A background set is a good choice.</param>
    /// <param name="columns">The columns that are features; all columns of <paramref name="sample"/> when null. The others keep their value of the first row of the sample.</param>
    /// <param name="class">Which class; the last one when null.</param>
    /// <param name="logOdds">As for classifiers.</param>
    /// <exception cref="ArgumentException">The sample is empty, lacks a column or has one of times among the features; no such class, or log-odds of what is no probability.</exception>
    public static ExplainedModel Of(ITableModel model, Table sample, IReadOnlyList<string>? columns = null, string? @class = null, bool logOdds = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        var coding = new TableCoding(sample, columns);
        Predictions first = model.Predict(sample.Rows(..1));
        if (first.Values is not null)
        {
            return @class is null && !logOdds
                ? new ExplainedModel(coding.Columns, "prediction", x => model.Predict(coding.Decode(x)).Values!, coding)
                : throw new ArgumentException("The model predicts numbers: it has neither classes nor log-odds.", nameof(@class));
        }

        if (first.Scores is null)
        {
            throw new ArgumentException("The model names a class and gives no score; there is no number to explain.", nameof(model));
        }

        int column = PlaceOf(@class, first.Scores.ColumnNames);
        return new ExplainedModel(
            coding.Columns,
            OutputName(first.AreProbabilities, logOdds, first.Scores.ColumnNames[column]),
            x => Transformed(model.Predict(coding.Decode(x)).Scores!.Column(column), logOdds),
            coding);
    }

    /// <summary>Turns rows of a table into features: numbers as they are, a text into the number that stands for it.</summary>
    /// <exception cref="ArgumentException">A column is missing or holds another type than in the sample.</exception>
    public Matrix Encode(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return _coding?.Encode(table) ?? Matrix.FromTable(table, FeatureNames);
    }

    /// <summary>Writes a feature's value as a reader would: the text itself where the number stands for one.</summary>
    public string Display(int feature, double value) =>
        _coding?.Display(feature, value) ?? value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Tells whether the numbers of a feature stand for texts.</summary>
    public bool IsText(int feature) => _coding?.IsText(feature) ?? false;

    /// <summary>Predicts one number a row.</summary>
    /// <exception cref="ArgumentException">The number of columns is not the number of features.</exception>
    /// <exception cref="InvalidOperationException">The model gives NaN, an infinite number, or too few numbers; the message names the row.</exception>
    public double[] Predict(Matrix x)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.ColumnCount != FeatureNames.Count)
        {
            throw new ArgumentException($"The model reads {FeatureNames.Count} features; x has {x.ColumnCount} columns.", nameof(x));
        }

        double[] predicted = x.RowCount == 0 ? [] : Ask(x);
        if (predicted.Length != x.RowCount)
        {
            throw new InvalidOperationException($"The model gave {predicted.Length} numbers for {x.RowCount} rows.");
        }

        bool finite = TensorPrimitives.IsFiniteAll<double>(predicted);
        for (int i = 0; !finite && i < predicted.Length; i++)
        {
            if (!double.IsFinite(predicted[i]))
            {
                throw new InvalidOperationException($"The model gives {predicted[i].ToString(CultureInfo.InvariantCulture)} for {Describe(x.Row(i))}. What is not a number cannot be explained.");
            }
        }

        return predicted;
    }

    private double[] Ask(Matrix x)
    {
        if (_oneAtATime is null)
        {
            return _predict(x);
        }

        lock (_oneAtATime)
        {
            return _predict(x);
        }
    }

    private static int PlaceOf(string? @class, IReadOnlyList<string> classes)
    {
        int place = @class is null ? classes.Count - 1 : classes.ToList().IndexOf(@class);
        return place >= 0 ? place : throw new ArgumentException($"The model has no class '{@class}'. There are: {string.Join(", ", classes)}.", nameof(@class));
    }

    private static string OutputName(bool isProbability, bool logOdds, string name) => (isProbability, logOdds) switch
    {
        (true, true) => $"log-odds of {name}",
        (true, false) => $"probability of {name}",
        (false, false) => $"score of {name}",
        _ => throw new ArgumentException("The model's scores are no probabilities, so they have no log-odds.", nameof(logOdds)),
    };

    private static double[] Transformed(double[] scores, bool logOdds)
    {
        for (int i = 0; logOdds && i < scores.Length; i++)
        {
            scores[i] = Math.Log(scores[i] / (1 - scores[i])); // infinite at 0 and 1: Predict refuses it
        }

        return scores;
    }

    private string Describe(ReadOnlySpan<double> row)
    {
        const int Shown = 6;
        var parts = new List<string>();
        for (int j = 0; j < Math.Min(row.Length, Shown); j++)
        {
            parts.Add($"{FeatureNames[j]} = {Display(j, row[j])}");
        }

        return string.Join(", ", parts) + (row.Length > Shown ? ", …" : "");
    }
}
