using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Benchmarking;

/// <summary>Runs a model in a process of its own with one core and little memory, as the operating system limits them.</summary>
/// <remarks>
/// Linux only. The core is one of this machine's (<c>taskset</c>): a slower processor is not simulated, so that times are not those of a phone. Memory is limited by
/// <c>RLIMIT_DATA</c> (<c>ulimit -d</c>), which counts private memory that can be written, the runtime's too; the peak is what the kernel saw (VmHWM). No rights are needed.
/// </remarks>
public static class LimitedRun
{
    internal const int OutOfMemoryExit = 75; // what the process ends with when it notices itself
    private static readonly int[] s_killedExits = [134, 137, 139]; // 128 + SIGABRT, SIGKILL, SIGSEGV: what a failed allocation ends in
    private static readonly CultureInfo s_culture = CultureInfo.InvariantCulture;

    /// <summary>Gets whether this system has the limits.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    /// <summary>Runs a model and reports what it took. What goes wrong in the process is a result, not an exception.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">What goes in; made up if null.</param>
    /// <param name="options">The limits; one core and as much memory as there is if null.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="InvalidOperationException">The program that runs it was not found beside this library; name it in the options.</exception>
    /// <exception cref="ArgumentException">The model takes other inputs than the data has.</exception>
    public static async Task<LimitedRunResult> MeasureAsync(BenchmarkModel model, ModelData? data = null, LimitedRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new LimitedRunOptions();
        options.Check();
        if (!IsSupported)
        {
            return new LimitedRunResult(LimitedRunOutcome.NotSupported, "Runs under limits need Linux; this system has other means. A container with --cpus 1 --memory does the same.", options.MemoryBytes);
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-limited-");
        try
        {
            Prepare(folder.FullName, model, data, options);
            return await RunAsync(folder.FullName, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What a process that ended says about the run.</summary>
    internal static LimitedRunResult Judge(int exitCode, string output, string errors, LimitedRunOptions options)
    {
        string limit = options.MemoryBytes is { } memory ? TableText.Bytes(memory) : "the memory there is";
        if (exitCode == 0)
        {
            LimitedRunRecord said = JsonSerializer.Deserialize<LimitedRunRecord>(output.Trim().Split('\n')[^1])!;
            var statistics = LatencyStatistics.Of(said.Times, said.Batch);
            string where = options.OneCore ? said.Cores == 1 ? "on one core" : "with one thread (no taskset here: it was not kept to one core)" : "on every core";
            return new LimitedRunResult(
                LimitedRunOutcome.Completed,
                string.Create(s_culture, $"runs {where} within {limit}: p50 {TableText.Milliseconds(statistics.P50)} ms, p95 {TableText.Milliseconds(statistics.P95)} ms, peak {TableText.Bytes(said.PeakBytes)}, of which {TableText.Bytes(Math.Max(0, said.PeakBytes - said.RuntimeBytes))} since the model was loaded."),
                options.MemoryBytes,
                statistics,
                said.LoadMilliseconds,
                said.FirstRunMilliseconds,
                said.RuntimeBytes,
                said.PeakBytes);
        }

        bool memoryEnded = options.MemoryBytes is not null
            && (exitCode == OutOfMemoryExit || s_killedExits.Contains(exitCode) || errors.Contains("CoreCLR", StringComparison.Ordinal) || errors.Contains("memory", StringComparison.OrdinalIgnoreCase));
        return memoryEnded
            ? new LimitedRunResult(LimitedRunOutcome.OutOfMemory, $"does not run within {limit}: {(exitCode == OutOfMemoryExit ? "the model does not fit" : "the process was ended by the limit; .NET and ONNX Runtime alone take about 70 MB")}.", options.MemoryBytes)
            : new LimitedRunResult(LimitedRunOutcome.Failed, string.Create(s_culture, $"failed with exit code {exitCode}: {LastLine(errors)}"), options.MemoryBytes);
    }

    /// <summary>The command with its limits.</summary>
    internal static string[] Command(IReadOnlyList<string> program, string folder, LimitedRunOptions options, string? taskset)
    {
        string limits = options.MemoryBytes is { } memory ? string.Create(s_culture, $"ulimit -c 0; ulimit -d {Math.Max(1, memory / 1024)} || exit 3; ") : "";
        string[] pinned = options.OneCore && taskset is not null ? [taskset, "-c", FirstCore()] : [];
        return ["/bin/sh", "-c", limits + "exec \"$@\"", "sh", .. pinned, .. program, folder];
    }

    private static void Prepare(string folder, BenchmarkModel model, ModelData? data, LimitedRunOptions options)
    {
        string path = model.Path is null ? Path.Combine(folder, "model.onnx") : Path.GetFullPath(model.Path);
        if (model.Path is null)
        {
            model.File.Save(path);
        }

        int batch = BatchInputs.FixedBatch(model.File.Graph.FedInputs()) is > 0 and int own ? own : options.Batch;
        IReadOnlyDictionary<string, OnnxTensor> inputs = data is null ? ExampleInputs.Of(model.File, batch, seed: options.Seed).Inputs : BatchInputs.Of(data, batch);
        if (data is not null)
        {
            using OnnxModel session = model.Open(new OnnxModelOptions());
            inputs = BatchInputs.For(session, model.Name, inputs);
        }

        foreach ((int i, (string name, OnnxTensor tensor)) in inputs.Index())
        {
            OnnxTensor named = tensor.Clone();
            named.Name = name;
            using FileStream stream = File.Create(Path.Combine(folder, string.Create(s_culture, $"input_{i}.pb")));
            named.WriteTo(stream);
        }

        var order = new LimitedRunOrder(path, batch, options.OneCore ? 1 : 0, options.WarmUpRuns, options.Runs);
        File.WriteAllText(Path.Combine(folder, LimitedRunWorker.OrderFile), JsonSerializer.Serialize(order));
    }

    private static async Task<LimitedRunResult> RunAsync(string folder, LimitedRunOptions options, CancellationToken cancellationToken)
    {
        string[] command = Command(options.Program ?? ThisProgram(), folder, options, Taskset());
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        if (options.OneCore)
        {
            start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        }

        start.Environment["DOTNET_gcServer"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        if (options.MemoryBytes is { } memory)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = "0x" + memory.ToString("X", s_culture);
        }

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return new LimitedRunResult(LimitedRunOutcome.TimedOut, string.Create(s_culture, $"took longer than {options.Timeout.TotalSeconds:0.#} s and was ended."), options.MemoryBytes);
        }

        return Judge(process.ExitCode, await output.ConfigureAwait(false), await errors.ConfigureAwait(false), options);
    }

    private static string[] ThisProgram()
    {
        string library = Path.Combine(AppContext.BaseDirectory, "mlops.dll");
        if (!File.Exists(library))
        {
            throw new InvalidOperationException("The mlops command, which runs the model in a process of its own, is not beside this library; name a program in LimitedRunOptions.Program.");
        }

        string host = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
        return [host, library, LimitedRunWorker.Verb];
    }

    private static string? Taskset() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, "taskset")).FirstOrDefault(File.Exists);

    // "0-3,8": a container may not have core 0.
    private static string FirstCore() => new([.. ProcessStatus.Text("Cpus_allowed_list").TakeWhile(char.IsAsciiDigit)]);

    private static string LastLine(string errors) => errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "it said nothing";
}
