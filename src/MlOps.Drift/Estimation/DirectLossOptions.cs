namespace MlOps.Drift.Estimation;

/// <summary>Settings of <see cref="DirectLossEstimator"/>.</summary>
public sealed record DirectLossOptions
{
    /// <summary>Gets what learns the losses; <see cref="BaggedTrees"/> by default.</summary>
    public LossLearner Learner { get; init; } = BaggedTrees.Fit;

    /// <summary>Gets the nominal coverage of intervals, in (0, 1); 0.95 by default.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Gets how often residuals are drawn again for an interval; 500 by default, at least 50.</summary>
    public int Replicates { get; init; } = 500;

    /// <summary>Gets the number of folds for residuals on unseen rows, ≥ 2; 5 by default.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>Gets the seed; 1 by default. Equal seeds give equal numbers on every thread count, if the learner does.</summary>
    public int Seed { get; init; } = 1;

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(Learner);
        EstimationInputs.Confidence(Confidence, nameof(Confidence));
        Guard.AtLeast(Replicates, 50, nameof(Replicates));
        Guard.AtLeast(Folds, 2, nameof(Folds));
    }
}
