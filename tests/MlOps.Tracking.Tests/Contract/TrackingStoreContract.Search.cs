namespace MlOps.Tracking.Tests.Contract;

public abstract partial class TrackingStoreContract
{
    // Six runs: a to f. Those that lack a metric, a parameter or a tag are what filters get wrong.
    private (string Experiment, Dictionary<string, string> Names) SixRuns()
    {
        string experiment = NewExperiment();
        var names = new Dictionary<string, string>();
        void Make(string name, double? acc, string? model, string? note, long start)
        {
            string run = NewRun(experiment, name, start);
            names[run] = name;
            Store.LogBatch(
                run,
                acc is { } value ? [new Metric("acc", value, 1), new Metric("val/acc x", value / 2, 1)] : [],
                model is null ? [] : [new Param("model", model)],
                note is null ? [] : [new Tag("note", note)]);
        }

        Make("a", 0.95, "boosting", "good", 1000);
        Make("b", 0.91, "Boosting", null, 2000);
        Make("c", 0.80, "forest", "it's \"so so\"", 3000);
        Make("d", double.NaN, "forest", "100%_sure", 4000);
        Make("e", null, null, "good", 5000);
        Make("f", double.PositiveInfinity, "linear", null, 5000);
        Store.UpdateRun(names.Single(pair => pair.Value == "c").Key, RunStatus.Failed, 3500);
        return (experiment, names);
    }

    private string Found((string Experiment, Dictionary<string, string> Names) runs, string? filter, params string[] orderBy) =>
        string.Concat(Store.SearchRuns(new RunQuery([runs.Experiment]) { Filter = filter, OrderBy = orderBy.Length == 0 ? ["attributes.run_name ASC"] : orderBy })
            .Items.Select(run => runs.Names[run.Info.RunId]));

    [ContractFact]
    public void SearchRuns_MlflowsGrammar()
    {
        (string Experiment, Dictionary<string, string> Names) runs = SixRuns();
        foreach ((string filter, string expected) in new[]
        {
            ("", "abcdef"),
            ("metrics.acc > 0.9", "abf"),
            ("metrics.acc >= 0.80 and metric.acc < 0.95", "bc"),
            ("metrics.`val/acc x` = 0.40", "c"),
            ("metrics.\"val/acc x\" < 0.45", "c"),
            ("params.model = 'boosting'", "a"),
            ("params.model = \"boosting\" AND metrics.acc > 0.9", "a"),
            ("parameter.model != 'forest'", "abf"), // e has no such parameter and does not match
            ("params.model LIKE 'boost%'", "a"),
            ("params.model ILIKE 'BOOST%'", "ab"),
            ("params.model LIKE '_orest'", "cd"),
            ("tags.note = 'good'", "ae"),
            ("tag.note LIKE '%so so%'", "c"),
            ("tags.note != 'good'", "cd"),
            ("attributes.status = 'FAILED'", "c"),
            ("status != 'FAILED'", "abdef"),
            ("attributes.start_time > 3000", "def"),
            ("start_time <= 2000", "ab"),
            ("end_time = 3500", "c"),
            ("run_name = 'a'", "a"),
            ("attributes.run_name LIKE '%'", "abcdef"),
            ($"run_id = '{runs.Names.Single(pair => pair.Value == "d").Key}'", "d"),
            ($"attributes.run_id IN ('{runs.Names.Single(pair => pair.Value == "b").Key}', '{runs.Names.Single(pair => pair.Value == "f").Key}')", "bf"),
            ("params.nothing = 'x'", ""),
            ("tags.note = \"x'; DROP TABLE runs; --\"", ""),
        })
        {
            Assert.Equal((filter, expected), (filter, Found(runs, filter)));
        }

        Assert.Equal("abcdef", Found(runs, null));
    }

    [ContractFact]
    public void SearchRuns_MoreThanMlflowsGrammar()
    {
        if (!UnderstandsMoreThanMlflow)
        {
            return;
        }

        (string Experiment, Dictionary<string, string> Names) runs = SixRuns();
        foreach ((string filter, string expected) in new[]
        {
            ("metrics.acc > 0.94 or params.model = 'forest'", "acdf"),
            ("NOT params.model = 'forest'", "abef"), // e has no model, so it is none that is a forest
            ("metrics.acc IS NULL", "e"),
            ("tags.note is not null and not (params.model = 'forest' or metrics.acc > 0.9)", "e"),
            ("params.model = 'forest' or params.model = 'linear' and metrics.acc > 1", "cdf"),
            ("(params.model = 'forest' or params.model = 'linear') and metrics.acc > 1", "f"),
        })
        {
            Assert.Equal((filter, expected), (filter, Found(runs, filter)));
        }

        Refused(TrackingError.InvalidParameterValue, () => Store.SearchRuns(new RunQuery([runs.Experiment]) { Filter = "metrics.acc > 1 or metrics.acc < 0", StrictMlflow = true }));
    }

