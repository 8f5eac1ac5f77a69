namespace MlOps.Fairness.Cards;

/// <summary>Where an item of a check-list stands.</summary>
public enum ItemStatus
{
    /// <summary>Nobody has answered.</summary>
    Open,

    /// <summary>Done; the evidence shows it.</summary>
    Met,

    /// <summary>Looked at, and not done or not fulfilled.</summary>
    NotMet,

    /// <summary>Does not apply; the reason says why.</summary>
    NotApplicable,
}
