using MlOps.Data;
using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Learning.Preprocessing;
using MlOps.Learning.Recipes;
using MlOps.Onnx;

namespace MlOps.Quantization.Distillation;

/// <summary>Distils an ONNX model of tables into a small multi-layer perceptron that reads the same columns.</summary>
/// <param name="Label">The column with the true classes.</param>
/// <example><code>
/// var distillation = new TableDistillation("defaulted") { Hidden = [16] };
/// DistilledTable small = distillation.Fit(forest, distillation.Split(table, testShare: 0.25));
/// OnnxExport.Export(small.Student).Save("small.onnx");
/// </code></example>
public sealed record TableDistillation(string Label)
{
    /// <summary>Gets the neurons of each hidden layer of the student.</summary>
    /// <value>One layer of 32 without.</value>
    public IReadOnlyList<int> Hidden { get; init; } = [32];

    /// <summary>Gets how often every row is seen.</summary>
    /// <value>At least 1; 100 without.</value>
    public int Epochs { get; init => field = Guard.AtLeast(value, 1, nameof(Epochs)); } = 100;

    /// <summary>Gets T.</summary>
    /// <value>Greater than 0; 4 without.</value>
    public double Temperature { get; init => field = Guard.Positive(value, nameof(Temperature)); } = 4;

    /// <summary>Gets α: how much the teacher counts beside the labels.</summary>
    /// <value>In [0, 1]; 0.7 without.</value>
    public double Alpha { get; init => field = Guard.Share(value, nameof(Alpha)); } = 0.7;

    /// <summary>Gets the seed of the split, the first weights and the order.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Splits a table at random so that both parts have the same mix of classes. Rows without a label are left out.</summary>
    /// <param name="table">All rows.</param>
    /// <param name="testShare">The share of rows to measure on, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">There is no label column, a class has one row only, or a part is left without rows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public TableSplit Split(Table table, double testShare = 0.2) => new TableTraining(Label) { Task = LearningTask.Classification, Seed = Seed }.Split(table, testShare);

    /// <summary>Trains the student with the teacher and, to compare, without, and measures all three on the test rows.</summary>
    /// <param name="teacher">A classifier. If it names no classes, its scores are taken to be in the order of the labels' names.</param>
    /// <param name="rows">Rows to learn from and to measure on.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentException">A column that the teacher reads is missing, it knows other classes than the labels or gives no scores, or no column is of use.</exception>
    /// <exception cref="DivergenceException">The fit left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public DistilledTable Fit(OnnxModel teacher, TableSplit rows, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(teacher);
        ArgumentNullException.ThrowIfNull(rows);
        var options = new MlpOptions { Hidden = Hidden, Epochs = Epochs, Seed = Seed };
        Table train = Read(teacher, rows.Train);
        TeacherScores judged = TeacherScores.Of(teacher, train.Drop(Label));
        Pipeline pipeline = EstimatorRecipe.Of("mlp").Pipeline(train, Label);
        PipelineModel student = pipeline.Fit(train, Label, new DistilledMlp(judged, options, new DistillationLoss(Temperature, Alpha)), null, ProgressPart.Of(progress, 0, 0.5), cancellationToken);
        PipelineModel alone = pipeline.Fit(train, Label, new MlpClassifier(options), null, ProgressPart.Of(progress, 0.5, 1), cancellationToken);

        Table test = Read(teacher, rows.Test);
        var model = (MlpClassifierModel)student.Model;
        string[] classes = [.. model.Classes];
        var truth = Labels.Of(test[Label]);
        int[] Codes(Predictions predictions) => [.. predictions.Labels!.Codes.ToArray().Select(code => Array.IndexOf(classes, predictions.Labels.Classes[code]))];
        var comparison = StudentComparison.Of(
            TeacherScores.Of(teacher, test.Drop(Label)).InOrder(classes).Codes(),
            Codes(student.Predict(test)),
            Codes(alone.Predict(test)),
            [.. truth.Codes.ToArray().Select(code => Array.IndexOf(classes, truth.Classes[code]))]);
        return new DistilledTable(student, alone, comparison, model.History, model.Network.ParameterCount, train.RowCount, pipeline.LeftOut, judged.Classes is not null);
    }

    /// <summary>The columns that the teacher reads, where it names them, and the label.</summary>
    private Table Read(OnnxModel teacher, Table table) =>
        teacher.Columns.Count == 0 || teacher.Columns.Any(column => !table.HasColumn(column.Name)) ? table : table.Select([.. teacher.Columns.Select(column => column.Name).Where(name => name != Label), Label]);
}
