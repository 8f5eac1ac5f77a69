using System.CommandLine;
using MlOps.Onnx;
using MlOps.Quantization;
using MlOps.Quantization.Arithmetic;
using MlOps.Quantization.Calibration;
using MlOps.Quantization.Graphs;

namespace MlOps.Cli.Verbs;

/// <summary><c>mlops quantize</c>: an ONNX file with fewer bits.</summary>
internal sealed class QuantizeVerb
{
    private const int Seed = 7;

    private readonly Argument<string> _input = new("in") { Description = "An ONNX file. It stays as it is; values in other files beside it are read too." };
    private readonly Argument<string> _output = new("out") { Description = "The ONNX file to write; another than the first. One that is there is replaced once the new one is whole." };
    private readonly Option<string?> _method = new("--method") { Description = "How: static (8-bit weights and activations, fastest), dynamic (8-bit weights, no example rows), fp16 or int4 (4-bit weights of MatMul and Gemm). static with --calibrate, else dynamic." };
    private readonly Option<string?> _calibrate = new("--calibrate") { Description = "Example rows: .csv, .npy, .npz, .idx, .pb, or a folder of PNG pictures or ONNX test data. static needs them; the others are compared on them." };
    private readonly Option<string?> _label = new("--label") { Description = "The column with the truth in them, kept out of the inputs; an array of an .npz file; a file of labels for .npy and .idx. Sub-folders of pictures are labels." };
    private readonly Option<string[]> _columns = SharedOptions.ModelColumns();
    private readonly Option<double?> _scale = new("--scale") { Description = "What pictures and arrays are multiplied by: 1/255 for pictures and .idx, 1 for others without it." };
    private readonly Option<double[]> _mean = new("--mean") { Description = "What is then taken off: one number, or one a channel.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<double[]> _deviation = new("--std") { Description = "What the rest is divided by: one number, or one a channel.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<int> _rows = new("--max-rows") { Description = "Rows to take at most, drawn at random by a fixed seed, for calibration and comparison.", DefaultValueFactory = _ => 1000 };
    private readonly Option<string?> _calibration = new("--calibration") { Description = "How static chooses ranges: minmax (default), percentile, entropy or mse." };
    private readonly Option<string?> _activations = new("--activations") { Description = "Type of activations with static: uint8 (default) or int8." };
    private readonly Option<string?> _weights = new("--weights") { Description = "Type of weights with static and dynamic: int8 (default) or uint8." };
    private readonly Option<bool> _perChannel = new("--per-channel") { Description = "A scale for each output channel of a weight, with static and dynamic: more exact, a little larger." };
    private readonly Option<bool> _reduceRange = new("--reduce-range") { Description = "7-bit weights with static and dynamic, for x64 processors without VNNI." };
    private readonly Option<string[]> _exclude = new("--exclude") { Description = "Nodes to leave alone, by name: they stay in floating point.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string[]> _keepOperators = new("--keep-operators") { Description = "Operators whose nodes all stay in floating point, such as Gather.", AllowMultipleArgumentsPerToken = true };
    private readonly Option<bool> _verify = new("--compare") { Description = "Compare with the float model even without example rows, on made-up ones." };
    private readonly Option<double?> _minAgreement = new("--min-agreement") { Description = "The share of rows, in [0, 1], on which both models must say the same class; below it nothing is written and the exit code is 1." };
    private readonly Option<bool> _json = SharedOptions.Json();

    internal static Command Create()
    {
        var options = new QuantizeVerb();
        options._method.AcceptOnlyFromAmong("static", "dynamic", "fp16", "int4");
        options._calibration.AcceptOnlyFromAmong("minmax", "percentile", "entropy", "mse");
        options._activations.AcceptOnlyFromAmong("uint8", "int8");
        options._weights.AcceptOnlyFromAmong("int8", "uint8");
        var verb = new Verb(
            "quantize",
            "Writes an ONNX file with fewer bits and says what became of each node. Exit code 0 ok, 1 the models agree less than --min-agreement, 2 bad input.",
            "./mlops quantize model.onnx small.onnx",
            "./mlops quantize model.onnx small.onnx --calibrate rows.csv --label y",
            "./mlops quantize cnn.onnx cnn-int8.onnx --calibrate pictures/ --calibration percentile --per-channel --min-agreement 0.98",
            "./mlops quantize model.onnx half.onnx --method fp16 --compare --json")
        {
            options._input, options._output, options._method, options._calibrate, options._label, options._columns, options._scale, options._mean, options._deviation, options._rows,
            options._calibration, options._activations, options._weights, options._perChannel, options._reduceRange, options._exclude, options._keepOperators, options._verify, options._minAgreement, options._json,
        };
        verb.SetAction((parsed, cancellation) => Task.FromResult(options.Quantize(parsed, cancellation)));
        return verb;
    }

    private int Quantize(ParseResult parsed, CancellationToken cancellation)
    {
        string input = parsed.GetRequiredValue(_input);
        string? rows = parsed.GetValue(_calibrate);
        string output = OutputPath.Checked(parsed.GetRequiredValue(_output), input, rows);
        string method = parsed.GetValue(_method) ?? (rows is null ? "dynamic" : "static");
        Reject(parsed, method, rows);
        OnnxFile file = ModelFile.Load(input);
        using var progress = new TerminalProgress("Quantizing");
        ModelData? data = rows is null ? null : Data(parsed, file, rows, cancellation);
        QuantizedModel model = Quantized(parsed, method, file, data, progress, cancellation);
        model = file.Tensors().Any() && new FileInfo(input).Length is var length && length >= model.BytesBefore ? model with { BytesBefore = length } : model;
        QuantizeComparison? comparison = data is null && !parsed.GetValue(_verify) && parsed.GetValue(_minAgreement) is null
            ? null
            : QuantizeComparison.Of(file, model.File, data, cancellation);
        if (comparison is null)
        {
            OnnxModel.Open(model.File).Dispose(); // what ONNX Runtime does not load is not written
        }

        bool passes = parsed.GetValue(_minAgreement) is not { } least || (comparison!.Agreement ?? throw new ArgumentException("--min-agreement compares classes; the model gives numbers.")) >= least;
        cancellation.ThrowIfCancellationRequested();
        progress.Dispose();
        if (passes)
        {
            model.File.Save(output);
        }

        var report = new QuantizeReport(file, model, data?.RowCount, method == "static" ? Calibration(parsed).Name : null, comparison);
        Console.WriteLine(parsed.GetValue(_json) ? report.ToJson() : report.ToString());
        if (!passes)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"gate failed: the models agree on {100 * comparison!.Agreement!.Value:0.##} % of the rows, below the {100 * parsed.GetValue(_minAgreement)!.Value:0.##} % of --min-agreement; {output} was not written"));
        }

