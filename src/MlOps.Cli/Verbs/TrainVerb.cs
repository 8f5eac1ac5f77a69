using System.CommandLine;
using MlOps.Data;
using MlOps.Data.Images;
using MlOps.Learning;
using MlOps.Learning.Preprocessing;
using MlOps.Learning.Recipes;
using MlOps.Onnx;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops train</c>: a CSV file, or pictures with their labels, to a tested model in an ONNX file.</summary>
internal sealed class TrainVerb
{
    private const double UsualTestShare = 0.2;
    private const int MostVerifiedRows = 5000; // a difference shows on these, and ONNX Runtime takes a second for them

    private readonly Argument<string> _data = new("data") { Description = "A CSV file with a header line; or pictures in IDX form (MNIST's), plain or gzip, with --labels." };
    private readonly Option<string?> _label = new("--label") { Description = "The column with the truth, which is to be predicted: text, true/false or numbers." };
    private readonly Option<string?> _labels = new("--labels") { Description = "IDX file with the classes of the pictures." };
    private readonly Option<string?> _model = new("--model") { Description = $"For tables: {string.Join(", ", EstimatorRecipe.All.Select(recipe => recipe.Name))}. For pictures: {string.Join(", ", ImageTraining.Models)}. The first without it." };
    private readonly Option<string?> _task = new("--task") { Description = "What the label is; decided by its values without it." };
    private readonly Option<double?> _test = new("--test") { Description = $"Share of rows that are kept for the test, drawn with the seed; {FormattableString.Invariant($"{UsualTestShare}")} without it." };
    private readonly Option<string?> _testData = new("--test-data") { Description = "File with the test rows; all of the data are then learned from." };
    private readonly Option<string?> _testLabels = new("--test-labels") { Description = "IDX file with the classes of the test pictures." };
    private readonly Option<int> _seed = new("--seed") { Description = "Equal seeds give equal models.", DefaultValueFactory = _ => 7 };
    private readonly Option<string?> _weights = new("--class-weights") { Description = "What classes count: balanced lets all count alike, however rare." };
    private readonly Option<string[]> _columns = new("--columns") { Description = "Columns that may be learned from; all but the label without it.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _positive = new("--positive") { Description = "The positive class of two, which precision and recall are about; the last in order without it (true, 1, yes)." };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "How often every picture is seen; 10 without it." };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The ONNX file to write.", Required = true };
    private readonly Option<bool> _json = SharedOptions.Json();

    internal static Command Create()
    {
        var options = new TrainVerb();
        options._task.AcceptOnlyFromAmong("classification", "regression");
        options._weights.AcceptOnlyFromAmong("balanced");
        var verb = new Verb(
            "train",
            "Trains a model, measures it on rows it has not seen, and writes it as ONNX, checked against ONNX Runtime. Exit code 0, or 2 for bad input.",
            "./mlops train loans.csv --label defaulted --model forest --out loans.onnx",
            "./mlops train loans.csv --label defaulted --class-weights balanced --positive yes --test 0.25 --seed 1 --out loans.onnx --json",
            "./mlops train houses.csv --label price --model ridge --test-data houses-test.csv --out houses.onnx",
            "./mlops train train-images.idx.gz --labels train-labels.idx.gz --model cnn --out digits.onnx")
        {
            options._data, options._label, options._labels, options._model, options._task, options._test, options._testData, options._testLabels,
            options._seed, options._weights, options._columns, options._positive, options._epochs, options._out, options._json,
        };
        verb.SetAction((parsed, cancellation) => Task.FromResult(options.Run(parsed, cancellation)));
        return verb;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string data = parsed.GetRequiredValue(_data);
        string? testData = parsed.GetValue(_testData);
        string path = OutputPath.Checked(parsed.GetRequiredValue(_out), data, testData, parsed.GetValue(_labels), parsed.GetValue(_testLabels));
        bool pictures = parsed.GetValue(_labels) is not null;
        Reject(parsed.GetValue(_test) is not null && testData is not null, "--test and --test-data exclude each other: the test rows are either drawn or given.");
        Reject(pictures && parsed.GetValue(_label) is not null, "--label names a column of a CSV file, --labels the file with the classes of pictures; one of them is needed.");
        Reject(!pictures && parsed.GetValue(_label) is null, "--label is needed: the column to predict. (Pictures in an IDX file need --labels.)");
        TrainingReport report = pictures ? Pictures(parsed, data, path, cancellation) : Rows(parsed, data, path, cancellation);
        report.File.Save(path);
        Console.WriteLine(parsed.GetValue(_json) ? report.ToJson() : report.ToString());
        return Program.Ok;
    }

