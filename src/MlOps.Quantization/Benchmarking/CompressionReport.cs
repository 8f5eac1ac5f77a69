using System.Globalization;
using System.Runtime.InteropServices;
using MlOps.Data;
using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Benchmarking;

/// <summary>Models side by side: size, parameters, operations, memory, time, energy, and how well they answer. The first is the one the others are compared with.</summary>
/// <param name="Models">A measurement a model, in their order.</param>
/// <param name="Ratios">Run times against the first model's, setting by setting.</param>
/// <param name="Machine">What it was measured on.</param>
/// <param name="Rows">Rows whose answers were compared; 0 if no data was given.</param>
/// <param name="WattsPerCore">The power assumed for a busy core.</param>
/// <param name="Notices">What a reader must know.</param>
public sealed partial record CompressionReport(
    IReadOnlyList<ModelMeasurement> Models, IReadOnlyList<LatencyRatio> Ratios, string Machine, int Rows, double WattsPerCore, IReadOnlyList<string> Notices)
{
    private const double AnswersShare = 0.2; // of the work, for the progress

    /// <summary>Gets the models that no other beats in quality, median run time and size at once; all that have these numbers are candidates.</summary>
    public IReadOnlyList<ModelMeasurement> Front => ParetoFront.Of(
        [.. Models.Where(model => model.Latency is not null && (model.Quality is not null || Rows == 0))],
        (model => model.Quality ?? 0, true),
        (model => model.Latency!.P50, false),
        (model => model.Bytes, false));

    /// <summary>Gets a model by its name.</summary>
    /// <exception cref="KeyNotFoundException">There is none of this name.</exception>
    public ModelMeasurement this[string name] => Models.FirstOrDefault(model => model.Name == name)
        ?? throw new KeyNotFoundException($"There is no model '{name}'; there are {string.Join(", ", Models.Select(model => model.Name))}.");

    /// <summary>Measures models.</summary>
    /// <param name="models">At least one; the one to compare with first. Names differ.</param>
    /// <param name="data">Rows, with labels where they are known; null measures with made-up inputs and compares no answers.</param>
    /// <param name="options">What to measure.</param>
    /// <param name="clock">What measures run times; the system's when null.</param>
    /// <param name="progress">Receives the share that is done, rising to 1.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <exception cref="ArgumentException">There is no model, two have one name, they answer differently (rows, classes), or the labels are no classes of theirs.</exception>
    /// <exception cref="OnnxException">ONNX Runtime does not load a model, or it fails.</exception>
    public static CompressionReport Measure(
        IReadOnlyList<BenchmarkModel> models,
        ModelData? data = null,
        CompressionReportOptions? options = null,
        TimeProvider? clock = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new CompressionReportOptions();
        options.Check();
        LatencyBenchmark.CheckNames(models);
        var notices = new List<string>();
        var measured = new ModelMeasurement[models.Count];
        ModelAnswers? first = null;
        for (int i = 0; i < models.Count; i++)
        {
            measured[i] = Looked(models[i], data, options, notices);
            if (data is not null)
            {
                ModelAnswers answers;
                using (OnnxModel model = models[i].Open(new OnnxModelOptions()))
                {
                    answers = ModelAnswers.Of(model, data, options.Classes, null, cancellationToken);
                }

                measured[i] = Judged(measured[i], answers, first ??= answers, data.Labels);
            }

            progress?.Report(AnswersShare * (i + 1) / models.Count);
        }

        if (options.Latency is null)
        {
            return new CompressionReport(measured, [], MachineText(), data?.RowCount ?? 0, options.WattsPerCore, notices);
        }

        IProgress<double>? rest = ProgressPart.Of(progress, AnswersShare, 1);
        LatencyReport latency = LatencyBenchmark.Measure(models, data, options.Latency, clock, rest, cancellationToken);
        for (int i = 0; i < models.Count; i++)
        {
            ModelLatency[] own = [.. latency.Results.Where(result => result.Model == models[i].Name)];
            measured[i] = measured[i] with
            {
                Latencies = own,
                ColdStart = latency.ColdStarts.FirstOrDefault(start => start.Model == models[i].Name),
                EnergyMillijoules = own.Length > 0 ? own[0].ProcessorMilliseconds * options.WattsPerCore : null,
            };
        }

        return new CompressionReport(measured, latency.Ratios, MachineText(), data?.RowCount ?? 0, options.WattsPerCore, [.. notices, .. latency.Notices]);
    }

    /// <summary>Returns the report with what runs under limits took.</summary>
    /// <param name="runs">Results by the names of the models.</param>
    public CompressionReport With(IReadOnlyDictionary<string, LimitedRunResult> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return this with { Models = [.. Models.Select(model => runs.TryGetValue(model.Name, out LimitedRunResult? run) ? model with { Limited = run } : model)] };
    }

    /// <summary>What the file alone tells.</summary>
    private static ModelMeasurement Looked(BenchmarkModel model, ModelData? data, CompressionReportOptions options, List<string> notices)
    {
        ComputeCount? compute = null;
        MemoryEstimate? memory = null;
        try
        {
            var shapes = Shapes(model, data);
            compute = ComputeCount.Of(model.File.Graph, name => shapes[name]?.Dims);
            memory = MemoryEstimate.Of(model.File, shapes);
            int batch = FixedBatch(model);
            if (batch > 1)
            {
                notices.Add(string.Create(CultureInfo.InvariantCulture, $"{model.Name} takes {batch} rows at once: its operations and memory are those of {batch} rows."));
            }

            if (compute.NotCounted.Count > 0)
            {
                notices.Add($"{model.Name}: the operations of {string.Join(", ", compute.NotCounted)} are not counted.");
            }
        }
        catch (OnnxException e)
        {
            notices.Add($"{model.Name}: operations and memory are not known. {e.Message}");
        }

        return new ModelMeasurement
        {
            Name = model.Name,
            Bytes = model.Bytes,
            GzipBytes = options.Gzip ? GzipSize.Of(model.File) : null,
            Parameters = model.File.Tensors().Where(tensor => tensor.DataType != OnnxElementType.String).Sum(tensor => tensor.ElementCount),
            Compute = compute,
            Memory = memory,
        };
    }

    private static ValueShapes Shapes(BenchmarkModel model, ModelData? data)
    {
        int rows = Math.Max(1, FixedBatch(model));
        if (data is null)
        {
            return ValueShapes.Of(model.File, rows);
        }

        using OnnxModel session = OnnxModel.Open(model.File);
        return ValueShapes.Of(model.File, BatchInputs.For(session, model.Name, BatchInputs.Of(data, rows)));
    }

    private static int FixedBatch(BenchmarkModel model) => BatchInputs.FixedBatch(model.File.Graph.FedInputs());

    private static ModelMeasurement Judged(ModelMeasurement model, ModelAnswers answers, ModelAnswers first, IReadOnlyList<string>? labels)
    {
        ModelMeasurement judged = model with { Comparison = AnswerComparison.Of(first, answers) };
        if (labels is null)
        {
            return judged;
        }

        if (answers.Classes is not null)
        {
            return judged with { Accuracy = answers.Accuracy(labels) };
        }

        double[] truth = [.. labels.Select(label => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw new ArgumentException($"'{model.Name}' predicts numbers; the label '{label}' is none.", nameof(labels)))];
        return judged with { RSquared = answers.RSquared(truth) };
    }

    private static string MachineText() =>
        $"{Processor.Current()}, ONNX Runtime {OnnxRuntimeInfo.Current().Version}{(DefaultProviders.Names[0] == "cpu" ? "" : $" ({DefaultProviders.Variable}: {string.Join(", ", DefaultProviders.Names)})")}, {RuntimeInformation.FrameworkDescription}";
}
