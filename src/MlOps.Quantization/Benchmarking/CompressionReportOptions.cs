namespace MlOps.Quantization.Benchmarking;

/// <summary>What a <see cref="CompressionReport"/> measures, and how.</summary>
public sealed record CompressionReportOptions
{
    /// <summary>Gets how run times are measured; null leaves them out, and with them the energy.</summary>
    public LatencyOptions? Latency { get; init; } = new();

    /// <summary>Gets whether the sizes after gzip are measured too, as a download would be packed. Default: no.</summary>
    public bool Gzip { get; init; }

    /// <summary>Gets the power that a busy core is assumed to draw, in watts, &gt; 0. Default: 5, an assumption for a laptop's or server's core; a phone's draws about one.</summary>
    public double WattsPerCore { get; init; } = 5;

    /// <summary>Gets the names of the classes in the order of the scores; as the files name them if null.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    internal void Check()
    {
        Latency?.Check();
        Guard.Positive(WattsPerCore);
    }
}