        return passes ? Program.Ok : Program.GateFailed;
    }

    private void Reject(ParseResult parsed, string method, string? rows)
    {
        bool eightBits = method is "static" or "dynamic";
        Option? idle = method == "static" ? null : new Option[] { _calibration, _activations }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        idle ??= eightBits ? null : new Option[] { _weights, _perChannel, _reduceRange }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        idle ??= rows is not null ? null : new Option[] { _label, _columns, _scale, _mean, _deviation, _rows }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
        if (method == "static" && rows is null)
        {
            throw new ArgumentException("Static quantization needs example rows to find the ranges of activations: --calibrate rows.csv. --method dynamic does without.");
        }

        if (idle is not null)
        {
            throw new ArgumentException($"{idle.Name} does nothing for --method {method}{(rows is null ? " without --calibrate" : "")}.");
        }

        if (parsed.GetValue(_rows) < 1 || parsed.GetValue(_minAgreement) is < 0 or > 1 or double.NaN)
        {
            throw new ArgumentException("--max-rows is at least 1, --min-agreement between 0 and 1.");
        }
    }

    private ModelData Data(ParseResult parsed, OnnxFile file, string path, CancellationToken cancellation)
    {
        var options = new ModelDataOptions
        {
            Label = parsed.GetValue(_label),
            Columns = ColumnList.Of(parsed.GetValue(_columns)),
            Scale = parsed.GetValue(_scale),
            Mean = parsed.GetValue(_mean) ?? [],
            StandardDeviation = parsed.GetValue(_deviation) ?? [],
        };
        var data = ModelData.Read(file, path, options, cancellation);
        int most = parsed.GetValue(_rows);
        return data.RowCount > most ? data.Shuffled(Seed).Take(most) : data;
    }

    private QuantizedModel Quantized(ParseResult parsed, string method, OnnxFile file, ModelData? data, IProgress<double> progress, CancellationToken cancellation)
    {
        string[] nodes = ColumnList.Of(parsed.GetValue(_exclude)) ?? [];
        string[] operators = ColumnList.Of(parsed.GetValue(_keepOperators)) ?? [];
        IntegerType weights = parsed.GetValue(_weights) == "uint8" ? IntegerType.UInt8 : IntegerType.Int8;
        (bool perChannel, bool reduceRange) = (parsed.GetValue(_perChannel), parsed.GetValue(_reduceRange));
        switch (method)
        {
            case "static":
                var whole = new StaticOptions { Activations = Activations(parsed), Weights = weights, PerChannel = perChannel, ReduceRange = reduceRange, Calibration = Calibration(parsed), ExcludedNodes = nodes, ExcludedOperators = operators };
                return StaticQuantization.Quantize(file, data!, whole, progress, cancellation);
            case "dynamic":
                return DynamicQuantization.Quantize(file, new DynamicOptions { Weights = weights, PerChannel = perChannel, ReduceRange = reduceRange, ExcludedNodes = nodes, ExcludedOperators = operators });
            case "fp16":
                return HalfPrecision.Convert(file, new HalfPrecisionOptions { ExcludedNodes = nodes, ExcludedOperators = operators }, data, cancellation);
            default:
                return WeightOnlyQuantization.Quantize(file, new WeightOnlyOptions { Exclude = [.. nodes, .. file.Graph.Node.Where(node => operators.Contains(node.OpType) && node.Name.Length > 0).Select(node => node.Name)] }, progress, cancellation);
        }
    }

    private IntegerType Activations(ParseResult parsed) => parsed.GetValue(_activations) == "int8" ? IntegerType.Int8 : IntegerType.UInt8;

    private RangeMethod Calibration(ParseResult parsed) =>
        parsed.GetValue(_calibration) == "mse" ? new MeanSquaredErrorRange(Activations(parsed)) : RangeMethod.Of(parsed.GetValue(_calibration) ?? "minmax");
}
