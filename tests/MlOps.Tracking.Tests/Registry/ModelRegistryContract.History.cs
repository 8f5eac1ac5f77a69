using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;
using MlOps.Tracking.Tests.Contract;
using static MlOps.Tracking.Tests.Registry.ManualClock;

namespace MlOps.Tracking.Tests.Registry;

public abstract partial class ModelRegistryContract
{
    [ContractFact]
    public void InUse_EveryBoundary_BelongsToWhatBegins()
    {
        string model = NewModel(1, 1);
        _clock.Now = May(2);
        Promote(model, 1);
        _clock.Now = May(4);
        Promote(model, 2);
        _clock.Now = May(6);
        Store.DeleteAlias(model, "champion");
        var tick = TimeSpan.FromMilliseconds(1);
        Assert.Null(Models.InUse(model, "champion", May(2) - tick));
        Assert.Equal(1, Models.InUse(model, "champion", May(2))!.Version);
        Assert.Equal(1, Models.InUse(model, "champion", May(3))!.Version); // who was champion on 3 May?
        Assert.Equal(1, Models.InUse(model, "champion", May(4) - tick)!.Version);
        Assert.Equal(2, Models.InUse(model, "champion", May(4))!.Version);
        Assert.Equal(2, Models.InUse(model, "champion", May(6) - tick)!.Version);
        Assert.Null(Models.InUse(model, "champion", May(6)));
        Assert.Null(Models.InUse(model, "challenger", May(3)));
        Assert.Null(Models.InUse(Unique(), "champion", May(3)));

        AliasPeriod first = Models.History(model, "champion").Periods[0];
        Assert.Equal(new AliasPeriod(1, May(2), May(4), "asha", "tried on the newest quarter", PromotionAction.AliasSet, PromotionAction.AliasSet), first);
    }

    [ContractFact]
    public void InUse_DeletedSince_IsStillKnown()
    {
        string model = NewModel(1, 1);
        _clock.Now = May(2);
        Promote(model, 1);
        _clock.Now = May(4);
        Store.DeleteVersion(model, 1, new PromotionNote("bela", "leaks"));
        _clock.Now = May(6);
        Promote(model, 2);
        _clock.Now = May(8);
        Store.DeleteModel(model);
        Assert.Equal((1, PromotionAction.VersionDeleted), (Models.InUse(model, "champion", May(3))!.Version, Models.InUse(model, "champion", May(3))!.Ended));
        Assert.Null(Models.InUse(model, "champion", May(5)));
        Assert.Equal((2, PromotionAction.ModelDeleted), (Models.InUse(model, "champion", May(7))!.Version, Models.InUse(model, "champion", May(7))!.Ended));
        Assert.Null(Models.InUse(model, "champion", May(9)));
    }

    [ContractFact]
    public void History_RenamedModel_GoesOnUnderTheNewName()
    {
        (string model, string renamed) = (NewModel(1), Unique());
        _clock.Now = May(2);
        Promote(model, 1);
        _clock.Now = May(4);
        Store.RenameModel(model, renamed);
        Assert.Null(Assert.Single(Models.History(renamed, "champion").Periods).Until);
        Assert.Equal((May(4), PromotionAction.ModelRenamed), Assert.Single(Models.History(model, "champion").Periods) is var old ? (old.Until, old.Ended) : default);
        _clock.Now = May(6);
        Store.CreateModel(model); // another model takes the old name
        AddVersion(model, 1);
        Promote(model, 1);
        Assert.Equal([May(2), May(6)], Models.History(model, "champion").Periods.Select(period => period.From));
        Assert.Single(Models.History(renamed, "champion").Periods);
    }

