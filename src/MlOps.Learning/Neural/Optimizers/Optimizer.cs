namespace MlOps.Learning.Neural;

/// <summary>A rule that turns gradients into steps: its hyper-parameters. <see cref="Begin"/> makes what it remembers between steps.</summary>
public abstract record Optimizer
{
    private protected Optimizer(double learningRate, double weightDecay)
    {
        LearningRate = Guard.Positive(learningRate);
        WeightDecay = Guard.NonNegative(weightDecay);
    }

    /// <summary>Gets the size of steps before any schedule; greater than 0.</summary>
    public double LearningRate { get; init; }

    /// <summary>Gets λ ≥ 0, the pull of every parameter towards 0; how it acts is the optimiser's.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Begins the optimisation of so many parameters.</summary>
    public abstract OptimizerState Begin(int length);
}
