namespace MlOps.Quantization.Benchmarking;

/// <summary>What the process of a limited run is to do.</summary>
internal sealed record LimitedRunOrder(string Model, int Batch, int Threads, int WarmUpRuns, int Runs);

/// <summary>What the process of a limited run found out.</summary>
internal sealed record LimitedRunRecord(int Batch, int Cores, double LoadMilliseconds, double FirstRunMilliseconds, double[] Times, long RuntimeBytes, long PeakBytes);
