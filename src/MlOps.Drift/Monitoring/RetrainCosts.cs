namespace MlOps.Drift.Monitoring;

/// <summary>What errors and retraining cost, in one currency.</summary>
/// <param name="PerRetraining">A new model: computing, labels, review. ≥ 0.</param>
/// <param name="PerError">One wrong prediction. ≥ 0.</param>
public sealed record RetrainCosts(double PerRetraining, double PerError)
{
    /// <summary>Gets the cost of a retraining.</summary>
    public double PerRetraining { get; init; } = Guard.NonNegative(PerRetraining);

    /// <summary>Gets the cost of a wrong prediction.</summary>
    public double PerError { get; init; } = Guard.NonNegative(PerError);

    /// <summary>Gets the time over which a new model must pay for itself. Default 90 days.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromDays(90);

    /// <summary>Gets the share of the additional errors that a new model takes away, in [0, 1]. Default 0.8; the replay uses it too.</summary>
    public double Recovered { get; init => field = Guard.Share(value, nameof(Recovered)); } = 0.8;
}