    private TrainingReport Rows(ParseResult parsed, string data, string path, CancellationToken cancellation)
    {
        Reject(parsed.GetValue(_testLabels) is not null || parsed.GetValue(_epochs) is not null, "--test-labels and --epochs are for pictures.");
        string label = parsed.GetValue(_label)!;
        var training = new TableTraining(label)
        {
            Model = parsed.GetValue(_model) ?? EstimatorRecipe.All[0].Name,
            Task = parsed.GetValue(_task) is { } task ? Enum.Parse<LearningTask>(task, ignoreCase: true) : null,
            Columns = ColumnList.Of(parsed.GetValue(_columns)),
            BalanceClasses = parsed.GetValue(_weights) is not null,
            Seed = parsed.GetValue(_seed),
        };
        var recipe = EstimatorRecipe.Of(training.Model);
        var table = Table.ReadCsv(data, cancellationToken: cancellation);
        TableSplit split = parsed.GetValue(_testData) is { } testData
            ? new TableSplit(table, CsvLike.Read(table, testData, cancellation))
            : training.Split(table, parsed.GetValue(_test) ?? UsualTestShare);
        TrainedTable trained;
        using (var progress = new TerminalProgress($"Training {recipe.Title}"))
        {
            trained = training.Fit(split.Train, progress, cancellation);
        }

        Tell(trained, table.RowCount - split.Train.RowCount - (parsed.GetValue(_testData) is null ? split.Test.RowCount : 0), split.Test, label);
        string? positive = Positive(parsed, trained.Model.Model as IClassifier);
        var evaluation = Evaluation.Of(trained.Model, split.Test, label, positive);
        OnnxFile file = OnnxExport.Export(trained.Model, new ExportOptions
        {
            Description = $"{recipe.Title}, trained on {Path.GetFileName(data)} to predict {label}",
            Parameters = new Dictionary<string, string>(recipe.Settings) { ["model"] = recipe.Name, ["seed"] = FormattableString.Invariant($"{training.Seed}") },
            PositiveClass = evaluation.Classes?.Positive,
            TrainingDataHash = TrainingDataHash.Of(split.Train),
            VerifyTable = split.Test.Head(MostVerifiedRows),
        });
        return new TrainingReport(recipe.Name, trained.Rows, evaluation, file, path);
    }

    private TrainingReport Pictures(ParseResult parsed, string data, string path, CancellationToken cancellation)
    {
        Reject(parsed.GetValue(_columns) is { Length: > 0 } || parsed.GetValue(_task) is not null, "--columns and --task are for tables.");
        Reject(parsed.GetValue(_testData) is null != parsed.GetValue(_testLabels) is null, "--test-data and --test-labels belong together: pictures and their classes.");
        var training = new ImageTraining { Seed = parsed.GetValue(_seed), BalanceClasses = parsed.GetValue(_weights) is not null };
        training = training with { Model = parsed.GetValue(_model) ?? training.Model, Epochs = parsed.GetValue(_epochs) ?? training.Epochs };
        ImageSet all = IdxFile.ReadImages(data, parsed.GetValue(_labels)!);
        ImageSplit split = parsed.GetValue(_testData) is { } testData
            ? new ImageSplit(all, IdxFile.ReadImages(testData, parsed.GetValue(_testLabels)!, all.ClassNames))
            : all.Split(1 - (parsed.GetValue(_test) ?? UsualTestShare), training.Seed);
        Reject(split.Train.Count == 0 || split.Test.Count == 0, FormattableString.Invariant($"There are {split.Train.Count} pictures to train on and {split.Test.Count} to test on; both need at least one."));
        TrainedImages trained;
        using (var progress = new TerminalProgress($"Training {training.Model}"))
        {
            trained = training.Fit(split.Train, progress, cancellation);
        }

        string? positive = trained.Classes.Count == 2 ? parsed.GetValue(_positive) ?? trained.Classes[^1] : parsed.GetValue(_positive);
        var evaluation = Evaluation.Of(trained.Predict(split.Test), new Labels(split.Test.Labels.ToArray(), split.Test.ClassNames), positive);
        ImageSet verified = split.Test.Take([.. Enumerable.Range(0, Math.Min(split.Test.Count, MostVerifiedRows))]);
        OnnxFile file = OnnxExport.Export(trained.Network, new ExportOptions
        {
            ClassNames = trained.Classes,
            Description = $"{training.Model}, trained on {Path.GetFileName(data)}; pixels from 0 (black) to 1",
            Parameters = new Dictionary<string, string>(training.Settings) { ["model"] = training.Model, ["seed"] = FormattableString.Invariant($"{training.Seed}") },
            PositiveClass = evaluation.Classes?.Positive,
            Verify = PicturePixels.Of(verified),
        });
        return new TrainingReport(training.Model, split.Train.Count, evaluation, file, path);
    }

    /// <summary>What was decided and left out. It goes to standard error: the numbers are about what is left.</summary>
    private static void Tell(TrainedTable trained, int droppedBefore, Table test, string label)
    {
        (string task, string other) = trained.Task.Task == LearningTask.Classification ? ("classes", "regression") : ("numbers", "classification");
        Console.Error.WriteLine($"Predicting {task}, because {trained.Task.Reason}. --task {other} overrides.");
        foreach (LeftOutColumn column in trained.LeftOut)
        {
            Console.Error.WriteLine($"Left out: column '{column.Name}', because {column.Reason}.");
        }

        int without = droppedBefore + trained.RowsWithoutLabel + (test.HasColumn(label) ? test[label].MissingCount : 0);
        if (without > 0)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"Left out: {without:N0} {(without == 1 ? "row" : "rows")} without a value in '{label}'."));
        }
    }

    private string? Positive(ParseResult parsed, IClassifier? model)
    {
        string? named = parsed.GetValue(_positive);
        Reject(named is not null && model is null, "--positive names a class; this model predicts numbers.");
        Reject(named is not null && model is { Classes: var classes } && !classes.Contains(named), $"--positive: there is no class '{named}'. There are: {string.Join(", ", model?.Classes ?? [])}.");
        return named;
    }

    private static void Reject(bool wrong, string message)
    {
        if (wrong)
        {
            throw new ArgumentException(message);
        }
    }
}
