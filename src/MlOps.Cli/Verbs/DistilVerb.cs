using System.CommandLine;
using MlOps.Data;
using MlOps.Data.Images;
using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Learning.Preprocessing;
using MlOps.Onnx;
using MlOps.Quantization.Distillation;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops distil</c>: a small network that has learned from a large model.</summary>
internal sealed class DistilVerb
{
    private const int MostVerifiedRows = 5000; // a difference shows on these, and ONNX Runtime takes a second for them

    private readonly Option<string> _teacher = new("--teacher") { Description = "ONNX file of a classifier.", Required = true };
    private readonly Option<string> _data = new("--data") { Description = "The rows: a CSV file with the columns the teacher reads and the label; for a teacher of pictures a column a pixel, or pictures in IDX form with --labels.", Required = true };
    private readonly Option<string?> _label = new("--label") { Description = "The column with the truth; what the teacher was trained to predict without it." };
    private readonly Option<string?> _labels = new("--labels") { Description = "IDX file with the classes of the pictures." };
    private readonly Option<string> _out = new("--out", "-o") { Description = "The ONNX file to write.", Required = true };
    private readonly Option<string[]> _hidden = new("--hidden") { Description = "Neurons of each hidden layer of the student, or filters of each convolution for pictures: 32,16. Without it 32; for pictures 8,16.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<double> _temperature = new("--temperature") { Description = "T > 0: scores are divided by it, so that the teacher tells more about the wrong classes.", DefaultValueFactory = _ => 4 };
    private readonly Option<double> _alpha = new("--alpha") { Description = "How much the teacher counts, 0 to 1; the labels count for the rest.", DefaultValueFactory = _ => 0.7 };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "How often every row is seen; 100 without it, 10 for pictures." };
    private readonly Option<double> _test = new("--test") { Description = "Share of rows that are kept for the test, drawn with the seed.", DefaultValueFactory = _ => 0.2 };
    private readonly Option<int> _seed = new("--seed") { Description = "Equal seeds give equal students.", DefaultValueFactory = _ => 7 };
    private readonly Option<bool> _json = SharedOptions.Json();

    internal static Command Create()
    {
        var options = new DistilVerb();
        var verb = new Verb(
            "distil",
            "Trains a small network on the scores of a large model, compares it with the same network without teacher, and writes it as ONNX. Exit code 0, or 2 for bad input.",
            "./mlops distil --teacher forest.onnx --data loans.csv --label defaulted --out small.onnx",
            "./mlops distil --teacher big.onnx --data rows.csv --label y --out small.onnx --hidden 32,16 --temperature 4 --alpha 0.7 --json",
            "./mlops distil --teacher digits.onnx --data train-images.idx.gz --labels train-labels.idx.gz --hidden 4,8 --out small.onnx")
        {
            options._teacher, options._data, options._label, options._labels, options._out, options._hidden, options._temperature, options._alpha,
            options._epochs, options._test, options._seed, options._json,
        };
        verb.SetAction((parsed, cancellation) => Task.FromResult(options.Run(parsed, cancellation)));
        return verb;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string teacherPath = parsed.GetRequiredValue(_teacher);
        string data = parsed.GetRequiredValue(_data);
        string path = OutputPath.Checked(parsed.GetRequiredValue(_out), teacherPath, data, parsed.GetValue(_labels));
        _ = new DistillationLoss(parsed.GetValue(_temperature), parsed.GetValue(_alpha)); // refuses bad settings before any work
        using var teacher = OnnxModel.Load(teacherPath);
        bool pictures = teacher.Inputs is [{ Dims.Count: 4 }];
        DistilReport report = pictures ? Pictures(parsed, teacher, data, cancellation) : Rows(parsed, teacher, data, cancellation);
        report.File.Save(path);
        report = report with { TeacherPath = teacherPath, Path = path, Temperature = parsed.GetValue(_temperature), Alpha = parsed.GetValue(_alpha), Seed = parsed.GetValue(_seed) };
        Console.WriteLine(parsed.GetValue(_json) ? report.ToJson() : report.ToString());
        return Program.Ok;
    }

    private DistilReport Rows(ParseResult parsed, OnnxModel teacher, string data, CancellationToken cancellation)
    {
        if (parsed.GetValue(_labels) is not null)
        {
            throw new ArgumentException("--labels is for teachers of pictures; this one reads a table. Name the column with --label.");
        }

        string label = LabelOf(parsed, teacher);
        var distillation = new TableDistillation(label)
        {
            Hidden = Widths(parsed) ?? [32],
            Epochs = parsed.GetValue(_epochs) ?? 100,
            Temperature = parsed.GetValue(_temperature),
            Alpha = parsed.GetValue(_alpha),
            Seed = parsed.GetValue(_seed),
        };
        TableSplit split = distillation.Split(Table.ReadCsv(data, cancellationToken: cancellation), parsed.GetValue(_test));
        DistilledTable made;
        using (var progress = new TerminalProgress("Distilling"))
        {
            made = distillation.Fit(teacher, split, progress, cancellation);
        }

        TellLeftOut(made.LeftOut);
        TellOrder(made.TeacherNamesClasses, ((IClassifier)made.Student.Model).Classes);
        OnnxFile file = OnnxExport.Export(made.Student, new ExportOptions
        {
            Description = Description(parsed),
            Parameters = Settings(parsed, distillation.Hidden, distillation.Epochs),
            PositiveClass = teacher.Facts.PositiveClass is { } positive && ((IClassifier)made.Student.Model).Classes.Contains(positive) ? positive : null,
            TrainingDataHash = TrainingDataHash.Of(split.Train),
            VerifyTable = split.Test.Head(MostVerifiedRows),
        });
        return new DistilReport(made.Comparison, made.TrainRows, made.StudentParameters, file);
    }

