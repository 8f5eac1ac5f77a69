using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Files;

/// <summary>A folder written by hand as MLflow writes it is read right. The forms were seen in folders of MLflow 2.17, 3.6 and 3.11.</summary>
public sealed class MlflowFolderTests : IDisposable
{
    private const string Run = "696fe4a9b44f4843905493b1f3ce84c1";
    private const string Nested = "12345678901234567890123456789012";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-theirs-");

    public MlflowFolderTests()
    {
        Write("0/meta.yaml", "artifact_location: /somewhere/mlruns/0\ncreation_time: 1795309101740\nexperiment_id: '0'\nlast_update_time: 1795309101740\nlifecycle_stage: active\nname: Default\n");
        Write("983271739632675564/meta.yaml", "artifact_location: file:///somewhere/mlruns/983271739632675564\ncreation_time: 1795309101754\nexperiment_id: '983271739632675564'\nlast_update_time: 1795309101755\nlifecycle_stage: active\nname: 'yes'\n");
        Write("983271739632675564/tags/team", "é b");
        Write($"983271739632675564/{Run}/meta.yaml", $"artifact_uri: file:///somewhere/mlruns/983271739632675564/{Run}/artifacts\nend_time: 1700000005000\nentry_point_name: ''\nexperiment_id: '983271739632675564'\nlifecycle_stage: active\nrun_id: {Run}\nrun_name: \"two\\nlines \\xE9\"\nrun_uuid: {Run}\nsource_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: 1700000000000\nstatus: 3\ntags: []\nuser_id: ü\n");
        Write($"983271739632675564/{Run}/metrics/val/acc 5", "1700000000000 0.1 0\n1700000000001 nan 1\n1700000000002 inf 2\n1700000000003 -inf 3\n1700000000004 1e-07 4\n1700000000005 1e+22 5\n");
        Write($"983271739632675564/{Run}/metrics/old", "1700000000000 1\n1700000000001 2.5\n1700000000001 2.5\n");
        Write($"983271739632675564/{Run}/metrics/of a model", "1700000000000 0.5 7 iris d1\n");
        Write($"983271739632675564/{Run}/params/group/x", "line 1\nline 2\n");
        Write($"983271739632675564/{Run}/params/empty", "");
        Write($"983271739632675564/{Run}/tags/mlflow.user", "ü");
        Write("983271739632675564/datasets/5c7e534c778859a85d7bfab6241d54dc/meta.yaml", "digest: d1\nname: iris\nprofile: null\nschema: '{\"a\": 1}'\nsource: '{\"uri\": \"x\"}'\nsource_type: local\n");
        Write($"983271739632675564/{Run}/inputs/0123/meta.yaml", "destination_id: 5c7e534c778859a85d7bfab6241d54dc\ndestination_type: RUN\nsource_id: 5c7e534c778859a85d7bfab6241d54dc\nsource_type: DATASET\ntags:\n  mlflow.data.context: training\n");
        Write($"983271739632675564/{Run}/inputs/4567/meta.yaml", "destination_id: m-1\ndestination_type: RUN_INPUT\nsource_id: m-1\nsource_type: MODEL_INPUT\ntags: {}\n");

        // An old one: the experiment's id a number, no run_id and no name; digits only.
        Write($"983271739632675564/{Nested}/meta.yaml", $"artifact_uri: /somewhere\nend_time: null\nexperiment_id: 983271739632675564\nlifecycle_stage: active\nname: ''\nrun_uuid: '{Nested}'\nstart_time: 1700000000001\nstatus: 1\nuser_id: null\n");
        Write($"983271739632675564/{Nested}/tags/mlflow.runName", "nested one");
        Write($"983271739632675564/{Nested}/tags/mlflow.parentRunId", Run);

        Write(".trash/382028495234043020/meta.yaml", "artifact_location: file:///somewhere/mlruns/382028495234043020\ncreation_time: 1795309101814\nexperiment_id: '382028495234043020'\nlast_update_time: 1795309101854\nlifecycle_stage: deleted\nname: gone\ntags: {}\n");
        Write(".trash/382028495234043020/5c6006b3837042a2aec64d2f009459cd/meta.yaml", "artifact_uri: file:///x\ndeleted_time: 1795309101854\nend_time: null\nexperiment_id: '382028495234043020'\nlifecycle_stage: deleted\nrun_id: 5c6006b3837042a2aec64d2f009459cd\nrun_name: receptive-crab-516\nrun_uuid: 5c6006b3837042a2aec64d2f009459cd\nstart_time: 1\nstatus: 4\nuser_id: unknown\n");

        // Things that are no runs and no experiments, and broken ones.
        Write("983271739632675564/traces/tr-1/trace_info.yaml", "x: 1\n");
        Write("983271739632675564/models/m-1/meta.yaml", "model_id: m-1\n");
        Write($"983271739632675564/{new string('a', 32)}/params/p", "half a run");
        Write($"983271739632675564/{new string('b', 32)}/meta.yaml", "run_id: [unclosed\n");
        Write($"983271739632675564/{new string('c', 32)}/meta.yaml", $"run_id: {Run}\nexperiment_id: '983271739632675564'\n");
        Write("models/credit/meta.yaml", "name: credit\n");
        Write("111/readme.txt", "no experiment");
        Write("222/meta.yaml", "just a text\n");
    }

