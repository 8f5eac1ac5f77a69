using MlOps.Learning;
using MlOps.Learning.Linear;
using MlOps.Learning.SupportVectors;

namespace MlOps.Explain.Shapley;

/// <summary>Exact Shapley values of a linear function, at the cost of a multiplication each.</summary>
/// <remarks>
/// <c>φⱼ = wⱼ (xⱼ − b̄ⱼ)</c>, b̄ the mean of the background; base value <c>w·b̄ + c</c>. The same as <see cref="ExactShap"/> with that background, interventional: features that hang together are
/// taken apart, each by its own coefficient. Of a logistic regression with two classes it explains the log-odds, the scale on which it is linear; with more, the score z of one class, whose softmax is the probability.
/// <para>Source: E. Štrumbelj, I. Kononenko, "Explaining prediction models and individual predictions with feature contributions", Knowledge and Information Systems 41 (2014).</para>
/// </remarks>
public sealed class LinearShap : IExplainer
{
    private readonly IReadOnlyList<string> _featureNames;
    private readonly string _output;
    private readonly double[] _coefficients;
    private readonly double _intercept;
    private readonly double[] _means;

    /// <summary>Explains any linear function <c>w·x + c</c>.</summary>
    /// <param name="featureNames">d names.</param>
    /// <param name="coefficients">w, d finite numbers.</param>
    /// <param name="intercept">c.</param>
    /// <param name="background">Rows whose means stand for what is not known; at least one, without NaN.</param>
    /// <param name="output">What the number is.</param>
    /// <exception cref="ArgumentException">The numbers of features differ, the background is empty, or a value is not finite.</exception>
    public LinearShap(IReadOnlyList<string> featureNames, IReadOnlyList<double> coefficients, double intercept, Matrix background, string output = "prediction")
    {
        ArgumentNullException.ThrowIfNull(featureNames);
        ArgumentNullException.ThrowIfNull(coefficients);
        ArgumentNullException.ThrowIfNull(background);
        if (coefficients.Count != featureNames.Count || background.ColumnCount != featureNames.Count)
        {
            throw new ArgumentException($"There are {featureNames.Count} features, {coefficients.Count} coefficients and {background.ColumnCount} background columns.", nameof(coefficients));
        }

        if (background.RowCount == 0)
        {
            throw new ArgumentException("The background has no rows. It says what a feature is when it is not known.", nameof(background));
        }

        (_featureNames, _output) = ([.. featureNames], output);
        _coefficients = [.. coefficients.Select(w => Guard.Finite(w, nameof(coefficients)))];
        _intercept = Guard.Finite(intercept);
        _means = new double[_coefficients.Length];
        for (int i = 0; i < background.RowCount; i++)
        {
            ReadOnlySpan<double> row = background.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                _means[j] += (FiniteValue(row[j], "background", i, j) - _means[j]) / (i + 1);
            }
        }
    }

    /// <summary>Explains the number that a linear or ridge regression predicts.</summary>
    public static LinearShap Of(LinearRegressionModel model, Matrix background)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new LinearShap(model.FeatureNames, model.Coefficients, model.Intercept, background);
    }

    /// <summary>Explains the log-odds of a class.</summary>
    /// <param name="model">A logistic regression.</param>
    /// <param name="background">As for the constructor.</param>
    /// <param name="class">The last class when null.</param>
    /// <exception cref="ArgumentException">No such class, or one that had no cases.</exception>
    public static LinearShap Of(LogisticRegressionModel model, Matrix background, string? @class = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Of(model.FeatureNames, model.Classes, model.Coefficients, model.Intercepts, background, @class, model.Classes.Count == 2 ? "log-odds" : "score");
    }

    /// <summary>Explains the score of a class.</summary>
    /// <param name="model">A linear support vector machine.</param>
    /// <param name="background">As for the constructor.</param>
    /// <param name="class">The last class when null.</param>
    /// <exception cref="ArgumentException">No such class, or one that had no cases.</exception>
    public static LinearShap Of(LinearSvmModel model, Matrix background, string? @class = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Of(model.FeatureNames, model.Classes, model.Coefficients, model.Intercepts, background, @class, "score");
    }

    /// <summary>Explains the score of a class.</summary>
    /// <param name="model">A perceptron.</param>
    /// <param name="background">As for the constructor.</param>
    /// <param name="class">The last class when null.</param>
    /// <exception cref="ArgumentException">No such class, or one that had no cases.</exception>
    public static LinearShap Of(PerceptronModel model, Matrix background, string? @class = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Of(model.FeatureNames, model.Classes, model.Coefficients, model.Intercepts, background, @class, "score");
    }

    /// <inheritdoc/>
    public Explanations Explain(Matrix x, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        int width = _coefficients.Length;
        if (x.ColumnCount != width)
        {
            throw new ArgumentException($"The model reads {width} features; x has {x.ColumnCount} columns.", nameof(x));
        }

        var amounts = new double[checked(x.RowCount * width)];
        var predictions = new double[x.RowCount];
        double baseValue = _intercept;
        for (int j = 0; j < width; j++)
        {
            baseValue += _coefficients[j] * _means[j];
        }

        for (int i = 0; i < x.RowCount; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> row = x.Row(i);
            predictions[i] = _intercept;
            for (int j = 0; j < width; j++)
            {
                amounts[(i * width) + j] = _coefficients[j] * (FiniteValue(row[j], nameof(x), i, j) - _means[j]);
                predictions[i] += _coefficients[j] * row[j];
            }
        }

        progress?.Report(1);
        return new Explanations(
            "linear SHAP", _output, baseValue, new Matrix(x.RowCount, width, x.Values.ToArray(), _featureNames), predictions, new Matrix(x.RowCount, width, amounts, _featureNames));
    }

    private static LinearShap Of(
        IReadOnlyList<string> featureNames, IReadOnlyList<string> classes, Matrix coefficients, IReadOnlyList<double> intercepts, Matrix background, string? @class, string scale)
    {
        int column = @class is null ? classes.Count - 1 : classes.ToList().IndexOf(@class);
        if (column < 0)
        {
            throw new ArgumentException($"The model has no class '{@class}'. There are: {string.Join(", ", classes)}.", nameof(@class));
        }

        string output = $"{scale} of {classes[column]}";
        if (coefficients.RowCount == 1)
        {
            double sign = column == 0 ? -1 : 1; // one plane for two classes: the other class has the opposite score
            return new LinearShap(featureNames, [.. coefficients.Row(0).ToArray().Select(w => sign * w)], sign * intercepts[0], background, output);
        }

        return double.IsFinite(intercepts[column])
            ? new LinearShap(featureNames, coefficients.Row(column).ToArray(), intercepts[column], background, output)
            : throw new ArgumentException($"Class '{classes[column]}' had no cases; the model gives it no score.", nameof(@class));
    }

    private double FiniteValue(double value, string name, int row, int column) => double.IsFinite(value) ? value : throw new ArgumentException(
        FormattableString.Invariant($"A linear function needs finite numbers; row {row} has {value} in '{_featureNames[column]}'."), name);
}