    private DistilReport Pictures(ParseResult parsed, OnnxModel teacher, string data, CancellationToken cancellation)
    {
        long[] dims = [.. teacher.Inputs[0].Dims!.Skip(1)];
        if (dims.Any(dim => dim <= 0))
        {
            throw new ArgumentException($"The teacher reads pictures of any size ({teacher.Inputs[0].Describe()}); a student needs one size. Fix the dimensions of the input first.");
        }

        var shape = TensorShape.Image((int)dims[0], (int)dims[1], (int)dims[2]);
        PictureRows rows = parsed.GetValue(_labels) is { } labels
            ? PictureRows.OfImages(IdxFile.ReadImages(data, labels), shape, parsed.GetValue(_test), parsed.GetValue(_seed))
            : PictureRows.OfTable(Table.ReadCsv(data, cancellationToken: cancellation), LabelOf(parsed, teacher), teacher.Facts.Features, shape, parsed.GetValue(_test), parsed.GetValue(_seed));
        IReadOnlyList<int> filters = Widths(parsed) ?? [8, 16];
        int epochs = parsed.GetValue(_epochs) ?? 10;
        var scores = TeacherScores.Of(teacher, rows.Train);
        TellOrder(scores.Classes is not null, rows.TrainLabels.Classes);
        Network student = ImageStudent.Build(shape, rows.TrainLabels.Classes.Count, filters, parsed.GetValue(_seed));
        var distiller = new Distiller(new DistillationOptions
        {
            Temperature = parsed.GetValue(_temperature),
            Alpha = parsed.GetValue(_alpha),
            Optimizer = new AdamW(0.002), // that of ImageTraining
            Training = new TrainingOptions { Epochs = epochs, Seed = parsed.GetValue(_seed), Schedule = new CosineDecay() },
        });
        DistillationResult result;
        using (var progress = new TerminalProgress("Distilling"))
        {
            result = distiller.Distil(
                student, new DistillationData(rows.Train, scores, rows.TrainLabels), new DistillationData(rows.Test, TeacherScores.Of(teacher, rows.Test), rows.TestLabels), progress, cancellation);
        }

        OnnxFile file = OnnxExport.Export(result.Student, new ExportOptions
        {
            ClassNames = rows.TrainLabels.Classes,
            Description = Description(parsed),
            Parameters = Settings(parsed, filters, epochs),
            Verify = rows.Test.Take([.. Enumerable.Range(0, Math.Min(rows.Test.Count, MostVerifiedRows))]).ToMatrix(),
        });
        file.Facts = file.Facts with { Features = rows.Columns, Label = rows.Label };
        return new DistilReport(result.Comparison, rows.Train.Count, result.StudentParameters, file);
    }

    private string Description(ParseResult parsed) => $"Distilled from {Path.GetFileName(parsed.GetRequiredValue(_teacher))} on {Path.GetFileName(parsed.GetRequiredValue(_data))}";

    private Dictionary<string, string> Settings(ParseResult parsed, IReadOnlyList<int> widths, int epochs) => new()
    {
        ["teacher"] = Path.GetFileName(parsed.GetRequiredValue(_teacher)),
        ["hidden"] = string.Join(',', widths.Select(width => FormattableString.Invariant($"{width}"))),
        ["temperature"] = FormattableString.Invariant($"{parsed.GetValue(_temperature)}"),
        ["alpha"] = FormattableString.Invariant($"{parsed.GetValue(_alpha)}"),
        ["epochs"] = FormattableString.Invariant($"{epochs}"),
        ["seed"] = FormattableString.Invariant($"{parsed.GetValue(_seed)}"),
    };

    private string LabelOf(ParseResult parsed, OnnxModel teacher) =>
        parsed.GetValue(_label) ?? teacher.Facts.Label ?? throw new ArgumentException("--label is needed: the teacher's file does not say which column it predicts.");

    private int[]? Widths(ParseResult parsed) => ColumnList.Of(parsed.GetValue(_hidden)) is not { } texts
        ? null
        : [.. texts.Select(text => int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int width) && width > 0
            ? width
            : throw new ArgumentException($"--hidden: '{text}' is no number of neurons; whole numbers from 1 are needed, such as 32,16."))];

    /// <summary>One line a reason: pictures in a table have hundreds of columns that are black everywhere.</summary>
    private static void TellLeftOut(IEnumerable<LeftOutColumn> columns)
    {
        const int Named = 4;
        foreach (IGrouping<string, LeftOutColumn> alike in columns.GroupBy(column => column.Reason))
        {
            string[] names = [.. alike.Select(column => $"'{column.Name}'")];
            string which = names.Length == 1 ? $"column {names[0]}" : FormattableString.Invariant($"{names.Length} columns ({string.Join(", ", names.Take(Named))}{(names.Length > Named ? ", …" : "")})");
            Console.Error.WriteLine(TerminalText.Harmless($"Left out: {which}, because {alike.Key}."));
        }
    }

    private static void TellOrder(bool named, IReadOnlyList<string> classes)
    {
        if (!named)
        {
            Console.Error.WriteLine($"The teacher does not name its classes; its scores are taken in this order: {string.Join(", ", classes)}.");
        }
    }
}
