using MlOps.Data;

namespace MlOps.Learning.Preprocessing;

/// <summary>Says how the columns of a table become the features that a model learns from. Immutable: each call returns a longer pipeline.</summary>
/// <remarks>
/// Fitting learns medians, means, categories … from the training rows only; the <see cref="FittedPipeline"/> then treats every other row with what
/// was learned there. The features come in the order of the calls. A column may be named in several calls, as long as the features differ in name.
/// </remarks>
/// <example><code>
/// var pipeline = new Pipeline()
///     .Numbers(["income", "amount"], Impute.Median(), new StandardScale())
///     .Texts(["city"], Impute.Constant("missing"), new OneHot());
/// PipelineModel model = pipeline.Fit(train, "defaulted", new LogisticRegression());
/// Predictions predictions = model.Predict(test);
/// </code></example>
public sealed partial class Pipeline
{
    private readonly ColumnGroup[] _groups;

    /// <summary>Begins an empty pipeline.</summary>
    public Pipeline()
        : this([], [])
    {
    }

    private Pipeline(ColumnGroup[] groups, IReadOnlyList<LeftOutColumn> leftOut) => (_groups, LeftOut) = (groups, leftOut);

    /// <summary>Gets the columns that <see cref="Auto"/> did not use, with the reason; empty for a pipeline of one's own.</summary>
    public IReadOnlyList<LeftOutColumn> LeftOut { get; }

    /// <summary>Takes columns of numbers (double, long, or bool as 1 and 0) through steps.</summary>
    /// <param name="columns">Their names.</param>
    /// <param name="steps">The steps, first to last; none takes the numbers as they are, missing ones as NaN.</param>
    /// <exception cref="ArgumentException">No column is named, one is named twice, or a step is for text.</exception>
    public Pipeline Numbers(IReadOnlyList<string> columns, params IReadOnlyList<Step> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return steps.FirstOrDefault(step => step is OneHot or Ordinal) is { } forText
            ? throw new ArgumentException($"{forText.GetType().Name} is for text; cut numbers into categories with {nameof(Bins)}.", nameof(steps))
            : With(new ColumnGroup(Names(columns), InputKind.Number, false, [.. steps]));
    }

    /// <summary>Takes columns of text through steps, one of which must turn text into numbers: <see cref="OneHot"/> or <see cref="Ordinal"/>.</summary>
    /// <remarks>An empty text counts as missing, as it does in an ONNX file.</remarks>
    /// <param name="columns">Their names.</param>
    /// <param name="steps">The steps, first to last.</param>
    /// <exception cref="ArgumentException">No column is named, one is named twice, or no step makes numbers.</exception>
    public Pipeline Texts(IReadOnlyList<string> columns, params IReadOnlyList<Step> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return steps.Any(step => step is OneHot or Ordinal)
            ? With(new ColumnGroup(Names(columns), InputKind.Text, false, [.. steps]))
            : throw new ArgumentException($"Text needs a step that makes numbers of it: {nameof(OneHot)} or {nameof(Ordinal)}.", nameof(steps));
    }

    /// <summary>Takes columns of truth values: true is 1, false is 0, a missing value NaN.</summary>
    /// <param name="columns">Their names.</param>
    /// <param name="steps">Steps for numbers, such as <see cref="Impute"/>.</param>
    /// <exception cref="ArgumentException">No column is named, one is named twice, or a step is for text.</exception>
    public Pipeline Flags(IReadOnlyList<string> columns, params IReadOnlyList<Step> steps)
    {
        Pipeline numbers = Numbers(columns, steps);
        return new Pipeline([.. _groups, numbers._groups[^1] with { FlagsOnly = true }], LeftOut);
    }

    /// <summary>Learns from training rows what the steps need to know.</summary>
    /// <exception cref="ArgumentException">There is no row or no column to use, a column is missing or holds another type, or a step cannot learn from it; the message names the column.</exception>
    public FittedPipeline Fit(Table train) => FitAndTransform(train, cancellationToken: default).Fitted;

