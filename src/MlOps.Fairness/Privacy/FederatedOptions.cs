namespace MlOps.Fairness.Privacy;

/// <summary>How federated averaging runs.</summary>
public sealed record FederatedOptions
{
    /// <summary>Gets the rounds, ≥ 1.</summary>
    public int Rounds { get; init; } = 20;

    /// <summary>Gets the share of clients that train in a round, in (0, 1]; at least one does.</summary>
    public double ClientShare { get; init; } = 1;

    /// <summary>Gets the longest step a client may make, in Euclidean length: a longer one is shortened to it. No limit when null. Bounds what one client can do to the model.</summary>
    public double? ClipNorm { get; init; }

    /// <summary>Gets z ≥ 0: Gaussian noise with standard deviation z · <see cref="ClipNorm"/> / (clients in the round) is added to the mean step. 0 adds none. Needs <see cref="ClipNorm"/>; clients then weigh alike.</summary>
    public double NoiseMultiplier { get; init; }

    /// <summary>Gets the seed of who takes part, of the clients' generators and of the noise.</summary>
    public int Seed { get; init; }
}
