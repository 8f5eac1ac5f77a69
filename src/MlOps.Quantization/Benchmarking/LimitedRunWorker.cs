using System.Diagnostics;
using System.Text.Json;
using MlOps.Onnx;

namespace MlOps.Quantization.Benchmarking;

/// <summary>The other side of <see cref="LimitedRun"/>: what the process with the limits does. A program offers it as a verb of its command line.</summary>
public static class LimitedRunWorker
{
    /// <summary>The verb of the <c>mlops</c> command.</summary>
    public const string Verb = "limited-run";

    internal const string OrderFile = "order.json";

    /// <summary>Loads the model, runs it and writes what that took as a line of JSON.</summary>
    /// <param name="folder">Where the order and the inputs lie.</param>
    /// <param name="output">Where the line goes.</param>
    /// <returns>The exit code: 0, or 75 if there was not enough memory.</returns>
    /// <exception cref="OnnxException">The model does not load or fails.</exception>
    public static int Run(string folder, TextWriter output)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(output);
        try
        {
            output.WriteLine(JsonSerializer.Serialize(Measure(folder)));
            return 0;
        }
        catch (Exception e) when (e.GetBaseException() is OutOfMemoryException || IsAllocation(e))
        {
            return LimitedRun.OutOfMemoryExit;
        }
    }

    private static LimitedRunRecord Measure(string folder)
    {
        LimitedRunOrder order = JsonSerializer.Deserialize<LimitedRunOrder>(File.ReadAllText(Path.Combine(folder, OrderFile)))!;
        Dictionary<string, OnnxTensor> inputs = Directory.GetFiles(folder, "input_*.pb").Select(Read).ToDictionary(tensor => tensor.Name);
        _ = OnnxRuntimeInfo.Current(); // loads the native library, which belongs to the runtime's memory
        long runtime = ProcessStatus.Bytes("VmRSS");

        long start = Stopwatch.GetTimestamp();
        // With a name for the classes the file need not be searched for them, which would hold it in memory a second time.
        using OnnxModel model = OnnxModel.Load(order.Model, new OnnxModelOptions { Threads = order.Threads, Classes = ["any"] });
        double load = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        using BoundRun run = model.Bind(inputs);
        double first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var timer = new InterleavedTimer(TimeProvider.System, () => TimeSpan.Zero);
        (double[] times, _) = timer.Time([run.Run], order.WarmUpRuns, order.Runs, 0, null, CancellationToken.None)[0];
        return new LimitedRunRecord(order.Batch, ProcessStatus.Cores(), load, first, times, runtime, ProcessStatus.Bytes("VmHWM"));
    }

    private static OnnxTensor Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return OnnxTensor.Parser.ParseFrom(stream);
    }

    // What ONNX Runtime says when the system gives it no memory.
    private static bool IsAllocation(Exception e) =>
        e is OnnxException && (e.Message.Contains("bad allocation", StringComparison.OrdinalIgnoreCase) || e.Message.Contains("bad_alloc", StringComparison.Ordinal) || e.Message.Contains("Failed to allocate memory", StringComparison.OrdinalIgnoreCase));
}