    /// <summary>Learns the steps, then a classifier from what they make of the training rows.</summary>
    /// <param name="train">The training rows.</param>
    /// <param name="label">The column with the classes: text, truth values or whole numbers, none missing.</param>
    /// <param name="estimator">Learns the classifier.</param>
    /// <param name="weights">How much each row counts; all 1 when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">As <see cref="Fit(Table)"/>; the label is missing or is a feature too; or the estimator cannot learn from it.</exception>
    public PipelineModel Fit(Table train, string label, IClassifierEstimator estimator, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        Column target = Target(train, label);
        Labels classes = Labels.Of(target);
        (FittedPipeline fitted, Matrix x) = FitAndTransform(train, cancellationToken);
        return new PipelineModel(fitted, estimator.Fit(x, classes, weights, progress, cancellationToken), label);
    }

    /// <summary>Learns the steps, then a regression from what they make of the training rows.</summary>
    /// <param name="train">The training rows.</param>
    /// <param name="label">The column with the numbers to predict, none missing.</param>
    /// <param name="estimator">Learns the regression.</param>
    /// <param name="weights">How much each row counts; all 1 when null.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">As <see cref="Fit(Table)"/>; the label is missing, is a feature too or holds no numbers; or the estimator cannot learn from it.</exception>
    public PipelineModel Fit(Table train, string label, IRegressorEstimator estimator, double[]? weights = null, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(estimator);
        Column target = Target(train, label);
        if (target is StringColumn or Column<DateTime>)
        {
            throw new ArgumentException($"Label column '{label}' holds {ColumnGroup.Content(target)}; a regression predicts numbers.", nameof(label));
        }

        (FittedPipeline fitted, Matrix x) = FitAndTransform(train, cancellationToken);
        return new PipelineModel(fitted, estimator.Fit(x, train.Numbers(label), weights, progress, cancellationToken), label);
    }

    private (FittedPipeline Fitted, Matrix X) FitAndTransform(Table train, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(train);
        if (_groups.Length == 0)
        {
            throw new ArgumentException($"The pipeline uses no column.{string.Concat(LeftOut.Select(column => $" '{column.Name}': {column.Reason}."))}", nameof(train));
        }

        if (train.RowCount == 0)
        {
            throw new ArgumentException("There are no rows to learn from.", nameof(train));
        }

        ColumnGroup.Require(train, _groups);
        var fitted = new List<FittedGroup>(_groups.Length);
        var features = new List<Feature>();
        foreach (ColumnGroup group in _groups)
        {
            Feature[] columns = group.Read(train, ..);
            var steps = new List<FittedStep>(group.Steps.Count);
            foreach (Step step in group.Steps)
            {
                cancellationToken.ThrowIfCancellationRequested();
                steps.Add(step.Fit(columns));
                columns = steps[^1].Apply(columns);
            }

            fitted.Add(new FittedGroup(group, steps));
            features.AddRange(columns);
        }

        var pipeline = new FittedPipeline(fitted, [.. features.SelectMany(feature => feature.OutputNames)]);
        return (pipeline, pipeline.Assemble(features));
    }

    private Column Target(Table train, string label)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(label);
        if (_groups.Any(group => group.Columns.Contains(label)))
        {
            throw new ArgumentException($"Column '{label}' is to be predicted, so it cannot be a feature.", nameof(label));
        }

        return train.HasColumn(label)
            ? train[label]
            : throw new ArgumentException($"The table lacks the label column '{label}'. It has: {string.Join(", ", train.Columns.Select(column => column.Name))}.", nameof(label));
    }

    private Pipeline With(ColumnGroup group) => new([.. _groups, group], LeftOut);

    private static string[] Names(IReadOnlyList<string> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return columns.Count > 0 && columns.Distinct(StringComparer.Ordinal).Count() == columns.Count
            ? [.. columns]
            : throw new ArgumentException($"At least one column is needed and none twice; got: {string.Join(", ", columns)}.", nameof(columns));
    }
}
