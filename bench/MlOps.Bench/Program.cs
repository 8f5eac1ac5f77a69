using System.Runtime.InteropServices;
using MlOps.Bench;

var benchmarks = new (string Name, Func<string[], int> Run)[]
{
    ("clusters", ClustersBench.Run),
    ("csv", CsvBench.Run),
    ("drift", DriftBench.Run),
    ("engine", EngineBench.Run),
    ("estimation", EstimationBench.Run),
    ("fairness", FairnessBench.Run),
    ("grading", GradingBench.Run),
    ("int8", Int8Bench.Run),
    ("kernel", KernelBench.Run),
    ("linear", LinearBench.Run),
    ("metrics", MetricsBench.Run),
    ("multivariate", MultivariateBench.Run),
    ("neural", NeuralBench.Run),
    ("onnx", OnnxBench.Run),
    ("pipeline", PipelineBench.Run),
    ("quality", QualityBench.Run),
    ("quantize", QuantizeBench.Run),
    ("shap", ShapBench.Run),
    ("sketches", SketchesBench.Run),
    ("sql", SqlBench.Run),
    ("streams", StreamsBench.Run),
    ("tracking", TrackingBench.Run),
    ("trees", TreesBench.Run),
    ("treeshap", TreeShapBench.Run),
};

string[] unknown = [.. args.TakeWhile(arg => !arg.StartsWith('-')).Except(benchmarks.Select(benchmark => benchmark.Name))];
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"No benchmark '{unknown[0]}'; there are: {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}.");
    return 2;
}

Console.WriteLine($"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}");
int status = 0;
foreach ((string name, Func<string[], int> run) in benchmarks)
{
    if (args.Length == 0 || args[0].StartsWith('-') || args.Contains(name))
    {
        Console.WriteLine();
        Console.WriteLine($"== {name}");
        status = Math.Max(status, run([.. args.SkipWhile(arg => !arg.StartsWith("--", StringComparison.Ordinal)).Skip(1)]));
    }
}

return status;
