using MlOps.Data;
using MlOps.Learning.Preprocessing;

namespace MlOps.Learning.Recipes;

/// <summary>Trains a model on a table that nobody has prepared: decides whether classes or numbers are asked for, chooses steps for the columns, fits both.</summary>
/// <param name="Label">The column to predict.</param>
/// <example><code>
/// var training = new TableTraining("defaulted") { Model = "forest" };
/// TableSplit split = training.Split(table, testShare: 0.2);
/// TrainedTable trained = training.Fit(split.Train);
/// Console.WriteLine(Evaluation.Of(trained.Model, split.Test, "defaulted"));
/// </code></example>
public sealed record TableTraining(string Label)
{
    /// <summary>Gets the kind of model, a name of <see cref="EstimatorRecipe.All"/>.</summary>
    /// <value>The first of them, <c>boosting</c>, without.</value>
    public string Model { get; init; } = EstimatorRecipe.All[0].Name;

    /// <summary>Gets what is to be predicted; null lets the model and the label decide.</summary>
    public LearningTask? Task { get; init; }

    /// <summary>Gets the columns that may become features; null for all but the label.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Gets a value indicating whether all classes count alike, however rare they are.</summary>
    public bool BalanceClasses { get; init; }

    /// <summary>Gets the seed of the split and of the model.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Splits a table at random; for classes so that both parts have the same mix of them. Rows without a label are left out.</summary>
    /// <param name="table">All rows.</param>
    /// <param name="testShare">The share of rows to test on, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">There is no label column, it suits no task, a class has one row only, or a part is left without rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public TableSplit Split(Table table, double testShare)
    {
        Table labelled = Labelled(table);
        if (testShare is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(testShare), testShare, "The share of rows to test on must be above 0 and below 1.");
        }

        bool classes = Choose(labelled).Task == LearningTask.Classification;
        if (classes)
        {
            RejectLoneClass(labelled);
        }

        TableSplit split = classes ? labelled.Split(1 - testShare, Seed, Label) : labelled.Split(1 - testShare, Seed);
        return split.Train.RowCount > 0 && split.Test.RowCount > 0
            ? split
            : throw new ArgumentException(FormattableString.Invariant($"A test share of {testShare} leaves {split.Train.RowCount} rows to train on and {split.Test.RowCount} to test on; both need at least one."), nameof(testShare));
    }

    /// <summary>Trains.</summary>
    /// <param name="train">The training rows. Those without a label are left out.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">There is no such column or model, the label does not suit it, no column is of use, or the estimator cannot learn from the rows.</exception>
    /// <exception cref="DivergenceException">The fit left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TrainedTable Fit(Table train, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        var recipe = EstimatorRecipe.Of(Model);
        Table rows = Labelled(train);
        TaskChoice choice = Choose(rows);
        Table used = Columns is null ? rows : rows.Select([.. Known(rows, Columns).Where(name => name != Label), Label]);
        Pipeline pipeline = recipe.Pipeline(used, Label);
        PipelineModel model;
        if (choice.Task == LearningTask.Classification)
        {
            IClassifierEstimator estimator = recipe.Classifier(Seed);
            var labels = Labels.Of(rows[Label]);
            RejectClassOfItsOwn(labels);
            model = pipeline.Fit(used, Label, estimator, BalanceClasses ? ClassWeights.Balanced(labels) : null, progress, cancellationToken);
        }
        else if (BalanceClasses)
        {
            throw new ArgumentException($"Class weights are for classes; '{Label}' is predicted as a number.", nameof(train));
        }
        else
        {
            model = pipeline.Fit(used, Label, recipe.Regressor(Seed), null, progress, cancellationToken);
        }

        return new TrainedTable(model, recipe, choice, pipeline.LeftOut, rows.RowCount, train.RowCount - rows.RowCount);
    }

    /// <summary>What is wanted, else what the model can do only, else what the label looks like.</summary>
    private TaskChoice Choose(Table rows)
    {
        var recipe = EstimatorRecipe.Of(Model);
        return Task is { } wanted ? new TaskChoice(wanted, "it was asked for")
            : !recipe.Regresses ? new TaskChoice(LearningTask.Classification, $"a {recipe.Title} tells classes apart")
            : !recipe.Classifies ? new TaskChoice(LearningTask.Regression, $"a {recipe.Title} predicts numbers")
            : TaskChoice.Of(rows[Label]);
    }

    private Table Labelled(Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (!table.HasColumn(Label))
        {
            throw new ArgumentException($"There is no label column '{Label}'. There are: {string.Join(", ", table.Columns.Select(column => column.Name))}.", nameof(table));
        }

        return table.RowCount == 0 ? throw new ArgumentException("There are no rows to learn from.", nameof(table))
            : table[Label].MissingCount == table.RowCount ? throw new ArgumentException($"Label column '{Label}' holds no value.", nameof(table))
            : table[Label].MissingCount > 0 ? table.DropMissing(Label)
            : table;
    }

    private static IEnumerable<string> Known(Table table, IReadOnlyList<string> names) =>
        names.FirstOrDefault(name => !table.HasColumn(name)) is { } unknown
            ? throw new ArgumentException($"There is no column '{unknown}'. There are: {string.Join(", ", table.Columns.Select(column => column.Name))}.", nameof(names))
            : names.Distinct(StringComparer.Ordinal);

    private void RejectLoneClass(Table table)
    {
        var labels = Labels.Of(table[Label]);
        int lone = Array.IndexOf(labels.Counts(), 1);
        if (lone >= 0)
        {
            throw new ArgumentException($"Class '{labels.Classes[lone]}' of '{Label}' has one row, which cannot be trained on and tested with. Leave it out, or give the test rows yourself.{Hint()}", nameof(table));
        }
    }

    private void RejectClassOfItsOwn(Labels labels)
    {
        if (labels.Classes.Count == labels.Count && labels.Count > 2)
        {
            throw new ArgumentException($"'{Label}' has another class in each of the {labels.Count} rows, so there is nothing to learn.{Hint()}", nameof(labels));
        }
    }

    private string Hint() => EstimatorRecipe.Of(Model).Regresses ? " Is it a number to predict? Then ask for a regression." : "";
}
