using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Files;

/// <summary>What is on the disk, byte for byte. The expected texts were written by hand after files of MLflow 2.17 and 3.6.</summary>
public sealed class FileLayoutTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops files é-");
    private readonly string _root;
    private readonly ITrackingStore _store;

    public FileLayoutTests()
    {
        _root = Path.Combine(_folder.FullName, "mlruns");
        _store = TrackingStore.Open(_root, new StoreOptions { Clock = new StoppedClock(1_700_000_000_456) });
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Open_NewFolder_HasDefaultAndTrash()
    {
        Assert.Equal([".mlops.lock", ".trash", "0"], Names(_root));
        Assert.Equal(
            $"""
            artifact_location: {_store.Address}/0
            creation_time: 1700000000456
            experiment_id: '0'
            last_update_time: 1700000000456
            lifecycle_stage: active
            name: Default

            """,
            Read("0/meta.yaml"));
        Assert.StartsWith("file:///", _store.Address, StringComparison.Ordinal);
        Assert.EndsWith("/mlruns", _store.Address, StringComparison.Ordinal);
        Assert.Contains("mlops%20files%20%C3%A9-", _store.Address, StringComparison.Ordinal); // as Python's Path.as_uri() writes it
    }

    [Fact]
    public void CreateRun_Files_AreMlflows()
    {
        string experiment = _store.CreateExperiment("crédit", tags: [new Tag("team/name", "a\nb")]);
        Assert.Matches("^[1-9][0-9]{17}$", experiment);
        Assert.Equal("a\nb", Read($"{experiment}/tags/team/name"));
        string run = _store.CreateRun(new NewRun(experiment) { Name = "1e3", UserId = "asha", StartTime = 1_700_000_000_123 }).Info.RunId;
        Assert.Equal(["artifacts", "meta.yaml", "metrics", "params", "tags"], Names(Path.Combine(_root, experiment, run)));
        string id = run.All(char.IsAsciiDigit) ? $"'{run}'" : run;
        string expected = $"""
            artifact_uri: {_store.Address}/{experiment}/{run}/artifacts
            deleted_time: null
            end_time: null
            entry_point_name: ''
            experiment_id: '{experiment}'
            lifecycle_stage: active
            run_id: {id}
            run_name: '1e3'
            run_uuid: {id}
            source_name: ''
            source_type: 4
            source_version: ''
            start_time: 1700000000123
            status: 1
            tags: []
            user_id: asha

            """;
        Assert.Equal(expected, Read($"{experiment}/{run}/meta.yaml"));
        Assert.Equal("1e3", Read($"{experiment}/{run}/tags/mlflow.runName"));

        _store.UpdateRun(run, RunStatus.Finished, 1_700_000_000_999);
        Assert.Equal(expected.Replace("end_time: null", "end_time: 1700000000999", StringComparison.Ordinal).Replace("status: 1", "status: 3", StringComparison.Ordinal), Read($"{experiment}/{run}/meta.yaml"));
        _store.DeleteRun(run);
        Assert.Contains("deleted_time: 1700000000456\n", Read($"{experiment}/{run}/meta.yaml"), StringComparison.Ordinal);
        Assert.Contains("lifecycle_stage: deleted\n", Read($"{experiment}/{run}/meta.yaml"), StringComparison.Ordinal);
        _store.RestoreRun(run);
        Assert.Contains("deleted_time: null\n", Read($"{experiment}/{run}/meta.yaml"), StringComparison.Ordinal);
    }

    // The values are what Python's repr prints.
    [Fact]
    public void Log_Files_AreMlflows()
    {
        string run = NewRun();
        double[] values = [0.1, 2, -0.0, 1e15, 1234567890123456, 1e16, 1.5e-5, 0.0001, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, 1.0 / 3];
        foreach ((int i, double value) in values.Index())
        {
            _store.LogMetric(run, new Metric("val/acc at 5", value, 1_700_000_000_000 + i, i - 1));
        }

        Assert.Equal(
            """
            1700000000000 0.1 -1
            1700000000001 2.0 0
            1700000000002 -0.0 1
            1700000000003 1000000000000000.0 2
            1700000000004 1234567890123456.0 3
            1700000000005 1e+16 4
            1700000000006 1.5e-05 5
            1700000000007 0.0001 6
            1700000000008 nan 7
            1700000000009 inf 8
            1700000000010 -inf 9
            1700000000011 1.7976931348623157e+308 10
            1700000000012 5e-324 11
            1700000000013 0.3333333333333333 12

            """,
            Read($"0/{run}/metrics/val/acc at 5"));
        _store.LogBatch(run, [new Metric("a", 1, 5), new Metric("b", 2, 6), new Metric("a", 3, 7, 1)], [new Param("group/lr", "0.1\n")], [new Tag("empty", "")]);
        Assert.Equal("5 1.0 0\n7 3.0 1\n", Read($"0/{run}/metrics/a"));
        Assert.Equal("0.1\n", Read($"0/{run}/params/group/lr"));
        Assert.Equal("", Read($"0/{run}/tags/empty"));
        Assert.Equal(["artifacts", "meta.yaml", "metrics", "params", "tags"], Names(Path.Combine(_root, "0", run))); // nothing is left of what was written aside
    }

    // md5("iris" + "d1") and md5(that + run) by hash functions of another tool: printf irisd1 | md5sum.
    [Fact]
    public void LogInputs_Files_AreMlflows()
    {
        string run = NewRun();
        _store.LogInputs(run, [new DatasetInput(new Dataset("iris", "d1", "local", """{"uri": "x"}""", Profile: "5 rows"), [new Tag("mlflow.data.context", "training")])]);
        const string hash = "5c7e534c778859a85d7bfab6241d54dc";
        Assert.Equal("digest: d1\nname: iris\nprofile: 5 rows\nschema: null\nsource: '{\"uri\": \"x\"}'\nsource_type: local\n", Read($"0/datasets/{hash}/meta.yaml"));
        string input = Assert.Single(Names(Path.Combine(_root, "0", run, "inputs")));
        Assert.Equal(
            $"destination_id: {(run.All(char.IsAsciiDigit) ? $"'{run}'" : run)}\ndestination_type: RUN\nsource_id: {hash}\nsource_type: DATASET\ntags:\n  mlflow.data.context: training\n",
            Read($"0/{run}/inputs/{input}/meta.yaml"));
    }

    [Fact]
    public void DeleteExperiment_MovesToTheTrashAndBack()
    {
        string experiment = _store.CreateExperiment("gone");
        string run = _store.CreateRun(new NewRun(experiment)).Info.RunId;
        _store.LogMetric(run, new Metric("m", 1, 1));
        _store.DeleteExperiment(experiment);
        Assert.Contains(experiment, Names(Path.Combine(_root, ".trash")));
        Assert.DoesNotContain(experiment, Names(_root));
        Assert.Contains("lifecycle_stage: deleted\nname: gone\n", Read($".trash/{experiment}/meta.yaml"), StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(_store.GetRun(run).Metrics).Value);
        Assert.Equal(run, Assert.Single(_store.SearchRuns(new RunQuery([experiment]) { View = ViewType.All }).Items).Info.RunId);
        _store.RestoreExperiment(experiment);
        _store.LogMetric(run, new Metric("m", 2, 2));
        Assert.Equal("1 1.0 0\n2 2.0 0\n", Read($"{experiment}/{run}/metrics/m"));
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => _store.DeleteExperiment("0")).Error);
    }

    [Fact]
    public void Meta_KeysOfOthers_AreKept()
    {
        string run = NewRun();
        string path = Path.Combine(_root, "0", run, "meta.yaml");
        File.AppendAllText(path, "zz_theirs:\n  a: '1'\n  b:\n  - x\n  - 0.5\nanother: yes\n");
        _store.UpdateRun(run, name: "new: name");
        string text = File.ReadAllText(path);
        Assert.Contains("another: yes\nartifact_uri:", text, StringComparison.Ordinal);
        Assert.Contains("run_name: 'new: name'\n", text, StringComparison.Ordinal);
        Assert.EndsWith("zz_theirs:\n  a: '1'\n  b:\n  - x\n  - 0.5\n", text, StringComparison.Ordinal);
    }

    private string NewRun() => _store.CreateRun(new NewRun()).Info.RunId;

    private string Read(string path) => File.ReadAllText(Path.Combine(_root, path));

    private static string[] Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal)];

    private sealed class StoppedClock(long milliseconds) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }
}
