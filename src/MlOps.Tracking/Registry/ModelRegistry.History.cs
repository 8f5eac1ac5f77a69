namespace MlOps.Tracking.Registry;

public sealed partial class ModelRegistry
{
    /// <summary>Returns which version had an alias at a moment: who was champion on 3 May?</summary>
    /// <remarks>Answered from the promotion log, so also for versions, and for models, that are deleted since. See <see cref="History"/> about models that were renamed.</remarks>
    /// <param name="model">The model's name.</param>
    /// <param name="alias">The alias.</param>
    /// <param name="at">When. The first millisecond of a period belongs to it, the last does not.</param>
    /// <returns>The period that the moment lies in; null if no version had the alias.</returns>
    public AliasPeriod? InUse(string model, string alias, DateTimeOffset at) => History(model, alias).At(at);

    /// <summary>Returns which version had an alias when.</summary>
    /// <remarks>
    /// A model that was renamed brings its history along. If another model had the name before and was deleted, or took another name, its history comes first
    /// and ends there. What happened without a log (files that MLflow itself has changed) is not in it.
    /// </remarks>
    /// <param name="model">The model's name; one that never was gives a history without periods.</param>
    /// <param name="alias">The alias.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public AliasHistory History(string model, string alias, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(alias);
        return new AliasHistory(model, alias, AliasStory.Periods(Story(model, cancellationToken), alias), _clock.GetUtcNow());
    }

    /// <summary>Checks the chain of the promotion log: that no entry was changed, left out, put in or moved.</summary>
    /// <remarks>
    /// An attacker who can write to the store can also write a whole new chain, and cut off its end. Against both helps the last hash written down
    /// elsewhere: in a commit, in a mail, on paper.
    /// </remarks>
    /// <param name="expectedLastHash">The hash that was the last at some time (<see cref="LogCheck.LastHash"/>); the log must still have it. Null does without.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public LogCheck VerifyLog(string? expectedLastHash = null, CancellationToken cancellationToken = default) => LogCheck.Of(Store.GetPromotionLog(cancellationToken: cancellationToken), expectedLastHash);
}
