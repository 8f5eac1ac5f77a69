using MlOps.Tracking.Registry;
using MlOps.Tracking.Rest;
using MlOps.Tracking.Tests.Contract;

namespace MlOps.Tracking.Tests.Rest;

/// <summary>What must not be done twice is not, whatever happens to the answer: counted on the server itself.</summary>
[Needs(typeof(MlflowServer))]
public sealed class RestOnceTests(RestContractTests.Modern fixture) : IClassFixture<RestContractTests.Modern>
{
    // Every way of not answering, before and after the request was carried out.
    private static readonly object[] s_faults =
    [
        new { kind = "status", status = 503, match = "" },
        new { kind = "status-after", status = 502, match = "" },
        new { kind = "status-after", status = 500, match = "" },
        new { kind = "drop", match = "" },
        new { kind = "drop-after", match = "" },
        new { kind = "cut", match = "" },
    ];

    private MlflowServer Server => fixture.Server;

    private static string Unique(string prefix) => $"{prefix}-{Guid.NewGuid():N}";

    private void OverAllFaults(Action<RestStore> act)
    {
        foreach (object fault in s_faults)
        {
            using RestStore store = Server.Open();
            Server.Fault(fault);
            act(store);
        }
    }

    [ContractFact]
    public void CreateRun_Unanswered_IsThereOnce()
    {
        string experiment = Server.Open().CreateExperiment(Unique("e"));
        List<string> ids = [];
        OverAllFaults(store => ids.Add(store.CreateRun(new NewRun(experiment) { Name = "same", StartTime = 1 }).Info.RunId));
        using RestStore store = Server.Open();
        Page<Run> found = store.SearchRuns(new RunQuery([experiment]));
        Assert.Equal(ids.Order(), found.Items.Select(run => run.Info.RunId).Order());
        Assert.Equal(s_faults.Length, ids.Distinct().Count());
        Assert.All(found.Items, run => Assert.Equal([new Tag("mlflow.runName", "same")], run.Tags)); // the mark is not shown
    }

    [ContractFact]
    public void CreateExperiment_Unanswered_IsNotTakenForSomebodyElses()
    {
        List<string> ids = [];
        OverAllFaults(store => ids.Add(store.CreateExperiment(Unique("e"))));
        Assert.Equal(s_faults.Length, ids.Distinct().Count());
    }

    [ContractFact]
    public void CreateExperiment_UnansweredAndTaken_IsRefused()
    {
        string name = Unique("taken");
        Server.Open().CreateExperiment(name);
        OverAllFaults(store => Assert.Equal(TrackingError.ResourceAlreadyExists, Assert.Throws<TrackingException>(() => store.CreateExperiment(name)).Error));
    }

    [ContractFact]
    public void CreateModelAndVersion_Unanswered_AreThereOnce()
    {
        List<int> versions = [];
        string model = Unique("m'odel"); // a quote must not end the filter
        Server.Open().CreateModel(model);
        OverAllFaults(store => Assert.NotEmpty(store.CreateModel(Unique("m")).Name));
        OverAllFaults(store => versions.Add(store.CreateVersion(new NewModelVersion(model, "s3://b/m")).Version));
        Assert.Equal(Enumerable.Range(1, s_faults.Length), versions);
    }

    [ContractFact]
    public void DeleteRestoreRename_Unanswered_AreNoErrors()
    {
        using RestStore plain = Server.Open();
        string experiment = plain.CreateExperiment(Unique("e"));
        string run = plain.CreateRun(new NewRun(experiment)).Info.RunId;
        OverAllFaults(store => store.DeleteRun(run), store => store.RestoreRun(run));
        OverAllFaults(store => store.DeleteExperiment(experiment), store => store.RestoreExperiment(experiment));
        OverAllFaults(store => store.SetTag(run, new Tag("t", "1")), store => store.DeleteTag(run, "t"));
        string name = Unique("n");
        plain.CreateModel(name);
        OverAllFaults(store => store.RenameModel(name, name + "x"), store => store.RenameModel(name + "x", name));
        OverAllFaults(store => store.CreateModel(name + "d"), store => store.DeleteModel(name + "d"));
        Assert.Equal(LifecycleStage.Active, plain.GetRun(run).Info.Stage);
        Assert.Equal(name, plain.GetModel(name).Name);
    }

    private void OverAllFaults(Action<RestStore> first, Action<RestStore> second)
    {
        OverAllFaults(store =>
        {
            first(store);
            Server.Fault(new { kind = "drop-after", match = "" });
            second(store);
        });
    }

    [ContractFact]
    public void CreateRun_NoAnswerInTime_IsGivenUpUnlessItIsThere()
    {
        string experiment = Server.Open().CreateExperiment(Unique("e"));
        using RestStore store = Server.Open(timeout: TimeSpan.FromMilliseconds(400));
        Server.Fault(new { kind = "slow", seconds = 1.2, match = "runs/create" }); // it comes later than the client asks for it
        var e = Assert.Throws<TrackingException>(() => store.CreateRun(new NewRun(experiment)));
        Assert.Equal(TrackingError.TemporarilyUnavailable, e.Error);
        Assert.Contains("look before you repeat", e.Message, StringComparison.Ordinal);
        Server.Forget();
        Assert.InRange(store.SearchRuns(new RunQuery([experiment])).Items.Count, 0, 1); // never two
    }

    [ContractFact]
    public void Logging_Unanswered_LeavesEachPointOnce()
    {
        string run = Server.Open().CreateRun(new NewRun()).Info.RunId;
        int step = 0;
        OverAllFaults(store =>
        {
            store.LogMetric(run, new Metric("m", 0.5, 1, ++step));
            store.LogBatch(run, [new Metric("m", 0.5, 2, step), new Metric("n", double.NaN, 2, step)], [new Param($"p{step}", "1")], [new Tag($"t{step}", "1")]);
        });
        using RestStore store = Server.Open();
        Assert.Equal(2 * s_faults.Length, store.GetMetricHistory(run, "m").Count);
        Assert.Equal(s_faults.Length, store.GetMetricHistory(run, "n").Count);
        Assert.Equal(s_faults.Length, store.GetRun(run).Params.Count);
    }
}