    [ContractFact]
    public void History_Rollback_IsTold()
    {
        string model = NewModel(1, 1);
        Promote(model, 1);
        _clock.Now = May(2);
        Promote(model, 2);
        _clock.Now = May(3);
        Models.Rollback(model, "champion", "bela", "errors doubled");
        AliasHistory history = Models.History(model, "champion");
        Assert.Equal([(1, PromotionAction.AliasSet), (2, PromotionAction.AliasSet), (1, PromotionAction.RolledBack)], history.Periods.Select(period => (period.Version, period.Given)));
        Assert.Equal($"'{model}': champion is version 1 since 2026-05-03 09:00:00Z", history.ToString().Split('\n')[0]);
        Assert.Contains("rollback", history.ToMimeBundle()["text/html"], StringComparison.Ordinal);
        _clock.Now = May(5);
        string page = string.Concat(Models.History(model, "champion").Chart().ToMimeBundle().Values);
        Assert.Contains("champion is version 1", page, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Models.History(model, "nobody").Chart());
    }

    [ContractFact]
    public void Log_ClockGoesBack_TimeInTheLogDoesNot()
    {
        string model = NewModel(1, 1, 1);
        _clock.Now = May(5);
        Promote(model, 1);
        _clock.Now = May(2);
        Promote(model, 2);
        _clock.Now = May(7);
        Promote(model, 3);
        Assert.Equal([May(5), May(5), May(7)], Store.GetPromotionLog(model).Select(entry => DateTimeOffset.FromUnixTimeMilliseconds(entry.Time)));
        Assert.True(Models.VerifyLog().Passed);
        Assert.Equal(2, Models.InUse(model, "champion", May(5))!.Version); // of two in the same millisecond the last
    }

    [ContractFact]
    public void VerifyLog_WithTheLastHashNoted_StillKnowsItLater()
    {
        string model = NewModel(1, 1);
        Promote(model, 1);
        string noted = Models.VerifyLog().LastHash;
        Promote(model, 2);
        Assert.True(Models.VerifyLog(noted).Passed);
        Assert.False(Models.VerifyLog(new string('a', 64)).Passed);
    }

    [ContractFact]
    public void Log_HostileTexts_ComeBackAndVerify()
    {
        string model = Unique("o'brien \"x\" é 漢字 🎯 -- DROP TABLE");
        Store.CreateModel(model);
        AddVersion(model, 1);
        Models.Promote(model, 1, "champion", [], new PromotionNote("'; DELETE FROM promotions; --", "line\none\ttwo\r\n<b>", "{\"a\":\"\\u0000\"}"));
        PromotionEntry entry = Assert.Single(Store.GetPromotionLog(model));
        Assert.Equal(("'; DELETE FROM promotions; --", "line\none\ttwo\r\n<b>", "{\"a\":\"\\u0000\"}"), (entry.Actor, entry.Reason, entry.Evidence));
        Assert.Equal(1, Assert.Single(Models.Versions(model)).Version);
        Assert.True(Models.VerifyLog().Passed);
        Assert.DoesNotContain("<b>", Models.History(model, "champion").ToMimeBundle()["text/html"], StringComparison.Ordinal);
    }

    [ContractFact]
    public void RecordPromotion_WhatWouldMoveSomething_IsRefused()
    {
        string model = NewModel(1);
        foreach (PromotionAction action in Enum.GetValues<PromotionAction>().Except([PromotionAction.Approved, PromotionAction.Refused]))
        {
            Refused(TrackingError.InvalidParameterValue, () => Store.RecordPromotion(new PromotionDraft(model, action, "champion", 1, null, s_asha)));
        }

        Refused(TrackingError.ResourceDoesNotExist, () => Store.RecordPromotion(new PromotionDraft(Unique(), PromotionAction.Approved, "", 1, null, s_asha)));
        Assert.Empty(Store.GetPromotionLog(model));
    }

