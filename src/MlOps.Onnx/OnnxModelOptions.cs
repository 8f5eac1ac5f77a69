namespace MlOps.Onnx;

/// <summary>How a model is run.</summary>
public sealed record OnnxModelOptions
{
    /// <summary>Gets what computes, the first that can be had: <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>, <c>directml</c> or <c>coreml</c>. The CPU always stands behind them. Default: what the environment variable MLOPS_PROVIDERS names (<see cref="DefaultProviders"/>), else the CPU.</summary>
    public IReadOnlyList<string> Providers { get; init; } = DefaultProviders.Names;

    /// <summary>Gets the number of threads of one run, ≥ 0; 0 lets ONNX Runtime use every core.</summary>
    public int Threads { get; init; }

    /// <summary>Gets whether the threads go to sleep when a run is over. Otherwise they wait at full power for the next one: faster for a stream of runs, in the way of other models in this process. Default: they wait.</summary>
    public bool QuietBetweenRuns { get; init; }

    /// <summary>Gets how many rows are predicted at once, ≥ 1: memory grows with it. A model of a fixed batch has its own number.</summary>
    public int RowsPerBlock { get; init; } = 1024;

    /// <summary>Gets the columns that a model with one matrix as its input takes, in order; null if the file says so itself (<see cref="ModelFacts.Features"/>).</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Gets the names of the classes, in the order of the columns of the scores; null if the file says so itself.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Providers);
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfLessThan(RowsPerBlock, 1);
    }
}
