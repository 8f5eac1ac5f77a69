namespace MlOps.Quantization.Benchmarking;

/// <summary>What was measured of one model. A number that was not measured, or does not exist for such a model, is null.</summary>
public sealed record ModelMeasurement
{
    /// <summary>Gets the model's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the bytes it takes on disk, values in other files included.</summary>
    public required long Bytes { get; init; }

    /// <summary>Gets the bytes after gzip.</summary>
    public long? GzipBytes { get; init; }

    /// <summary>Gets how many numbers its constants hold. Scales and zero points of a quantized model count too, names of classes do not.</summary>
    public required long Parameters { get; init; }

    /// <summary>Gets the multiply-accumulate operations for one row.</summary>
    public ComputeCount? Compute { get; init; }

    /// <summary>Gets the estimated memory of a run with one row.</summary>
    public MemoryEstimate? Memory { get; init; }

    /// <summary>Gets what a run under the limits of the operating system took.</summary>
    public LimitedRunResult? Limited { get; init; }

    /// <summary>Gets the run times, a setting each, in the order they were asked for.</summary>
    public IReadOnlyList<ModelLatency> Latencies { get; init; } = [];

    /// <summary>Gets what its first answer costs.</summary>
    public ColdStart? ColdStart { get; init; }

    /// <summary>Gets the estimated energy of a run in the first setting in millijoules: processor time × the watts assumed for a core. Not measured; memory and idle power are left out.</summary>
    public double? EnergyMillijoules { get; init; }

    /// <summary>Gets the share of rows whose class is right.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Gets R² against the right numbers, of a model that does not classify.</summary>
    public double? RSquared { get; init; }

    /// <summary>Gets how far its answers are from the first model's.</summary>
    public AnswerComparison? Comparison { get; init; }

    /// <summary>Gets what <see cref="Quality"/> is: <c>accuracy</c>, <c>R²</c>, <c>agreement</c> (with the first model) or <c>R² to the first model</c>; null if nothing is known.</summary>
    public string? QualityName => Accuracy is not null ? "accuracy" : RSquared is not null ? "R²" : Comparison is null ? null : Comparison.Agreement is not null ? "agreement" : Comparison.RSquared is not null ? "R² to the first model" : null;

    /// <summary>Gets how well it answers: the first of accuracy, R², agreement with the first model and R² to its numbers that is known. At most 1; more is better.</summary>
    public double? Quality => Accuracy ?? RSquared ?? Comparison?.Agreement ?? Comparison?.RSquared;

    /// <summary>Gets the run time in the first setting.</summary>
    public LatencyStatistics? Latency => Latencies.Count > 0 ? Latencies[0].Statistics : null;

    /// <summary>Gets the memory that the model needs besides the runtime: measured by the limited run if there was one that ended well, else estimated.</summary>
    public long? MemoryBytes => Limited?.ModelBytes ?? Memory?.Bytes;
}
