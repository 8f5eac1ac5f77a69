using FsCheck;
using FsCheck.Fluent;
using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Tests.Registry;

/// <summary>The oracle is the construction: a log made entry by entry is whole, and each test spoils one thing of it.</summary>
public sealed class LogCheckTests
{
    private static List<PromotionEntry> Log(int entries)
    {
        var log = new List<PromotionEntry>();
        for (int i = 1; i <= entries; i++)
        {
            log.Add(PromotionEntry.Next(new PromotionDraft("m", PromotionAction.AliasSet, "champion", i, i == 1 ? null : i - 1, new PromotionNote("asha", $"try {i}")), log.LastOrDefault(), 1000 + i));
        }

        return log;
    }

    [Fact]
    public void Of_Whole_Passes()
    {
        List<PromotionEntry> log = Log(5);
        LogCheck check = LogCheck.Of(log);
        Assert.Equal((true, 5, log[^1].Hash, "all 5 entries are in place"), (check.Passed, check.Entries, check.LastHash, check.Message));
        Assert.True(LogCheck.Of([]).Passed);
        Assert.Equal(PromotionEntry.Origin, LogCheck.Of([]).LastHash);
    }

    [Fact]
    public void Of_EveryFieldOfEveryEntryChanged_IsFoundThere()
    {
        Func<PromotionEntry, PromotionEntry>[] changes =
        [
            e => e with { Time = e.Time + 1 }, e => e with { Model = "n" }, e => e with { Action = PromotionAction.RolledBack }, e => e with { Target = "challenger" },
            e => e with { Version = e.Version + 1 }, e => e with { Version = null }, e => e with { Previous = 77 }, e => e with { Actor = "bela" }, e => e with { Reason = "" },
            e => e with { Evidence = "{}" }, e => e with { Hash = new string('a', 64) },
        ];
        for (int i = 0; i < 4; i++)
        {
            foreach (Func<PromotionEntry, PromotionEntry> change in changes)
            {
                List<PromotionEntry> log = Log(4);
                log[i] = change(log[i]);
                Assert.Equal(i + 1, LogCheck.Of(log).Broken);
            }
        }
    }

    [Fact]
    public void Of_ChangedAndHashedAnew_BreaksTheTieToTheNext()
    {
        List<PromotionEntry> log = Log(4);
        PromotionEntry forged = log[1] with { Actor = "somebody else" };
        log[1] = forged with { Hash = forged.ComputeHash() };
        Assert.Equal(3, LogCheck.Of(log).Broken);
    }

    [Fact]
    public void Of_RemovedSwappedOrPutIn_IsFound()
    {
        List<PromotionEntry> removed = Log(4);
        removed.RemoveAt(1);
        Assert.Equal((2L, "entry 2 is missing: entry 3 stands in its place"), (LogCheck.Of(removed).Broken, LogCheck.Of(removed).Message));

        List<PromotionEntry> first = Log(4);
        first.RemoveAt(0);
        Assert.Equal(1, LogCheck.Of(first).Broken);

        List<PromotionEntry> swapped = Log(4);
        (swapped[1], swapped[2]) = (swapped[2], swapped[1]);
        Assert.Equal(2, LogCheck.Of(swapped).Broken);

        List<PromotionEntry> twice = Log(4);
        twice.Insert(2, twice[1]);
        Assert.Equal(3, LogCheck.Of(twice).Broken);
    }

    [Fact]
    public void Of_EndCutOff_IsFoundByTheHashWrittenDown()
    {
        List<PromotionEntry> log = Log(5);
        string noted = log[^1].Hash;
        Assert.True(LogCheck.Of(log[..3]).Passed); // nothing within the chain tells
        Assert.Equal(4, LogCheck.Of(log[..3], noted).Broken);
        Assert.Equal(1, LogCheck.Of([], noted).Broken);
        Assert.True(LogCheck.Of(log, log[2].Hash).Passed); // it has grown since
        Assert.True(LogCheck.Of(log, PromotionEntry.Origin).Passed); // it was empty then
    }

    [Fact]
    public void Of_WrittenAnew_IsFoundByTheHashWrittenDown()
    {
        string noted = Log(3)[^1].Hash;
        var anew = new List<PromotionEntry>();
        foreach (PromotionEntry entry in Log(3))
        {
            anew.Add(PromotionEntry.Next(new PromotionDraft("m", entry.Action, entry.Target, entry.Version, entry.Previous, new PromotionNote("somebody else")), anew.LastOrDefault(), entry.Time));
        }

        Assert.True(LogCheck.Of(anew).Passed);
        Assert.False(LogCheck.Of(anew, noted).Passed);
    }

    [Fact]
    public void Of_TimeGoesBack_IsFound()
    {
        PromotionEntry first = PromotionEntry.Next(new PromotionDraft("m", PromotionAction.AliasSet, "a", 1, null, PromotionNote.None), null, 2000);
        PromotionEntry second = PromotionEntry.Next(new PromotionDraft("m", PromotionAction.AliasSet, "a", 2, 1, PromotionNote.None), first, 1999);
        Assert.Equal(2, LogCheck.Of([first, second]).Broken);
    }

    [Fact]
    public void Of_AnyOneEntryTakenOrMoved_Fails() => Prop.ForAll(
        ArbMap.Default.ArbFor<(ushort, ushort)>(),
        places =>
        {
            List<PromotionEntry> log = Log(12);
            (int from, int to) = (places.Item1 % 11, places.Item2 % 11); // not the last: a cut end is whole in itself
            PromotionEntry entry = log[from];
            log.RemoveAt(from);
            bool taken = !LogCheck.Of(log).Passed;
            log.Insert(to, entry);
            return taken && LogCheck.Of(log).Passed == (from == to);
        }).Check(Config.QuickThrowOnFailure.WithReplay(20260101UL, 17UL));
}
