using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Tests.Contract;

public abstract partial class TrackingStoreContract
{
    private string NewModel(int versions = 0)
    {
        string name = Unique("model");
        Store.CreateModel(name);
        for (int i = 0; i < versions; i++)
        {
            Store.CreateVersion(new NewModelVersion(name, "mlflow-artifacts:/0/abc/artifacts/model"));
        }

        return name;
    }

    [ContractFact]
    public void CreateModel_New_CanBeRead()
    {
        string name = Unique("credit risk é");
        Store.CreateModel(name, "who pays back", [new Tag("team", "risk")]);
        RegisteredModel model = Store.GetModel(name);
        Assert.Equal((name, "who pays back"), (model.Name, model.Description));
        Assert.Equal([new Tag("team", "risk")], model.Tags);
        Assert.Empty(model.Aliases);
        Assert.Empty(model.LatestVersions);
        Refused(TrackingError.ResourceAlreadyExists, () => Store.CreateModel(name));
    }

    [ContractFact]
    public void Model_BadOrUnknown_IsRefused()
    {
        Refused(TrackingError.InvalidParameterValue, () => Store.CreateModel(""));
        string nobody = Unique("nobody");
        Refused(TrackingError.ResourceDoesNotExist, () => Store.GetModel(nobody));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.CreateVersion(new NewModelVersion(nobody, "s3://b/m")));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.DeleteModel(nobody));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.GetVersion(NewModel(1), 2));
    }

    [ContractFact]
    public void Model_DescriptionAndTags_Change()
    {
        string name = NewModel();
        Assert.Equal("new words", Store.UpdateModel(name, "new words").Description);
        Store.SetModelTag(name, new Tag("a", "1"));
        Store.SetModelTag(name, new Tag("a", "2"));
        Store.SetModelTag(name, new Tag("b", "3"));
        Store.DeleteModelTag(name, "b");
        Store.DeleteModelTag(name, "never set");
        Assert.Equal([new Tag("a", "2")], Store.GetModel(name).Tags.Where(tag => !tag.Key.StartsWith("mlops.", StringComparison.Ordinal)));
    }

    [ContractFact]
    public void CreateVersion_CountsFromOneAndNeverTwice()
    {
        string name = NewModel();
        string run = NewRun();
        ModelVersion first = Store.CreateVersion(new NewModelVersion(name, "mlflow-artifacts:/0/x/artifacts/model")
        {
            RunId = run, RunLink = "http://page", Description = "first try", Tags = [new Tag("k", "v")],
        });
        Assert.Equal((1, "mlflow-artifacts:/0/x/artifacts/model", run, "http://page", "first try", ModelStage.None), (first.Version, first.Source, first.RunId, first.RunLink, first.Description, first.Stage));
        Assert.Equal([new Tag("k", "v")], first.Tags);
        Assert.Equal(2, Store.CreateVersion(new NewModelVersion(name, "s3://b/m")).Version);
        Store.DeleteVersion(name, 2);
        Refused(TrackingError.ResourceDoesNotExist, () => Store.GetVersion(name, 2));
        Assert.Equal(3, Store.CreateVersion(new NewModelVersion(name, "s3://b/m")).Version);
        Assert.Equal([3, 1], Store.SearchVersions(new SearchQuery { Filter = $"name = '{name}'" }).Items.Select(version => version.Version));
    }

    [ContractFact]
    public void Version_DescriptionAndTags_Change()
    {
        string name = NewModel(versions: 1);
        Assert.Equal("d", Store.UpdateVersion(name, 1, "d").Description);
        Store.SetVersionTag(name, 1, new Tag("x", "1"));
        Store.SetVersionTag(name, 1, new Tag("y", "2"));
        Store.DeleteVersionTag(name, 1, "x");
        Assert.Equal([new Tag("y", "2")], Store.GetVersion(name, 1).Tags);
    }

    [ContractFact]
    public void Alias_PointsAtOneVersionAndGoesWithIt()
    {
        string name = NewModel(versions: 3);
        Store.SetAlias(name, "champion", 1);
        Store.SetAlias(name, "champion", 2);
        Store.SetAlias(name, "Challenger_2", 3);
        Store.SetAlias(name, "also", 2);
        Assert.Equal(2, Store.GetVersionByAlias(name, "champion").Version);
        Assert.Equal([new ModelAlias("Challenger_2", 3), new ModelAlias("also", 2), new ModelAlias("champion", 2)], Store.GetModel(name).Aliases);
        Assert.Equal(["also", "champion"], Store.GetVersion(name, 2).Aliases);
        Assert.Empty(Store.GetVersion(name, 1).Aliases);

        Store.DeleteAlias(name, "also");
        Store.DeleteAlias(name, "never set");
        Store.DeleteVersion(name, 3);
        Assert.Equal([new ModelAlias("champion", 2)], Store.GetModel(name).Aliases);
        Refused(TrackingError.InvalidParameterValue, () => Store.GetVersionByAlias(name, "Challenger_2"));
    }

    [ContractFact]
    public void Alias_Bad_IsRefused()
    {
        string name = NewModel(versions: 1);
        foreach (string alias in new[] { "latest", "LATEST", "v2", "a b", "" })
        {
            Refused(TrackingError.InvalidParameterValue, () => Store.SetAlias(name, alias, 1));
        }

        Refused(TrackingError.ResourceDoesNotExist, () => Store.SetAlias(name, "champion", 7));
    }

    [ContractFact]
    public void Stage_MovesAndArchives()
    {
        string name = NewModel(versions: 3);
        Store.TransitionStage(name, 1, ModelStage.Production);
        Assert.Equal(ModelStage.Production, Store.TransitionStage(name, 2, ModelStage.Production, archiveExisting: true).Stage);
        Assert.Equal((ModelStage.Archived, ModelStage.Production, ModelStage.None), (Store.GetVersion(name, 1).Stage, Store.GetVersion(name, 2).Stage, Store.GetVersion(name, 3).Stage));
        Assert.Equal([(1, ModelStage.Archived), (2, ModelStage.Production), (3, ModelStage.None)], Store.GetModel(name).LatestVersions.Select(v => (v.Version, v.Stage)).Order());
    }

    [ContractFact]
    public void RenameModel_TakesEverythingAlong()
    {
        string name = NewModel(versions: 2);
        string renamed = Unique("renamed");
        Store.SetAlias(name, "champion", 2);
        Store.SetModelTag(name, new Tag("a", "1"));
        Store.SetVersionTag(name, 1, new Tag("b", "2"));
        Refused(TrackingError.ResourceAlreadyExists, () => Store.RenameModel(name, NewModel()));
        Assert.Equal(renamed, Store.RenameModel(name, renamed).Name);
        Refused(TrackingError.ResourceDoesNotExist, () => Store.GetModel(name));
        Assert.Equal(2, Store.GetVersionByAlias(renamed, "champion").Version);
        Assert.Contains(new Tag("a", "1"), Store.GetModel(renamed).Tags);
        Assert.Equal([new Tag("b", "2")], Store.GetVersion(renamed, 1).Tags);
        Assert.Equal(3, Store.CreateVersion(new NewModelVersion(renamed, "s3://b/m")).Version);
    }

    [ContractFact]
    public void DeleteModel_TakesItsVersions()
    {
        string name = NewModel(versions: 2);
        Store.DeleteModel(name);
        Refused(TrackingError.ResourceDoesNotExist, () => Store.GetModel(name));
        Assert.Empty(Store.SearchVersions(new SearchQuery { Filter = $"name = '{name}'" }).Items);
    }

    [ContractFact]
    public void SearchModels_FiltersSortsAndPages()
    {
        string prefix = Unique("m");
        foreach (int i in new[] { 2, 0, 1, 3 })
        {
            Store.CreateModel($"{prefix}-{i}", tags: i == 3 ? [new Tag("kind", "tree")] : []);
        }

        var query = new SearchQuery { Filter = $"name LIKE '{prefix}%'", MaxResults = 100 };
        Assert.Equal([0, 1, 2, 3], Store.SearchModels(query).Items.Select(model => model.Name[^1] - '0'));
        Assert.Equal([3, 2, 1, 0], Store.SearchModels(query with { OrderBy = ["name DESC"] }).Items.Select(model => model.Name[^1] - '0'));
        Assert.Equal($"{prefix}-3", Assert.Single(Store.SearchModels(query with { Filter = query.Filter + " and tags.kind = 'tree'" }).Items).Name);
        Assert.Equal($"{prefix}-1", Assert.Single(Store.SearchModels(query with { Filter = $"name = '{prefix}-1'" }).Items).Name);
        Page<RegisteredModel> page = Store.SearchModels(query with { MaxResults = 3 });
        Assert.Equal(3, page.Items.Count);
        Assert.Equal($"{prefix}-3", Assert.Single(Store.SearchModels(query with { MaxResults = 3, PageToken = page.NextPageToken }).Items).Name);
        Refused(TrackingError.InvalidParameterValue, () => Store.SearchModels(new SearchQuery { Filter = "metrics.acc > 1" }));
    }

    [ContractFact]
    public void SearchVersions_ByRunAndTag()
    {
        string name = NewModel();
        string run = NewRun();
        Store.CreateVersion(new NewModelVersion(name, "s3://b/1") { RunId = run });
        Store.CreateVersion(new NewModelVersion(name, "s3://b/2") { Tags = [new Tag("ok", "yes")] });
        Assert.Equal(1, Assert.Single(Store.SearchVersions(new SearchQuery { Filter = $"run_id = '{run}'" }).Items).Version);
        Assert.Equal(2, Assert.Single(Store.SearchVersions(new SearchQuery { Filter = $"name = '{name}' and tags.ok = 'yes'" }).Items).Version);
        Assert.Equal(2, Assert.Single(Store.SearchVersions(new SearchQuery { Filter = $"name = '{name}' and source_path = 's3://b/2'" }).Items).Version);
    }

    [ContractFact]
    public void PromotionLog_TellsEveryChangeInOrder()
    {
        string name = NewModel(versions: 3);
        Store.SetAlias(name, "champion", 1, new PromotionNote("asha", "first"));
        Store.SetAlias(name, "champion", 2, new PromotionNote("bela", "better", """{"acc":0.9}"""));
        Store.SetAlias(name, "champion", 2); // it has it already: no news
        Store.SetAlias(name, "champion", 1, new PromotionNote("asha", "worse after all", "", IsRollback: true));
        Store.RecordPromotion(new PromotionDraft(name, PromotionAction.Refused, "champion", 3, 1, new PromotionNote("ci", "acc too low")));
        Store.DeleteAlias(name, "champion", new PromotionNote("asha"));
        PromotionEntry[] log = [.. Store.GetPromotionLog(name)];
        Assert.Equal(
            [
                (PromotionAction.AliasSet, "champion", 1, null, "asha", "first", ""),
                (PromotionAction.AliasSet, "champion", 2, 1, "bela", "better", """{"acc":0.9}"""),
                (PromotionAction.RolledBack, "champion", 1, 2, "asha", "worse after all", ""),
                (PromotionAction.Refused, "champion", 3, 1, "ci", "acc too low", ""),
                (PromotionAction.AliasRemoved, "champion", (int?)null, (int?)1, "asha", "", ""),
            ],
            log.Select(entry => (entry.Action, entry.Target, entry.Version, entry.Previous, entry.Actor, entry.Reason, entry.Evidence)));
        Assert.All(log, entry => Assert.Equal(entry.ComputeHash(), entry.Hash));
        Assert.All(log.Zip(log.Skip(1)), pair => Assert.True(pair.First.Number < pair.Second.Number && pair.First.Time <= pair.Second.Time));
    }

    [ContractFact]
    public void PromotionLog_NotesStagesDeletionsAndOutlivesTheModel()
    {
        string name = NewModel(versions: 2);
        Store.TransitionStage(name, 2, ModelStage.Production, note: new PromotionNote("asha"));
        Store.SetAlias(name, "champion", 2);
        Store.DeleteVersion(name, 2, new PromotionNote("bela", "leaks"));
        PromotionEntry[] log = [.. Store.GetPromotionLog(name)];
        Assert.Equal(
            [(PromotionAction.StageSet, "Production", 2), (PromotionAction.AliasSet, "champion", 2), (PromotionAction.VersionDeleted, "", 2)],
            log.Select(entry => (entry.Action, entry.Target, entry.Version ?? 0)));
        if (LogIsOneChain)
        {
            Store.DeleteModel(name, new PromotionNote("bela"));
            Assert.Equal(PromotionAction.ModelDeleted, Store.GetPromotionLog(name)[^1].Action);
        }
    }

    [ContractFact]
    public void PromotionLog_WholeStore_IsOneUnbrokenChain()
    {
        if (!LogIsOneChain)
        {
            return;
        }

        (string first, string second) = (NewModel(versions: 1), NewModel(versions: 1));
        Parallel.For(0, 6, i => Store.RecordPromotion(new PromotionDraft(i % 2 == 0 ? first : second, PromotionAction.Approved, "", 1, null, new PromotionNote($"p{i}"))));
        IReadOnlyList<PromotionEntry> log = Store.GetPromotionLog();
        string previous = PromotionEntry.Origin;
        for (int i = 0; i < log.Count; i++)
        {
            Assert.Equal((i + 1, previous, log[i].ComputeHash()), (log[i].Number, log[i].PreviousHash, log[i].Hash));
            previous = log[i].Hash;
        }

        Assert.Equal(3, Store.GetPromotionLog(first).Count);
    }

    /// <summary>Whether the log is one chain over all models: on a stranger's MLflow server it is one a model, and goes with it.</summary>
    protected virtual bool LogIsOneChain => true;
}
