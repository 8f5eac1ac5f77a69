using MlOps.Learning.Neural;

namespace MlOps.Quantization.Pruning;

/// <summary>How iterative pruning goes on.</summary>
public sealed record IterativePruningOptions
{
    /// <summary>Gets the share of weights that is 0 in the end.</summary>
    /// <value>In [0, 1); 0.8 without.</value>
    public double Amount { get; init => field = PruningOptions.Checked(value, nameof(Amount)); } = 0.8;

    /// <summary>Gets how often the network is pruned and trained further.</summary>
    /// <value>At least 1; 5 without.</value>
    public int Rounds { get; init => field = Guard.AtLeast(value, 1, nameof(Rounds)); } = 5;

    /// <summary>Gets how the share grows from round to round.</summary>
    /// <value>Cubic without.</value>
    public PruningSchedule Schedule { get; init; } = PruningSchedule.Cubic;

    /// <summary>Gets whether every layer loses the share, or all of them together.</summary>
    /// <value>Global without.</value>
    public PruningScope Scope { get; init; } = PruningScope.Global;

    /// <summary>Gets the names of weights to leave alone, such as "6.weight".</summary>
    public IReadOnlyCollection<string> Exclude { get; init; } = [];

    /// <summary>Gets how gradients become steps; each round begins anew.</summary>
    /// <value>Adam without.</value>
    public Optimizer Optimizer { get; init; } = new Adam();

    /// <summary>Gets how often and in which portions each round goes through the data; masks are set by the pruning.</summary>
    /// <value>2 epochs without.</value>
    public TrainingOptions Training { get; init; } = new() { Epochs = 2 };
}
