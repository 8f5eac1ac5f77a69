namespace MlOps.Drift.Estimation;

/// <summary>What became of a label.</summary>
public enum LabelOutcome
{
    /// <summary>It belongs to a logged prediction and is kept.</summary>
    Joined,

    /// <summary>Joined, but later than the limit of the options.</summary>
    JoinedLate,

    /// <summary>No prediction of this id is known; it waits for one.</summary>
    Waiting,

    /// <summary>The same label came before; ignored.</summary>
    Duplicate,

    /// <summary>Another label came before; the first one stays.</summary>
    Contradictory,

    /// <summary>It was known before the prediction was made: then it may have leaked into it. Not joined.</summary>
    BeforePrediction,

    /// <summary>Its time lies in the future. Not joined.</summary>
    InFuture,
}
