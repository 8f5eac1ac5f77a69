using MlOps.Tracking.Registry;
using MlOps.Tracking.Rest;
using MlOps.Tracking.Tests.Contract;

namespace MlOps.Tracking.Tests.Rest;

/// <summary>A server that dies in the middle of a batch and comes back with what it had acknowledged.</summary>
[Needs(typeof(MlflowServer))]
public sealed class RestRestartTests : IDisposable
{
    private readonly string _state = Path.Combine(Path.GetTempPath(), $"mlflow-{Guid.NewGuid():N}.state");

    public void Dispose() => File.Delete(_state);

    [ContractFact]
    public Task LogBatch_ServerDiesBeforeWriting_IsWholeAndNothingIsTwice() => LogWhileTheServerDies("die");

    [ContractFact]
    public Task LogBatch_ServerDiesAfterWriting_IsWholeAndNothingIsTwice() => LogWhileTheServerDies("die-after");

    private async Task LogWhileTheServerDies(string kind)
    {
        using var server = new MlflowServer("--state", _state, "--database");
        using var store = new RestStore(new RestConnection(new RestOptions(new Uri(server.Address), null, 10, TimeSpan.FromSeconds(30), AnyCertificate: false, TimeProvider.System)));
        string run = store.CreateRun(new NewRun()).Info.RunId;
        Metric[] metrics = [.. Enumerable.Range(0, 3_500).Select(i => new Metric("loss", i % 500 == 0 ? double.NaN : 1.0 / i, 1000 + i, i))];
        Param[] parameters = [.. Enumerable.Range(0, 230).Select(i => new Param($"p{i:000}", $"{i}"))];
        server.Fault(new { kind, match = "log-batch", skip = 2 }); // the third of six requests: the first with metrics
        Task back = Task.Run(server.ComeBack);
        store.LogBatch(run, metrics, parameters, [new Tag("t", "1")]);
        await back;
        Assert.Equal(metrics, store.GetMetricHistory(run, "loss"));
        Run read = store.GetRun(run);
        Assert.Equal(parameters, read.Params);
        Assert.Contains(new Tag("t", "1"), read.Tags);
    }

    [ContractFact]
    public void LogBatch_RefusedParameter_HasWrittenNothingElse()
    {
        using var server = new MlflowServer();
        using RestStore store = server.Open();
        string run = store.CreateRun(new NewRun()).Info.RunId;
        store.LogParam(run, new Param("p099", "other"));
        server.Forget();
        Param[] parameters = [.. Enumerable.Range(0, 100).Select(i => new Param($"p{i:000}", $"{i}"))];
        Assert.Equal(
            TrackingError.InvalidParameterValue,
            Assert.Throws<TrackingException>(() => store.LogBatch(run, [.. Enumerable.Range(0, 2000).Select(i => new Metric("m", i, 1, i))], parameters, [new Tag("t", "1")])).Error);
        Assert.Equal(["POST runs/log-batch"], server.Seen());
        Run read = store.GetRun(run);
        Assert.Equal((0, 1), (read.Metrics.Count, read.Params.Count));
    }

    [ContractFact]
    public void LogMetric_NanTwiceOnADatabaseServer_IsOnePoint() // MLflow's database stores answer 400 to the second
    {
        using var server = new MlflowServer("--database");
        using RestStore store = server.Open();
        string run = store.CreateRun(new NewRun()).Info.RunId;
        var point = new Metric("m", double.NaN, 1);
        store.LogMetric(run, point);
        store.LogMetric(run, point);
        store.LogBatch(run, [point, new Metric("m", 2, 3), point], [new Param("p", "1")], []);
        Assert.Equal([point, new Metric("m", 2, 3)], store.GetMetricHistory(run, "m"));
        Assert.Single(store.GetRun(run).Params);
    }

    [ContractFact]
    public void DatabaseServer_TakenNameAndDanglingAlias_AreAsEverywhere()
    {
        using var server = new MlflowServer("--database");
        using RestStore store = server.Open();
        string taken = store.CreateExperiment("taken");
        string other = store.CreateExperiment("other");
        Assert.Equal(TrackingError.ResourceAlreadyExists, Assert.Throws<TrackingException>(() => store.RenameExperiment(other, "taken")).Error);
        Assert.Equal("taken", store.GetExperiment(taken).Name);

        store.CreateModel("m");
        store.CreateVersion(new NewModelVersion("m", "s3://b/m"));
        store.SetAlias("m", "champion", 1);
        store.DeleteVersion("m", 1);
        Assert.Empty(store.GetModel("m").Aliases);
        Assert.Equal([PromotionAction.AliasSet, PromotionAction.VersionDeleted], store.GetPromotionLog("m").Select(entry => entry.Action));
    }
}