    private ITrackingStore Store => field ??= TrackingStore.Open($"file:{_folder.FullName}");

    public void Dispose()
    {
        Store.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void SearchExperiments_SkipsWhatIsNone()
    {
        Assert.Equal(["983271739632675564", "0"], Store.SearchExperiments(new SearchQuery()).Items.Select(e => e.Id));
        Experiment gone = Assert.Single(Store.SearchExperiments(new SearchQuery { View = ViewType.DeletedOnly }).Items);
        Assert.Equal(("gone", LifecycleStage.Deleted, 1795309101814L, 1795309101854L), (gone.Name, gone.Stage, gone.CreationTime, gone.LastUpdateTime));
        Experiment mine = Store.FindExperiment("yes")!;
        Assert.Equal([new Tag("team", "é b")], mine.Tags);
        Assert.Equal(TrackingError.InternalError, Assert.Throws<TrackingException>(() => Store.GetExperiment("222")).Error);
    }

    [Fact]
    public void GetRun_ReadsEveryForm()
    {
        Run run = Store.GetRun(Run);
        Assert.Equal(new RunInfo(Run, "983271739632675564", "two\nlines é", "ü", RunStatus.Finished, 1700000000000, 1700000005000, $"file:///somewhere/mlruns/983271739632675564/{Run}/artifacts", LifecycleStage.Active), run.Info);
        Assert.Equal([new Metric("of a model", 0.5, 1700000000000, 7), new Metric("old", 2.5, 1700000000001), new Metric("val/acc 5", 1e22, 1700000000005, 5)], run.Metrics);
        Assert.Equal([new Param("empty", ""), new Param("group/x", "line 1\nline 2\n")], run.Params);
        Assert.Equal([new Tag("mlflow.user", "ü")], run.Tags);
        DatasetInput input = Assert.Single(run.Inputs);
        Assert.Equal(new Dataset("iris", "d1", "local", "{\"uri\": \"x\"}", "{\"a\": 1}"), input.Dataset);
        Assert.Equal([new Tag("mlflow.data.context", "training")], input.Tags);
        Assert.Equal([0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1e-7, 1e22], Store.GetMetricHistory(Run, "val/acc 5").Select(p => p.Value));
        Assert.Equal([1, 2.5], Store.GetMetricHistory(Run, "old").Select(p => p.Value)); // the point written twice is one
    }

    [Fact]
    public void GetRun_OfAnOldVersion_TakesTheNameFromTheTag()
    {
        Run run = Store.GetRun(Nested);
        Assert.Equal(("nested one", "", RunStatus.Running, null), (run.Info.Name, run.Info.UserId, run.Info.Status, run.Info.EndTime));
        Store.SetTag(Nested, new Tag("mlflow.runName", "other"));
        Assert.Equal("other", Store.GetRun(Nested).Info.Name);
    }

    [Fact]
    public void SearchRuns_SkipsWhatIsNoneOrBroken()
    {
        Assert.Equal([Nested, Run], Store.SearchRuns(new RunQuery(["983271739632675564", "382028495234043020", "999"])).Items.Select(r => r.Info.RunId));
        Assert.Equal([Run], Store.SearchRuns(new RunQuery(["983271739632675564"]) { Filter = "metrics.old = 2.5 AND params.empty = ''" }).Items.Select(r => r.Info.RunId));
        Assert.Equal([Nested], Store.SearchRuns(new RunQuery(["983271739632675564"]) { Filter = $"tags.mlflow.parentRunId = '{Run}'" }).Items.Select(r => r.Info.RunId));
        Run gone = Assert.Single(Store.SearchRuns(new RunQuery(["382028495234043020"]) { View = ViewType.DeletedOnly }).Items);
        Assert.Equal(("receptive-crab-516", RunStatus.Failed), (gone.Info.Name, gone.Info.Status));
    }

    [Theory]
    [InlineData('a', "not there")]
    [InlineData('b', "no YAML")]
    [InlineData('c', Run)]
    public void GetRun_Broken_SaysWhichFileAndWhy(char id, string why)
    {
        var refusal = Assert.Throws<TrackingException>(() => Store.GetRun(new string(id, 32)));
        Assert.Equal(TrackingError.InternalError, refusal.Error);
        Assert.Contains($"{new string(id, 32)}/meta.yaml is malformed", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    // The folder has moved here from /somewhere/mlruns.
    [Fact]
    public void OpenArtifacts_OfAFolderThatMoved_FindsTheRunsOwn()
    {
        Write($"983271739632675564/{Run}/artifacts/model/MLmodel", "flavors: {}\n");
        Assert.Equal("model/MLmodel", Assert.Single(Store.OpenArtifacts(Store.GetRun(Run).Info.ArtifactUri).List("model")).Path);
        Assert.Equal("MLmodel", Assert.Single(Store.OpenArtifacts($"{Store.GetRun(Run).Info.ArtifactUri}/model").List()).Path);
        Store.DeleteExperiment("983271739632675564");
        Assert.Equal("model", Assert.Single(Store.OpenArtifacts(Store.GetRun(Run).Info.ArtifactUri).List()).Path);
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => Store.OpenArtifacts("s3://bucket/x")).Error);
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => Store.OpenArtifacts("file://host/x")).Error);
    }

    private void Write(string path, string text)
    {
        string file = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