    [ContractFact]
    public void Promote_TwoStoresAndFourThreadsAtOnce_TheChainStaysWhole()
    {
        string model = NewModel(1, 1, 1, 1);
        Store.GetModel(model);
        using ITrackingStore other = Open(Options);
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, thread =>
        {
            var models = new ModelRegistry(thread % 2 == 0 ? Store : other);
            for (int i = 0; i < 10; i++)
            {
                models.Promote(model, 1 + ((thread + i) % 4), "champion", [], new PromotionNote($"thread {thread}"));
                models.Approve(model, 1, $"thread {thread}", "");
            }
        });
        IReadOnlyList<PromotionEntry> log = Store.GetPromotionLog(model);
        Assert.Equal(40, log.Count(entry => entry.Action == PromotionAction.Approved));
        Assert.True(Models.VerifyLog().Passed, Models.VerifyLog().Message);

        // Every promotion replaced what the one before it had put there.
        PromotionEntry[] moves = [.. log.Where(entry => entry.Action == PromotionAction.AliasSet)];
        Assert.All(moves.Zip(moves.Skip(1)), pair => Assert.Equal(pair.First.Version, pair.Second.Previous));
        Assert.Equal(moves[^1].Version, Champion(model));
    }

    [ContractFact]
    public void Stages_ArchivingOthers_IsNotedForEach()
    {
        string model = NewModel(1, 1, 1);
        Store.TransitionStage(model, 1, ModelStage.Staging);
        Store.TransitionStage(model, 2, ModelStage.Staging);
        Store.TransitionStage(model, 3, ModelStage.Staging, archiveExisting: true, s_asha);
        Store.TransitionStage(model, 3, ModelStage.Staging); // no news
        Assert.Equal(
            [("Staging", 1, null), ("Staging", 2, 1), ("Staging", 3, 2), ("Archived", 2, null), ("Archived", 1, (int?)null)],
            Store.GetPromotionLog(model).Select(entry => (entry.Target, entry.Version ?? 0, entry.Previous)));
        Refused(TrackingError.InvalidParameterValue, () => Store.TransitionStage(model, 1, ModelStage.Archived, archiveExisting: true));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.TransitionStage(model, 9, ModelStage.Staging));
    }

    [ContractFact]
    public void GetVersionByAlias_Latest_IsTheNewestVersion()
    {
        string model = NewModel();
        Refused(TrackingError.ResourceDoesNotExist, () => Store.GetVersionByAlias(model, "latest"));
        AddVersion(model, 1);
        AddVersion(model, 1);
        Assert.Equal(2, Store.GetVersionByAlias(model, "Latest").Version);
        Store.DeleteVersion(model, 2);
        Assert.Equal(1, Store.GetVersionByAlias(model, "latest").Version);
        Refused(TrackingError.ResourceDoesNotExist, () => Store.GetVersionByAlias(Unique(), "champion"));
    }

    [ContractFact]
    public void RenameModel_ToItsOwnName_ChangesNothing()
    {
        string model = NewModel(1);
        Assert.Equal(model, Store.RenameModel(model, model).Name);
        Assert.Empty(Store.GetPromotionLog(model));
        Refused(TrackingError.InvalidParameterValue, () => Store.RenameModel(model, "a/b"));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.RenameModel(Unique(), Unique()));
    }

    [ContractFact]
    public void Search_WhatMlflowsClientsAsk_IsFound()
    {
        string prefix = Unique("p");
        Store.CreateModel(prefix + "a");
        Store.CreateModel(prefix + "b", "", [new Tag("mlflow.prompt.is_prompt", "true")]);
        Store.CreateModel(prefix + "c", "", [new Tag("mlflow.prompt.is_prompt", "false"), new Tag("team", "risk")]);
        string ours = $"name LIKE '{prefix}%'";

        // MLflow 3's client adds this clause to every search; a model without the tag must match.
        Assert.Equal(["a", "c"], Found(ours + " AND tag.`mlflow.prompt.is_prompt` != 'true'"));
        Assert.Equal(["b"], Found(ours + " AND tags.`mlflow.prompt.is_prompt` = 'true'"));
        Assert.Equal(["c"], Found(ours + " AND tags.team != 'fraud'")); // without the tag nothing matches, not even !=
        Assert.Equal(["a", "b"], Found(ours + " AND tags.team IS NULL"));
        Assert.Equal(["a", "b", "c"], Found($"name ILIKE '{prefix.ToUpperInvariant()}%'"));
        Assert.Empty(Found($"name = '{prefix}a'' OR 1=1 --'"));
        Refused(TrackingError.InvalidParameterValue, () => Store.SearchModels(new SearchQuery { MaxResults = 1001 }));
        Refused(TrackingError.InvalidParameterValue, () => Store.SearchModels(new SearchQuery { MaxResults = 0 }));
        Refused(TrackingError.InvalidParameterValue, () => Store.SearchModels(new SearchQuery { PageToken = "!" }));

        IEnumerable<string> Found(string filter) => Store.SearchModels(new SearchQuery { Filter = filter }).Items.Select(model => model.Name[prefix.Length..]);
    }

    [ContractFact]
    public void SearchVersions_FieldsOrderAndPages()
    {
        string model = NewModel();
        for (int i = 1; i <= 12; i++)
        {
            _clock.Now += TimeSpan.FromSeconds(1);
            Store.CreateVersion(new NewModelVersion(model, $"s3://b/{i % 3}") { Tags = [new Tag("third", $"{i % 3}")] });
        }

        string ours = $"name = '{model}'";
        Assert.Equal([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], Found(new SearchQuery { Filter = ours })); // 12 > 2: numbers, not texts
        Assert.Equal([12, 11, 10], Found(new SearchQuery { Filter = ours + " AND version_number > 9" }));
        Assert.Equal([12, 9, 6, 3], Found(new SearchQuery { Filter = ours + " AND tags.third = '0'" }));
        Assert.Equal([10, 7, 4, 1], Found(new SearchQuery { Filter = ours + " AND source_path = 's3://b/1'" }));
        Assert.Equal([1, 2, 3], Found(new SearchQuery { Filter = ours + " AND version_number <= 3", OrderBy = ["version_number ASC"] }));
        Assert.Equal([10, 11, 12], Found(new SearchQuery { Filter = ours + " AND version_number >= 10", OrderBy = ["creation_timestamp ASC"] }));
        _clock.Now += TimeSpan.FromSeconds(1);
        Store.UpdateVersion(model, 5, "looked at again");
        Assert.Equal([5, 12], Found(new SearchQuery { Filter = ours, MaxResults = 2 })); // MLflow's default: last changed first

        var seen = new List<int>();
        string? token = null;
        do
        {
            Page<ModelVersion> page = Store.SearchVersions(new SearchQuery { Filter = ours, MaxResults = 5, OrderBy = ["version_number ASC"], PageToken = token });
            seen.AddRange(page.Items.Select(version => version.Version));
            token = page.NextPageToken;
        }
        while (token is not null);
        Assert.Equal(Enumerable.Range(1, 12), seen);
        Refused(TrackingError.InvalidParameterValue, () => Store.SearchVersions(new SearchQuery { MaxResults = 200_001 }));

        IEnumerable<int> Found(SearchQuery query) => Store.SearchVersions(query).Items.Select(version => version.Version);
    }

    [ContractFact]
    public void SearchVersions_DeletedOnes_AreGone()
    {
        string model = NewModel(1, 1, 1);
        Store.DeleteVersion(model, 2);
        Assert.Equal([3, 1], Store.SearchVersions(new SearchQuery { Filter = $"name = '{model}'", OrderBy = ["version_number DESC"] }).Items.Select(version => version.Version));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.SetVersionTag(model, 2, new Tag("a", "b")));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.UpdateVersion(model, 2, ""));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.DeleteVersion(model, 2));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.SetAlias(model, "champion", 2));
    }
}
