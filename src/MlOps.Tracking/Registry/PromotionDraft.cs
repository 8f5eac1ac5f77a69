namespace MlOps.Tracking.Registry;

/// <summary>An entry of the promotion log before the store has given it a number, a time and its place in the chain.</summary>
/// <param name="Model">The model.</param>
/// <param name="Action">What happened.</param>
/// <param name="Target">The alias, the stage or the new name; empty for what has none.</param>
/// <param name="Version">The version that it is about; null if none.</param>
/// <param name="Previous">The version that had the alias or the stage before; null if none.</param>
/// <param name="Note">Who and why.</param>
public sealed record PromotionDraft(string Model, PromotionAction Action, string Target, int? Version, int? Previous, PromotionNote Note);
