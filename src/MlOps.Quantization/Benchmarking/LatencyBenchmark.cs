using System.Globalization;
using MathNet.Numerics.Statistics;
using MlOps.Onnx;
using MlOps.Quantization.Graphs;

namespace MlOps.Quantization.Benchmarking;

/// <summary>Measures how long models run, all of them in one go, so that they can be compared.</summary>
/// <remarks>
/// Inputs lie in ONNX Runtime's memory before the clock starts, outputs have their place: what is timed is the model. Every model is warmed up; then the models run in
/// turn, in rounds of random order and its reverse. The threads of one model sleep while another runs. Times hold for this machine as it was.
/// </remarks>
public static class LatencyBenchmark
{
    private const double NoisySpread = 0.25;
    private const double Drifted = 0.15;

    /// <summary>Measures cold starts, then run times for each number of threads and each batch size.</summary>
    /// <param name="models">The models, the one to compare with first; names differ.</param>
    /// <param name="data">What goes in; made up as <see cref="ExampleInputs"/> does for the first model if null.</param>
    /// <param name="options">How; 200 runs of one row on every core if null.</param>
    /// <param name="clock">What measures; the system's when null.</param>
    /// <param name="progress">Receives the share that is done, rising to 1.</param>
    /// <param name="cancellationToken">Stops between two runs.</param>
    /// <exception cref="ArgumentException">There is no model, two have one name, a model takes other inputs than the data has, or none of the batch sizes suits any model.</exception>
    /// <exception cref="OnnxException">ONNX Runtime does not load a model, or it fails on its inputs whatever their number.</exception>
    public static LatencyReport Measure(
        IReadOnlyList<BenchmarkModel> models,
        ModelData? data = null,
        LatencyOptions? options = null,
        TimeProvider? clock = null,
        IProgress<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new LatencyOptions();
        options.Check();
        CheckNames(models);
        clock ??= TimeProvider.System;
        var notices = new List<string>();
        if (data is null)
        {
            notices.Add($"No data was given, so the inputs are not real. {ExampleInputs.Of(models[0].File, options.BatchSizes[0], seed: options.Seed).Notice}");
        }

        models[0].Open(new OnnxModelOptions()).Dispose(); // the first session of a process is slow: it counts nowhere
        IReadOnlyDictionary<string, OnnxTensor> Rows(int count) => data is null ? ExampleInputs.Of(models[0].File, count, seed: options.Seed).Inputs : BatchInputs.Of(data, count);
        IReadOnlyList<ColdStart> starts = ColdStarts(models, Rows, options, clock, cancellationToken);
        var results = new List<ModelLatency>();
        var timer = new InterleavedTimer(clock, () => Environment.CpuUsage.TotalTime);
        for (int t = 0; t < options.Threads.Count; t++)
        {
            int threads = options.Threads[t];
            using var sessions = new Sessions(models, threads);
            int[] sizes = sessions.Batches(options.BatchSizes, notices);
            for (int s = 0; s < sizes.Length; s++)
            {
                double done = t + ((double)s / sizes.Length);
                IProgress<double>? share = ProgressPart.Of(progress, done / options.Threads.Count, (done + (1.0 / sizes.Length)) / options.Threads.Count);
                using Bound bound = sessions.Bind(sizes[s], options.BatchSizes, Rows, notices);
                if (bound.Runs.Count == 0)
                {
                    continue;
                }

                (double[] Milliseconds, double Processor)[] times = timer.Time([.. bound.Runs.Select(run => (Action)run.Run.Run)], options.WarmUpRuns, options.Runs, options.Seed, share, cancellationToken);
                results.AddRange(bound.Runs.Zip(times, (run, time) => new ModelLatency(
                    run.Name, threads, LatencyStatistics.Of(time.Milliseconds, sizes[s]), time.Processor / options.Runs, time.Milliseconds)));
            }
        }

        if (results.Count == 0)
        {
            throw new ArgumentException($"No model runs with {string.Join(" or ", options.BatchSizes)} rows at once. {string.Join(" ", notices)}", nameof(options));
        }

        notices.AddRange(Doubts(results));
        return new LatencyReport(results, Ratios(results, models[0].Name, options.Seed), starts, [.. notices.Distinct()]);
    }

    internal static void CheckNames(IReadOnlyList<BenchmarkModel> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        if (models.Count == 0)
        {
            throw new ArgumentException("There is no model to measure.", nameof(models));
        }

        if (models.CountBy(model => model.Name).FirstOrDefault(entry => entry.Value > 1) is { Key: { } twice })
        {
            throw new ArgumentException($"Two models are called '{twice}'; give each a name of its own.", nameof(models));
        }
    }

    /// <summary>What speaks against trusting the times: a line each for a busy machine and one that changes its speed, with the setting where it shows most.</summary>
    internal static IEnumerable<string> Doubts(IReadOnlyList<ModelLatency> results)
    {
        ModelLatency[] noisy = [.. results.Where(result => result.Statistics.Spread > NoisySpread).OrderByDescending(result => result.Statistics.Spread)];
        if (noisy.Length > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The machine was busy: the middle half of the runs of {Setting(noisy[0])} lies {100 * noisy[0].Statistics.Spread:0} % of the median apart{Others(noisy)}. Measure again when it is quiet.");
        }

        ModelLatency[] drifting = [.. results.Where(result => Math.Abs(Math.Log(Drift(result))) > Math.Log(1 + Drifted)).OrderByDescending(result => Math.Abs(Math.Log(Drift(result))))];
        if (drifting.Length > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The machine changed its speed meanwhile: the second half of the runs of {Setting(drifting[0])} took {Drift(drifting[0]):0.00} times as long as the first{Others(drifting)}. Ratios between models hold, times less so.");
        }
    }

