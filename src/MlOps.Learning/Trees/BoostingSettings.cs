namespace MlOps.Learning.Trees;

/// <summary>The hyper-parameters of gradient boosting, checked.</summary>
internal sealed record BoostingSettings(
    int Rounds,
    double LearningRate,
    int MaxLeaves,
    int MaxDepth,
    int MinSamplesLeaf,
    double L2,
    int MaxBins,
    double Subsample,
    double ColumnSample,
    EarlyStoppingRule? EarlyStopping,
    int Seed,
    int MaxDegreeOfParallelism)
{
    internal static BoostingSettings Of(
        int rounds, double learningRate, int maxLeaves, int? maxDepth, int minSamplesLeaf, double l2, int maxBins, double subsample, double columnSample, EarlyStoppingRule? earlyStopping, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxBins, FeatureBins.Missing);
        return new BoostingSettings(
            Guard.AtLeast(rounds, 1),
            Guard.Positive(learningRate),
            Guard.AtLeast(maxLeaves, 2),
            Guard.AtLeast(maxDepth ?? int.MaxValue, 1, nameof(maxDepth)),
            Guard.AtLeast(minSamplesLeaf, 1),
            Guard.NonNegative(l2),
            Guard.AtLeast(maxBins, 2),
            Guard.Share(Guard.Positive(subsample), nameof(subsample)),
            Guard.Share(Guard.Positive(columnSample), nameof(columnSample)),
            earlyStopping,
            seed,
            Environment.ProcessorCount);
    }
}
