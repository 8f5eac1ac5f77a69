using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Registry;

/// <summary>What every store keeps to when it writes the promotion log.</summary>
internal static class PromotionRules
{
    /// <summary>Makes the next entry. Time in the log never goes back, even if the clock does.</summary>
    internal static PromotionEntry Next(PromotionDraft draft, PromotionEntry? last, long now) => PromotionEntry.Next(draft, last, Math.Max(now, last?.Time ?? long.MinValue));

    /// <summary>Checks an entry that a caller wants in the log: only what moves nothing, as everything else is written when it happens.</summary>
    internal static void CheckRecord(PromotionDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (string.IsNullOrEmpty(draft.Model))
        {
            throw TrackingLimits.Missing("model");
        }

        if (draft.Action is not (PromotionAction.Approved or PromotionAction.Refused))
        {
            throw TrackingLimits.Invalid($"The log notes '{draft.Action}' when it happens; only {PromotionAction.Approved} and {PromotionAction.Refused} can be recorded.");
        }
    }
}
