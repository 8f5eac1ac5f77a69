namespace MlOps.Quantization.Benchmarking;

/// <summary>How run times are measured.</summary>
public sealed record LatencyOptions
{
    /// <summary>Gets the number of timed runs of each model in each setting, ≥ 2. A p95 needs 20, a p99 needs 100. Default: 200.</summary>
    public int Runs { get; init; } = 200;

    /// <summary>Gets the number of runs before the first timed one, ≥ 0: memory is laid out, code compiled, the clock of the processor raised. Default: 20.</summary>
    public int WarmUpRuns { get; init; } = 20;

    /// <summary>Gets how many rows go in at once, each ≥ 1. A model of a fixed batch is measured with its own. Default: 1.</summary>
    public IReadOnlyList<int> BatchSizes { get; init; } = [1];

    /// <summary>Gets the numbers of threads of a run, each ≥ 0; 0 is every core. Default: every core.</summary>
    public IReadOnlyList<int> Threads { get; init; } = [0];

    /// <summary>Gets how often each model is loaded afresh to time its cold start, ≥ 0. Default: 3.</summary>
    public int ColdStarts { get; init; } = 3;

    /// <summary>Gets the seed of the order of the runs, of inputs that are made up, and of the bootstrap.</summary>
    public int Seed { get; init; } = 7;

    internal void Check()
    {
        Guard.AtLeast(Runs, 2);
        Guard.AtLeast(WarmUpRuns, 0);
        Guard.AtLeast(ColdStarts, 0);
        ArgumentNullException.ThrowIfNull(BatchSizes);
        ArgumentNullException.ThrowIfNull(Threads);
        if (BatchSizes.Count == 0 || BatchSizes.Any(size => size < 1))
        {
            throw new ArgumentException($"At least one batch size is needed, each at least 1; got {string.Join(", ", BatchSizes)}.", nameof(BatchSizes));
        }

        if (Threads.Count == 0 || Threads.Any(count => count < 0))
        {
            throw new ArgumentException($"At least one number of threads is needed, each at least 0 (every core); got {string.Join(", ", Threads)}.", nameof(Threads));
        }
    }
}
