namespace MlOps.Quantization.Benchmarking;

/// <summary>Under which limits a model is run.</summary>
public sealed record LimitedRunOptions
{
    /// <summary>Gets the most private memory the process may write to, in bytes, the .NET runtime's own (about 70 MB) included; null does not limit it.</summary>
    public long? MemoryBytes { get; init; }

    /// <summary>Gets whether the process keeps to one core. Default: yes.</summary>
    public bool OneCore { get; init; } = true;

    /// <summary>Gets the number of timed runs, ≥ 2. Default: 100.</summary>
    public int Runs { get; init; } = 100;

    /// <summary>Gets the number of runs before the first timed one, ≥ 0. Default: 10.</summary>
    public int WarmUpRuns { get; init; } = 10;

    /// <summary>Gets the rows of a run, ≥ 1; a model of a fixed batch has its own number. Default: 1.</summary>
    public int Batch { get; init; } = 1;

    /// <summary>Gets how long the process may take in all. Default: two minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets the seed of inputs that are made up.</summary>
    public int Seed { get; init; } = 7;

    /// <summary>Gets the program that runs the model, with its first arguments; null takes the <c>mlops</c> command that this library came with.</summary>
    public IReadOnlyList<string>? Program { get; init; }

    internal void Check()
    {
        Guard.AtLeast(Runs, 2);
        Guard.AtLeast(WarmUpRuns, 0);
        Guard.AtLeast(Batch, 1);
        if (MemoryBytes is { } memory)
        {
            Guard.AtLeast(memory, 1, nameof(MemoryBytes));
        }

        if (Timeout <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(Timeout), Timeout, "Timeout must be above zero.");
        }
    }
}
