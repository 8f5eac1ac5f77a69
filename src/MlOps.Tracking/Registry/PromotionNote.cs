namespace MlOps.Tracking.Registry;

/// <summary>Who changes what is in use, and why. It goes into the promotion log with the change.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="Evidence">What the gates saw, as JSON; empty if there were none.</param>
/// <param name="IsRollback">Whether an alias goes back to the version that had it before.</param>
public sealed record PromotionNote(string Actor, string Reason = "", string Evidence = "", bool IsRollback = false)
{
    /// <summary>What is written when nobody says anything, as with a plain MLflow client.</summary>
    public static PromotionNote None { get; } = new("");
}
