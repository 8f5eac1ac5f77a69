namespace MlOps.Tracking.Registry;

/// <summary>Whether the promotion log is whole.</summary>
/// <param name="Entries">How many entries it has.</param>
/// <param name="LastHash">The hash of the last; 64 zeros if there is none. Write it down elsewhere, and give it to the next check.</param>
/// <param name="Broken">The number that the first broken entry should have, from 1; one past the end if the end is cut off. Null if the log is whole.</param>
/// <param name="Message">What is wrong, or that nothing is.</param>
public sealed record LogCheck(int Entries, string LastHash, long? Broken, string Message)
{
    /// <summary>Gets a value indicating whether the log is whole.</summary>
    public bool Passed => Broken is null;

    /// <summary>Checks a log.</summary>
    /// <param name="log">All entries, oldest first.</param>
    /// <param name="expectedLastHash">A hash that it must have; null for none.</param>
    public static LogCheck Of(IReadOnlyList<PromotionEntry> log, string? expectedLastHash = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        PromotionEntry? last = null;
        bool seen = expectedLastHash is null || expectedLastHash == PromotionEntry.Origin;
        foreach (PromotionEntry entry in log)
        {
            long number = (last?.Number ?? 0) + 1;
            string? wrong =
                entry.Number != number ? FormattableString.Invariant($"entry {number} is missing: entry {entry.Number} stands in its place")
                : entry.PreviousHash != (last?.Hash ?? PromotionEntry.Origin) ? FormattableString.Invariant($"entry {number} is not tied to the one before it: one of them was put in, moved or changed")
                : entry.Hash != entry.ComputeHash() ? FormattableString.Invariant($"entry {number} was changed: its fields do not give its hash")
                : entry.Time < last?.Time ? FormattableString.Invariant($"entry {number} is older than the one before it")
                : null;
            if (wrong is not null)
            {
                return new LogCheck(log.Count, log[^1].Hash, number, wrong);
            }

            seen |= entry.Hash == expectedLastHash;
            last = entry;
        }

        string lastHash = last?.Hash ?? PromotionEntry.Origin;
        return seen
            ? new LogCheck(log.Count, lastHash, null, FormattableString.Invariant($"all {log.Count} entries are in place"))
            : new LogCheck(log.Count, lastHash, log.Count + 1L, $"no entry has the hash {expectedLastHash}: the end of the log was cut off, or the log was written anew");
    }

    /// <summary>Returns <see cref="Message"/>.</summary>
    public override string ToString() => Message;

    /// <summary>Returns how a notebook shows it: as <see cref="ToString"/>.</summary>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => ResultTable.Plain(ToString());
}
