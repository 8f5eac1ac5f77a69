namespace MlOps.Fairness.Mitigation;

/// <summary>How the reduction searches. The defaults are Fairlearn's.</summary>
public sealed record ReductionOptions
{
    /// <summary>Gets how far a group's rate may be from that of all rows, &gt; 0; the multipliers are at most 1 / Epsilon.</summary>
    /// <value>0.01.</value>
    public double Epsilon { get; init; } = 0.01;

    /// <summary>Gets the most iterations, ≥ 1; each trains up to a few classifiers.</summary>
    /// <value>50.</value>
    public int MaxIterations { get; init; } = 50;

    /// <summary>Gets the learning rate of the multipliers, &gt; 0, divided by 1 / Epsilon.</summary>
    /// <value>2.</value>
    public double LearningRate { get; init; } = 2;

    /// <summary>Gets the duality gap that ends the search, &gt; 0; null takes half the standard error of the first classifier's error.</summary>
    /// <value>null.</value>
    public double? TargetGap { get; init; }

    /// <summary>Gets whether each iteration also mixes all classifiers found so far in the best way, by a linear program. Needs far fewer iterations.</summary>
    /// <value>true.</value>
    public bool LinearProgram { get; init; } = true;
}
