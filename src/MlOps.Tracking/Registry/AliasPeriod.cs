namespace MlOps.Tracking.Registry;

/// <summary>A stretch of time in which a version had an alias, as the promotion log tells it. The version may be deleted since.</summary>
/// <param name="Version">The version.</param>
/// <param name="From">When it got the alias, to the millisecond; included.</param>
/// <param name="Until">When it lost it; not included. Null while it has it.</param>
/// <param name="Actor">Who gave it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Given">How it got it: <see cref="PromotionAction.AliasSet"/> or <see cref="PromotionAction.RolledBack"/>.</param>
/// <param name="Ended">What ended it; null while it has it.</param>
public sealed record AliasPeriod(
    int Version, DateTimeOffset From, DateTimeOffset? Until, string Actor, string Reason, PromotionAction Given, PromotionAction? Ended)
{
    /// <summary>Returns <c>version 3, 2026-05-01 09:00:00Z to 2026-05-04 17:30:00Z, by asha: better on the newest quarter</c>.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"version {Version}, {PromotionTime.Text(From)} ") + (Until is { } until ? $"to {PromotionTime.Text(until)}" : "on")
        + (Actor.Length == 0 ? "" : $", by {Actor}") + (Reason.Length == 0 ? "" : $": {Reason}");

    /// <summary>Returns how a notebook shows it: as <see cref="ToString"/>.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ResultTable.Plain(ToString());
}
