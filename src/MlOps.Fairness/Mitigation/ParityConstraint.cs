namespace MlOps.Fairness.Mitigation;

/// <summary>What a repair makes equal between the groups.</summary>
public enum ParityConstraint
{
    /// <summary>The share predicted positive: P(ŷ = 1 | group).</summary>
    DemographicParity,

    /// <summary>The true-positive rate, P(ŷ = 1 | y = 1, group): equal opportunity.</summary>
    TruePositiveRate,

    /// <summary>The false-positive rate, P(ŷ = 1 | y = 0, group): predictive equality.</summary>
    FalsePositiveRate,

    /// <summary>Both: equalised odds.</summary>
    EqualizedOdds,

    /// <summary>The error rate, P(ŷ ≠ y | group). For reductions; thresholds cannot hold it.</summary>
    ErrorRate,
}
