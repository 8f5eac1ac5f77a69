using System.Text.Json;
using MlOps.Quantization.Benchmarking;

namespace MlOps.Quantization.Tests.Benchmarking;

/// <summary>The parent's side, with shell commands in place of the program. The real program is run by the tests of the command line.</summary>
public sealed class LimitedRunTests
{
    private static readonly BenchmarkModel s_model = BenchmarkModel.Of("mlp", Models.Load("mlp"));

    [Fact]
    public async Task Run_Worker_SaysWhatTheModelTook()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-judge-");
        try
        {
            // The program copies the order away, and the worker does it here.
            LimitedRunResult copied = await Measure("cp -r \"$1/.\" '" + folder.FullName + "'; exit 9");
            Assert.Equal(LimitedRunOutcome.Failed, copied.Outcome);
            string kept = Path.Combine(folder.FullName, "order.json");
            File.WriteAllText(kept, File.ReadAllText(kept).Replace(JsonDocument.Parse(File.ReadAllText(kept)).RootElement.GetProperty("Model").GetString()!, Path.Combine(folder.FullName, "model.onnx"), StringComparison.Ordinal));
            var output = new StringWriter();

            Assert.Equal(0, LimitedRunWorker.Run(folder.FullName, output));

            LimitedRunResult result = LimitedRun.Judge(0, output.ToString(), "", new LimitedRunOptions { Runs = 4, MemoryBytes = 512_000_000 });
            Assert.Equal(LimitedRunOutcome.Completed, result.Outcome);
            Assert.Equal(4, result.Statistics!.Runs);
            Assert.True(result.PeakBytes >= result.RuntimeBytes);
            Assert.Contains("512 MB", result.Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("kill -9 $$")]
    [InlineData("exit 75")]
    [InlineData("echo 'Failed to create CoreCLR' >&2; exit 3")]
    public async Task Measure_EndedByTheLimit_IsAResult(string script)
    {
        LimitedRunResult result = await Measure(script, 100_000_000);

        Assert.Equal(LimitedRunOutcome.OutOfMemory, result.Outcome);
        Assert.Contains("does not run within 100 MB", result.Message, StringComparison.Ordinal);
        Assert.Null(result.ModelBytes);
    }

    [Fact]
    public async Task Measure_LimitsOfTheSystem_AreSet()
    {
        LimitedRunResult result = await Measure("echo \"data $(ulimit -d) cores $(nproc)\" >&2; exit 3", 300L * 1024 * 1024);

        Assert.Contains("data 307200", result.Message, StringComparison.Ordinal); // KiB
        Assert.Contains("cores 1", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Measure_OtherFailure_SaysWhich() =>
        Assert.Equal("failed with exit code 2: no such operator", (await Measure("echo 'no such operator' >&2; exit 2")).Message);

    [Fact]
    public async Task Measure_TooLong_IsEnded()
    {
        LimitedRunResult result = await LimitedRun.MeasureAsync(s_model, null, new LimitedRunOptions { Program = ["/bin/sh", "-c", "sleep 60"], Timeout = TimeSpan.FromMilliseconds(200) });

        Assert.Equal(LimitedRunOutcome.TimedOut, result.Outcome);
    }

    [Fact]
    public async Task Measure_Cancelled_EndsTheProcess()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LimitedRun.MeasureAsync(s_model, null, new LimitedRunOptions { Program = ["/bin/sh", "-c", "sleep 60"] }, source.Token));
    }

    [Fact]
    public async Task Measure_NoProgramBesideTheLibrary_IsSaid() =>
        Assert.Contains("LimitedRunOptions.Program", (await Assert.ThrowsAsync<InvalidOperationException>(() => LimitedRun.MeasureAsync(s_model))).Message, StringComparison.Ordinal);

    private static Task<LimitedRunResult> Measure(string script, long? memory = null) =>
        LimitedRun.MeasureAsync(s_model, null, new LimitedRunOptions { MemoryBytes = memory, Runs = 4, WarmUpRuns = 1, Program = ["/bin/sh", "-c", script, "sh"] });
}
