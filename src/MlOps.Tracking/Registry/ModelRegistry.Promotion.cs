namespace MlOps.Tracking.Registry;

public sealed partial class ModelRegistry
{
    /// <summary>Moves an alias to a version if every gate lets it through.</summary>
    /// <remarks>
    /// All gates run, also after one has failed, and what they found goes into the log as evidence: <c>{"gates":[{"name","passed","message","value","limit"}],"given":…}</c>, <c>given</c>
    /// being the note's own evidence. If one fails, a <see cref="PromotionAction.Refused"/> entry is written and nothing moves. A gate that throws has failed.
    /// The gates see what is in use as they begin; if somebody else moves the alias meanwhile, the entry's <see cref="PromotionEntry.Previous"/> tells what was replaced in fact.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="version">The version.</param>
    /// <param name="alias">The alias, such as <c>champion</c>.</param>
    /// <param name="gates">The conditions; none moves the alias at once.</param>
    /// <param name="note">Who and why.</param>
    /// <exception cref="TrackingException">There is no such version, the alias is no valid one, or the store is away.</exception>
    public PromotionResult Promote(string model, int version, string alias, IReadOnlyList<Gate> gates, PromotionNote note)
    {
        ArgumentNullException.ThrowIfNull(gates);
        ArgumentNullException.ThrowIfNull(note);
        Stores.TrackingLimits.CheckAlias(alias);
        ModelVersion candidate = Store.GetVersion(model, version);
        IReadOnlyList<ModelAlias> aliases = Store.GetModel(model).Aliases;
        int? previous = Holder(aliases, alias);
        GateResult[] results = [];
        if (gates.Count > 0)
        {
            var context = new GateContext(this, candidate, alias, aliases);
            results = [.. gates.Select(gate => gate.Check(context))];
            note = note with { Evidence = GateEvidence.Write(results, note.Evidence) };
        }

        if (results.Any(result => !result.Passed))
        {
            PromotionEntry refusal = Store.RecordPromotion(new PromotionDraft(model, PromotionAction.Refused, alias, version, previous, note with { IsRollback = false }));
            return new PromotionResult(model, alias, version, previous, Promoted: false, results, refusal);
        }

        Store.SetAlias(model, alias, version, note);
        return new PromotionResult(model, alias, version, previous, Promoted: true, results, previous == version ? null : LastMove(model, alias, version, note.IsRollback));
    }

    /// <summary>Moves an alias back to the version that had it before.</summary>
    /// <remarks>
    /// Walks back like undo: two rollbacks in a row go back by two promotions, and a promotion afterwards starts from there. Versions deleted since are passed over. If the alias was
    /// removed, it goes back to the version that had it last. No gate runs: the version has been in use.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="alias">The alias.</param>
    /// <param name="actor">Who.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="TrackingException">There is no such model, or no version to go back to (<see cref="TrackingError.InvalidParameterValue"/>).</exception>
    public PromotionResult Rollback(string model, string alias, string actor, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentNullException.ThrowIfNull(reason);
        Stores.TrackingLimits.CheckAlias(alias);
        int? current = Holder(Store.GetModel(model).Aliases, alias);
        List<int> before = AliasStory.Before(AliasStory.Present(Story(model)), alias, current);
        int target = before.FindLastIndex(version => version != current && Exists(model, version));
        if (target < 0)
        {
            string now = current is { } held ? FormattableString.Invariant($"version {held} has it, and no version before that is left") : "no version has ever had it, or none that is left";
            throw Stores.TrackingLimits.Invalid($"'{alias}' of '{model}' cannot go back: {now}.");
        }

        Store.SetAlias(model, alias, before[target], new PromotionNote(actor, reason, IsRollback: true));
        return new PromotionResult(model, alias, before[target], current, Promoted: true, [], LastMove(model, alias, before[target], isRollback: true));
    }

    /// <summary>Writes down that somebody approves of a version; <see cref="Gate.Approved"/> asks for it. Nothing moves.</summary>
    /// <param name="model">The model.</param>
    /// <param name="version">The version.</param>
    /// <param name="actor">Who approves. It is what the caller says: a server with tokens can be asked to know better.</param>
    /// <param name="reason">Why.</param>
    /// <exception cref="TrackingException">There is no such version.</exception>
    public PromotionEntry Approve(string model, int version, string actor, string reason)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(actor);
        ArgumentNullException.ThrowIfNull(reason);
        Store.GetVersion(model, version);
        return Store.RecordPromotion(new PromotionDraft(model, PromotionAction.Approved, "", version, null, new PromotionNote(actor, reason)));
    }

    /// <summary>Returns the log about the model that has the name now, oldest first.</summary>
    internal IReadOnlyList<PromotionEntry> PresentStory(string model) => AliasStory.Present(Story(model));

    private static int? Holder(IReadOnlyList<ModelAlias> aliases, string alias)
    {
        foreach (ModelAlias candidate in aliases)
        {
            if (string.Equals(candidate.Alias, alias, StringComparison.Ordinal))
            {
                return candidate.Version;
            }
        }

        return null;
    }

    private PromotionEntry? LastMove(string model, string alias, int version, bool isRollback)
    {
        PromotionAction action = isRollback ? PromotionAction.RolledBack : PromotionAction.AliasSet;
        return Store.GetPromotionLog(model).LastOrDefault(entry => entry.Action == action && entry.Target == alias && entry.Version == version);
    }

    private bool Exists(string model, int version)
    {
        try
        {
            Store.GetVersion(model, version);
            return true;
        }
        catch (TrackingException e) when (e.Error == TrackingError.ResourceDoesNotExist)
        {
            return false;
        }
    }

    private List<PromotionEntry> Story(string model, CancellationToken cancellationToken = default) => AliasStory.Of(Store.GetPromotionLog(cancellationToken: cancellationToken), model);
}