    [ContractFact]
    public void SearchRuns_Order()
    {
        (string Experiment, Dictionary<string, string> Names) runs = SixRuns();
        Assert.Equal("cbafde", Found(runs, null, "metrics.acc ASC")); // NaN before what has none, both last
        Assert.Equal("fabcde", Found(runs, null, "metrics.acc DESC"));
        Assert.Equal("abcdef", Found(runs, null, "attributes.start_time ASC", "attributes.run_name"));
        Assert.Equal("efdcba", Found(runs, null, "start_time DESC", "run_name ASC"));
        Assert.Equal("fcdabe", Found(runs, null, "params.model DESC", "start_time ASC"));
        Assert.Equal("dcba", Found(runs, null, "start_time DESC")[2..]);
    }

    [ContractFact]
    public void SearchRuns_Bad_IsRefused()
    {
        string experiment = NewExperiment();
        foreach (string filter in new[] { "metrics.acc > 'x'", "metrics.acc", "acc = ", "params.model > 'a'", "nonsense.x = 'y'", "metrics.acc > 0.9 and", "tags.a = 'unclosed", "status = 3" })
        {
            Refused(TrackingError.InvalidParameterValue, () => Store.SearchRuns(new RunQuery([experiment]) { Filter = filter }));
        }

        Refused(TrackingError.InvalidParameterValue, () => Store.SearchRuns(new RunQuery([experiment]) { MaxResults = 50_001 }));
        Refused(TrackingError.InvalidParameterValue, () => Store.SearchRuns(new RunQuery([experiment]) { PageToken = "!" }));
        Refused(TrackingError.InvalidParameterValue, () => Store.SearchRuns(new RunQuery([experiment]) { OrderBy = ["metrics.acc SIDEWAYS"] }));
    }

    [ContractFact]
    public void SearchRuns_Pages_HoldEveryRunOnce()
    {
        string experiment = NewExperiment();
        string[] expected = [.. Enumerable.Range(0, 23).Select(i => NewRun(experiment, $"r{i}", 1000 + i)).Reverse()];
        var seen = new List<string>();
        string? token = null;
        do
        {
            Page<Run> page = Store.SearchRuns(new RunQuery([experiment]) { MaxResults = 5, PageToken = token });
            Assert.InRange(page.Items.Count, 1, 5);
            seen.AddRange(page.Items.Select(run => run.Info.RunId));
            token = page.NextPageToken;
        }
        while (token is not null);
        Assert.Equal(expected, seen); // the latest start first
    }

    [ContractFact]
    public void SearchRuns_ExperimentsAndViews()
    {
        (string first, string second) = (NewExperiment(), NewExperiment());
        (string a, string b, string c) = (NewRun(first, start: 1), NewRun(first, start: 2), NewRun(second, start: 3));
        Store.DeleteRun(b);
        IEnumerable<string> Ids(ViewType view, params string[] experiments) => Store.SearchRuns(new RunQuery(experiments) { View = view }).Items.Select(run => run.Info.RunId);
        Assert.Equal([c, a], Ids(ViewType.ActiveOnly, first, second));
        Assert.Equal([b], Ids(ViewType.DeletedOnly, first, second));
        Assert.Equal([c, b, a], Ids(ViewType.All, first, second));
        Assert.Equal([a], Ids(ViewType.ActiveOnly, first));
        Assert.Empty(Ids(ViewType.All));
    }

    [ContractFact]
    public void SearchRuns_BringsWhatGetRunBrings()
    {
        string experiment = NewExperiment();
        string run = NewRun(experiment, "full");
        Store.LogBatch(run, [new Metric("b", 2, 1), new Metric("a", 1, 1)], [new Param("p", "1")], [new Tag("t", "1")]);
        Store.LogInputs(run, [new DatasetInput(new Dataset("loans", "d", "local", "loans.csv"), [])]);
        Run got = Store.GetRun(run);
        Run found = Assert.Single(Store.SearchRuns(new RunQuery([experiment])).Items);
        Assert.Equal(got.Info, found.Info);
        Assert.Equal(got.Metrics, found.Metrics);
        Assert.Equal(got.Params, found.Params);
        Assert.Equal(got.Tags, found.Tags);
        Assert.Equal(got.Inputs.Select(input => input.Dataset), found.Inputs.Select(input => input.Dataset));
    }
}
