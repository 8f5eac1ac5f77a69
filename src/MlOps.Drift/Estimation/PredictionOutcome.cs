namespace MlOps.Drift.Estimation;

/// <summary>What became of a logged prediction.</summary>
public enum PredictionOutcome
{
    /// <summary>It is kept.</summary>
    Accepted,

    /// <summary>Kept, though a prediction with a later time came before it.</summary>
    AcceptedOutOfOrder,

    /// <summary>A prediction of this id is already kept; the first one stays.</summary>
    Duplicate,

    /// <summary>Its score is NaN or infinite. Not kept.</summary>
    InvalidScore,

    /// <summary>Its time lies in the future. Not kept.</summary>
    InFuture,
}