    private static string Setting(ModelLatency latency) => string.Create(CultureInfo.InvariantCulture, $"{latency.Model}, batch {latency.Statistics.Batch}, {(latency.Threads == 0 ? "every core" : $"{latency.Threads} thread{(latency.Threads == 1 ? "" : "s")}")}");

    private static string Others(ModelLatency[] all) => all.Length == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", and so for {all.Length - 1} more");

    /// <summary>The median of the second half of the runs / that of the first.</summary>
    private static double Drift(ModelLatency latency)
    {
        double[] times = [.. latency.Milliseconds];
        double early = ArrayStatistics.MedianInplace(times[..(times.Length / 2)]);
        double late = ArrayStatistics.MedianInplace(times[(times.Length / 2)..]);
        return early > 0 && late > 0 ? late / early : 1;
    }

    private static IReadOnlyList<ColdStart> ColdStarts(IReadOnlyList<BenchmarkModel> models, Func<int, IReadOnlyDictionary<string, OnnxTensor>> rows, LatencyOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (options.ColdStarts == 0)
        {
            return [];
        }

        (double Load, double Run)[][] times = [.. models.Select(_ => new (double, double)[options.ColdStarts])];
        for (int i = 0; i < options.ColdStarts; i++)
        {
            for (int m = 0; m < models.Count; m++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                long start = clock.GetTimestamp();
                using OnnxModel session = models[m].Open(new OnnxModelOptions { Threads = options.Threads[0], QuietBetweenRuns = true });
                double load = clock.GetElapsedTime(start).TotalMilliseconds;
                int batch = BatchInputs.FixedBatch(session.Inputs) is > 0 and int own ? own : 1;
                IReadOnlyDictionary<string, OnnxTensor> inputs = BatchInputs.For(session, models[m].Name, rows(batch));
                start = clock.GetTimestamp();
                session.Bind(inputs).Dispose(); // it runs once
                times[m][i] = (load, clock.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        return [.. models.Zip(times, (model, all) => new ColdStart(model.Name, options.ColdStarts, all.Select(time => time.Load).Median(), all.Select(time => time.Run).Median()))];
    }

    private static IReadOnlyList<LatencyRatio> Ratios(List<ModelLatency> results, string baseline, int seed) =>
    [
        .. from one in results
           where one.Model != baseline
           let other = results.FirstOrDefault(result => result.Model == baseline && (result.Batch, result.Threads) == (one.Batch, one.Threads))
           where other is not null
           select LatencyRatio.Of(one, other, seed),
    ];

    /// <summary>Runs that are ready to be timed.</summary>
    private sealed record Bound(List<(string Name, BoundRun Run)> Runs) : IDisposable
    {
        public void Dispose() => Runs.ForEach(run => run.Run.Dispose());
    }

    /// <summary>A session of each model with a number of threads.</summary>
    private sealed class Sessions : IDisposable
    {
        private readonly List<(string Name, OnnxModel Model, int Batch)> _all = [];

        internal Sessions(IReadOnlyList<BenchmarkModel> models, int threads)
        {
            try
            {
                foreach (BenchmarkModel model in models)
                {
                    OnnxModel session = model.Open(new OnnxModelOptions { Threads = threads, QuietBetweenRuns = true });
                    _all.Add((model.Name, session, BatchInputs.FixedBatch(session.Inputs)));
                }
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public void Dispose() => _all.ForEach(entry => entry.Model.Dispose());

        /// <summary>The batch sizes to measure: those asked for, and those that models insist on.</summary>
        internal int[] Batches(IReadOnlyList<int> asked, List<string> notices)
        {
            foreach ((string name, _, int batch) in _all.Where(entry => entry.Batch > 0 && asked.Any(size => size != entry.Batch)))
            {
                notices.Add(string.Create(CultureInfo.InvariantCulture, $"{name} takes {batch} row{(batch == 1 ? "" : "s")} at once, as it was exported; it was measured with this batch only."));
            }

            return [.. (_all.Any(entry => entry.Batch == 0) ? asked : []).Concat(_all.Select(entry => entry.Batch).Where(batch => batch > 0)).Distinct()];
        }

        internal Bound Bind(int size, IReadOnlyList<int> asked, Func<int, IReadOnlyDictionary<string, OnnxTensor>> rows, List<string> notices)
        {
            var bound = new Bound([]);
            IReadOnlyDictionary<string, OnnxTensor> inputs = rows(size);
            try
            {
                foreach ((string name, OnnxModel model, int batch) in _all.Where(entry => entry.Batch == size || (entry.Batch == 0 && asked.Contains(size))))
                {
                    IReadOnlyDictionary<string, OnnxTensor> own = BatchInputs.For(model, name, inputs);
                    try
                    {
                        bound.Runs.Add((name, model.Bind(own)));
                    }
                    catch (OnnxException e) when (batch == 0 && size > 1) // it says that it takes any number and has one built in
                    {
                        notices.Add(string.Create(CultureInfo.InvariantCulture, $"{name} does not run with {size} rows at once: {e.Message}"));
                    }
                }
            }
            catch
            {
                bound.Dispose();
                throw;
            }

            return bound;
        }
    }
}
