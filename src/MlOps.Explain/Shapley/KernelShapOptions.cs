namespace MlOps.Explain.Shapley;

/// <summary>How Kernel SHAP samples.</summary>
public sealed record KernelShapOptions
{
    /// <summary>Gets the number of different coalitions asked for per row; <c>2 M + 2048</c> when null, and never more than <c>2ᴹ − 2</c>, which are all of them.</summary>
    /// <remarks>M counts the features, or groups, in which the row differs from the background. The cost is coalitions × background rows.</remarks>
    public int? Samples { get; init; }

    /// <summary>Gets the seed of the sampled coalitions. Every row begins with it, so that its result does not depend on the other rows.</summary>
    public int Seed { get; init; }

    /// <summary>Gets the features that play together; each of the others plays alone.</summary>
    public IReadOnlyList<FeatureGroup> Groups { get; init; } = [];

    /// <summary>Gets the scale on which contributions add up.</summary>
    public OutputLink Link { get; init; }

    /// <summary>Gets the largest M that is not refused.</summary>
    /// <value>1,000. More can be asked for, yet each value then rests on about four coalitions.</value>
    public int MaxFeatures { get; init; } = 1000;

    /// <summary>Gets how many threads share the work, at least 1; the values are the same bytes for any number.</summary>
    public int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;
}
