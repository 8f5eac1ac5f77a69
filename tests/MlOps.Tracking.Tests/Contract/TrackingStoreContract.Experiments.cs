namespace MlOps.Tracking.Tests.Contract;

public abstract partial class TrackingStoreContract
{
    [ContractFact]
    public void Experiment_Default_IsThere()
    {
        Experiment experiment = Store.GetExperiment("0");
        Assert.Equal(("Default", LifecycleStage.Active), (experiment.Name, experiment.Stage));
        Assert.Equal("0", Store.FindExperiment("Default")!.Id);
    }

    [ContractFact]
    public void CreateExperiment_New_CanBeFoundByIdAndName()
    {
        string name = Unique("crédit ¾ of \"x\"");
        string id = Store.CreateExperiment(name, tags: [new Tag("team", "risk"), new Tag("a", "")]);
        Experiment experiment = Store.GetExperiment(id);
        Assert.Equal((id, name, LifecycleStage.Active), (experiment.Id, experiment.Name, experiment.Stage));
        Assert.Equal([new Tag("a", ""), new Tag("team", "risk")], experiment.Tags);
        Assert.InRange(experiment.CreationTime, DateTimeOffset.UtcNow.AddMinutes(-5).ToUnixTimeMilliseconds(), DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeMilliseconds());
        Assert.NotEmpty(experiment.ArtifactLocation);
        Assert.Equal(id, Store.FindExperiment(name)!.Id);
    }

    [ContractFact]
    public void CreateExperiment_NameTaken_IsRefusedEvenIfThatOneIsDeleted()
    {
        string name = Unique("taken");
        string id = Store.CreateExperiment(name);
        Refused(TrackingError.ResourceAlreadyExists, () => Store.CreateExperiment(name));
        Store.DeleteExperiment(id);
        Refused(TrackingError.ResourceAlreadyExists, () => Store.CreateExperiment(name));
    }

    [ContractFact]
    public void CreateExperiment_BadName_IsRefused()
    {
        Refused(TrackingError.InvalidParameterValue, () => Store.CreateExperiment(""));
        Refused(TrackingError.InvalidParameterValue, () => Store.CreateExperiment(new string('e', 501)));
    }

    [ContractFact]
    public void Experiment_Unknown_DoesNotExist()
    {
        Refused(TrackingError.ResourceDoesNotExist, () => Store.GetExperiment("987654321987654321"));
        Assert.Null(Store.FindExperiment(Unique("nowhere")));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.DeleteExperiment("987654321987654321"));
    }

    [ContractFact]
    public void RenameExperiment_ToFreeAndTakenName()
    {
        (string first, string second, string renamed) = (Unique("first"), Unique("second"), Unique("renamed"));
        string id = Store.CreateExperiment(first);
        Store.CreateExperiment(second);
        Store.RenameExperiment(id, renamed);
        Assert.Equal(renamed, Store.GetExperiment(id).Name);
        Assert.Null(Store.FindExperiment(first));
        Refused(TrackingError.ResourceAlreadyExists, () => Store.RenameExperiment(id, second));
        Assert.Equal(renamed, Store.GetExperiment(id).Name);
    }

    [ContractFact]
    public void DeleteExperiment_TakesItsRunsAndRestoreBringsThemBack()
    {
        string experiment = NewExperiment();
        string run = NewRun(experiment);
        Store.DeleteExperiment(experiment);
        Assert.Equal(LifecycleStage.Deleted, Store.GetExperiment(experiment).Stage);
        Assert.Equal(LifecycleStage.Deleted, Store.GetRun(run).Info.Stage);
        Refused(TrackingError.InvalidParameterValue, () => Store.CreateRun(new NewRun(experiment)));
        Refused(TrackingError.InvalidParameterValue, () => Store.LogMetric(run, new Metric("m", 1, 1)));

        Store.RestoreExperiment(experiment);
        Assert.Equal(LifecycleStage.Active, Store.GetExperiment(experiment).Stage);
        Assert.Equal(LifecycleStage.Active, Store.GetRun(run).Info.Stage);
    }

    [ContractFact]
    public void ExperimentTag_IsReplaced()
    {
        string id = NewExperiment();
        Store.SetExperimentTag(id, new Tag("team", "risk"));
        Store.SetExperimentTag(id, new Tag("team", "fraud"));
        Store.SetExperimentTag(id, new Tag("a b/c", "line 1\nline 2"));
        Assert.Equal([new Tag("a b/c", "line 1\nline 2"), new Tag("team", "fraud")], Store.GetExperiment(id).Tags);
    }

    [ContractFact]
    public void SearchExperiments_FiltersSortsAndPages()
    {
        string prefix = Unique("search");
        string[] ids = [.. Enumerable.Range(0, 5).Select(i => Store.CreateExperiment($"{prefix}-{i}", tags: [new Tag("parity", i % 2 == 0 ? "even" : "odd")]))];
        Store.DeleteExperiment(ids[4]);
        var query = new SearchQuery { Filter = $"name LIKE '{prefix}%'", OrderBy = ["name DESC"] };
        Assert.Equal([ids[3], ids[2], ids[1], ids[0]], Store.SearchExperiments(query).Items.Select(e => e.Id));
        Assert.Equal([ids[4]], Store.SearchExperiments(query with { View = ViewType.DeletedOnly }).Items.Select(e => e.Id));
        Assert.Equal(5, Store.SearchExperiments(query with { View = ViewType.All }).Items.Count);
        Assert.Equal([ids[2], ids[0]], Store.SearchExperiments(query with { Filter = query.Filter + " AND tags.parity = 'even'" }).Items.Select(e => e.Id));

        Page<Experiment> first = Store.SearchExperiments(query with { MaxResults = 3 });
        Assert.Equal([ids[3], ids[2], ids[1]], first.Items.Select(e => e.Id));
        Page<Experiment> second = Store.SearchExperiments(query with { MaxResults = 3, PageToken = first.NextPageToken });
        Assert.Equal([ids[0]], second.Items.Select(e => e.Id));
        Assert.Null(second.NextPageToken);
    }

    [ContractFact]
    public void SearchExperiments_BadQuery_IsRefused()
    {
        Refused(TrackingError.InvalidParameterValue, () => Store.SearchExperiments(new SearchQuery { Filter = "name >" }));
        Refused(TrackingError.InvalidParameterValue, () => Store.SearchExperiments(new SearchQuery { MaxResults = 50_001 }));
        Refused(TrackingError.InvalidParameterValue, () => Store.SearchExperiments(new SearchQuery { PageToken = "???" }));
    }
}
