namespace MlOps.Tracking.Registry;

/// <summary>Reads the promotion log as the story of one model and its aliases.</summary>
internal static class AliasStory
{
    /// <summary>Returns the entries about a model, oldest first, also those under the names that it had before.</summary>
    /// <remarks>Another model that was deleted, or took another name, may have had this name before: the story of the name tells of it too, and that entry ends it.</remarks>
    internal static List<PromotionEntry> Of(IReadOnlyList<PromotionEntry> log, string model)
    {
        var story = new List<PromotionEntry>();
        string name = model;
        for (int i = log.Count - 1; i >= 0; i--)
        {
            PromotionEntry entry = log[i];
            if (entry.Action == PromotionAction.ModelRenamed && entry.Target == name)
            {
                name = entry.Model; // what came before was written under the old name
            }
            else if (entry.Model == name)
            {
                story.Add(entry);
            }
        }

        story.Reverse();
        return story;
    }

    /// <summary>Returns the part of a story that is about the model which has the name now.</summary>
    internal static List<PromotionEntry> Present(List<PromotionEntry> story) =>
        story[(story.FindLastIndex(entry => entry.Action is PromotionAction.ModelDeleted or PromotionAction.ModelRenamed) + 1)..];

    internal static List<AliasPeriod> Periods(List<PromotionEntry> story, string alias)
    {
        var periods = new List<AliasPeriod>();
        foreach (PromotionEntry entry in story)
        {
            switch (entry.Action)
            {
                case PromotionAction.AliasSet or PromotionAction.RolledBack when entry.Target == alias && entry.Version is { } version:
                    End(periods, entry);
                    periods.Add(new AliasPeriod(version, DateTimeOffset.FromUnixTimeMilliseconds(entry.Time), null, entry.Actor, entry.Reason, entry.Action, null));
                    break;
                case PromotionAction.AliasRemoved when entry.Target == alias:
                case PromotionAction.VersionDeleted when periods.Count > 0 && periods[^1].Version == entry.Version:
                case PromotionAction.ModelDeleted or PromotionAction.ModelRenamed:
                    End(periods, entry);
                    break;
            }
        }

        return periods;
    }

    /// <summary>Returns the versions to go back to, the nearest last; the one that has the alias is not among them.</summary>
    /// <param name="story">The present model's part of the story.</param>
    /// <param name="alias">The alias.</param>
    /// <param name="current">The version that has it; null if none has.</param>
    internal static List<int> Before(List<PromotionEntry> story, string alias, int? current)
    {
        var held = new List<int>();
        foreach (PromotionEntry entry in story)
        {
            switch (entry.Action)
            {
                case PromotionAction.AliasSet when entry.Target == alias && entry.Version is { } version:
                    held.Add(version);
                    break;
                case PromotionAction.RolledBack when entry.Target == alias && entry.Version is { } version:
                    held = held.LastIndexOf(version) is >= 0 and var back ? held[..(back + 1)] : [.. held, version];
                    break;
                case PromotionAction.VersionDeleted:
                    held.RemoveAll(version => version == entry.Version);
                    break;
            }
        }

        while (held.Count > 0 && held[^1] == current) // several times if what lay between was deleted
        {
            held.RemoveAt(held.Count - 1);
        }

        return held;
    }

    private static void End(List<AliasPeriod> periods, PromotionEntry entry)
    {
        if (periods.Count > 0 && periods[^1].Until is null)
        {
            periods[^1] = periods[^1] with { Until = DateTimeOffset.FromUnixTimeMilliseconds(entry.Time), Ended = entry.Action };
        }
    }
}
