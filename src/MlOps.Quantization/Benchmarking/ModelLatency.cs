namespace MlOps.Quantization.Benchmarking;

/// <summary>How long a model runs in one setting.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Threads">Threads of a run; 0 is every core.</param>
/// <param name="Statistics">Its run times.</param>
/// <param name="ProcessorMilliseconds">Processor time of one run, all threads, on average: more than the run took if several threads computed, or waited at full power.</param>
/// <param name="Milliseconds">Every run, in the order of the rounds, so that run i of two models was timed in the same round.</param>
public sealed record ModelLatency(string Model, int Threads, LatencyStatistics Statistics, double ProcessorMilliseconds, IReadOnlyList<double> Milliseconds)
{
    /// <summary>Gets the rows of one run.</summary>
    public int Batch => Statistics.Batch;
}
