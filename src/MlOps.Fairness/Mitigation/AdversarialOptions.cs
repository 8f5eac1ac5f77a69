namespace MlOps.Fairness.Mitigation;

/// <summary>How predictor and adversary learn against each other.</summary>
public sealed record AdversarialOptions
{
    /// <summary>Gets α ≥ 0: how much the predictor cares to confuse the adversary.</summary>
    /// <value>1.</value>
    public double AdversaryWeight { get; init; } = 1;

    /// <summary>Gets the number of steps, ≥ 1.</summary>
    /// <value>500.</value>
    public int Steps { get; init; } = 500;

    /// <summary>Gets the predictor's learning rate, &gt; 0. Small beside the adversary's, so that it is chased, not outrun.</summary>
    /// <value>0.1.</value>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Gets the adversary's learning rate, &gt; 0.</summary>
    /// <value>0.5.</value>
    public double AdversaryLearningRate { get; init; } = 0.5;

    /// <summary>Gets the rows of a step, ≥ 1, drawn without repetition until all had their turn; null takes all rows in every step.</summary>
    /// <value>null.</value>
    public int? BatchSize { get; init; }

    /// <summary>Gets what fixes the order of the rows; it plays no part when every step takes all.</summary>
    /// <value>0.</value>
    public int Seed { get; init; }
}
