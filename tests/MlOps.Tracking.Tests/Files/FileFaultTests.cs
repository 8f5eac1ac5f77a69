using System.Diagnostics;
using System.Text;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Files;

/// <summary>Folders and keys that go wrong.</summary>
public sealed class FileFaultTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-faults-");
    private readonly string _root;
    private readonly ITrackingStore _store;
    private readonly string _run;

    public FileFaultTests()
    {
        _root = Path.Combine(_folder.FullName, "mlruns");
        _store = TrackingStore.Open(_root);
        _run = _store.CreateRun(new NewRun()).Info.RunId;
    }

    public void Dispose()
    {
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void Metric_TornLastLine_IsNoPointAndIsCutOff()
    {
        _store.LogMetric(_run, new Metric("m", 1, 1));
        string path = At("metrics/m");
        File.AppendAllText(path, "2 0.5");
        Assert.Equal(1, Assert.Single(_store.GetMetricHistory(_run, "m")).Value);
        Assert.Equal(1, Assert.Single(_store.GetRun(_run).Metrics).Value);
        using (ITrackingStore other = TrackingStore.Open(_root))
        {
            other.LogMetric(_run, new Metric("m", 3, 3));
        }

        Assert.Equal("1 1.0 0\n3 3.0 0\n", File.ReadAllText(path));
        File.WriteAllText(At("metrics/only"), new string('7', 10_000)); // longer than a block, and no line at all
        Assert.Empty(_store.GetMetricHistory(_run, "only"));
        _store.LogMetric(_run, new Metric("only", 4, 4));
        Assert.Equal("4 4.0 0\n", File.ReadAllText(At("metrics/only")));
    }

    [Fact]
    public void Metric_BadLine_IsNamedAndItsRunLeftOutOfSearches()
    {
        File.WriteAllText(At("metrics/m"), "1 0.5 0\nnonsense\n2 0.5 1\n");
        var refusal = Assert.Throws<TrackingException>(() => _store.GetMetricHistory(_run, "m"));
        Assert.Equal(TrackingError.InternalError, refusal.Error);
        Assert.Contains("metrics/m is malformed: line 2 is no point: 'nonsense'", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_store.SearchRuns(new RunQuery(["0"]) { Filter = "metrics.m > 0" }).Items);
    }

    [Fact]
    public void Metric_FileReplacedOrDeletedMeanwhile_IsNotWrittenToTheOldOne()
    {
        _store.LogMetric(_run, new Metric("m", 1, 1));
        _store.LogMetric(_run, new Metric("m", 2, 2));
        Thread.Sleep(100); // older than the grain of time stamps: the file now stays open
        _store.LogMetric(_run, new Metric("m", 3, 3));
        _store.LogMetric(_run, new Metric("m", 4, 4));
        File.WriteAllText(At("copy"), "1 1.0 0\n");
        File.Move(At("copy"), At("metrics/m"), overwrite: true); // as rsync does
        _store.LogMetric(_run, new Metric("m", 5, 5));
        Assert.Equal([1, 5], _store.GetMetricHistory(_run, "m").Select(p => p.Value));
        Thread.Sleep(100);
        _store.LogMetric(_run, new Metric("m", 6, 6));
        _store.LogMetric(_run, new Metric("m", 7, 7));
        File.Delete(At("metrics/m"));
        _store.LogMetric(_run, new Metric("m", 8, 8));
        Assert.Equal([8], _store.GetMetricHistory(_run, "m").Select(p => p.Value));
    }

    [Fact]
    public void Run_DeletedOrMovedByAnotherProcess_IsNoticed()
    {
        string experiment = _store.CreateExperiment("e");
        string run = _store.CreateRun(new NewRun(experiment)).Info.RunId;
        Thread.Sleep(100);
        _store.LogMetric(run, new Metric("m", 1, 1));
        _store.LogMetric(run, new Metric("m", 2, 2));
        using ITrackingStore other = TrackingStore.Open(_root);
        other.DeleteRun(run);
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => _store.LogMetric(run, new Metric("m", 3, 3))).Error);
        other.RestoreRun(run);
        _store.LogMetric(run, new Metric("m", 4, 4));
        other.DeleteExperiment(experiment);
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => _store.LogMetric(run, new Metric("m", 5, 5))).Error);
        other.RestoreExperiment(experiment);
        _store.LogMetric(run, new Metric("m", 6, 6));
        Assert.Equal([1, 2, 4, 6], other.GetMetricHistory(run, "m").Select(p => p.Value));
        Directory.Delete(Path.Combine(_root, experiment, run), recursive: true);
        Assert.Equal(TrackingError.ResourceDoesNotExist, Assert.Throws<TrackingException>(() => _store.LogMetric(run, new Metric("m", 7, 7))).Error);
    }

    [Fact]
    public void Keys_OneTheFolderOfAnother_AreRefusedClearly()
    {
        _store.LogMetric(_run, new Metric("a", 1, 1));
        _store.LogParam(_run, new Param("b/c", "1"));
        Refused("where the metric 'a' has its file", () => _store.LogMetric(_run, new Metric("a/b", 1, 1)));
        Refused("where the folder of 'b/…' is", () => _store.LogParam(_run, new Param("b", "1")));
        Refused("cannot hold both", () => _store.LogBatch(_run, [new Metric("x/y", 1, 1), new Metric("x", 1, 1)], [new Param("new", "1")], []));
        Refused("cannot hold both", () => _store.LogBatch(_run, [], [new Param("new", "1")], [new Tag("mlflow.runName/x", "1")]));
        Assert.Equal(["b/c"], _store.GetRun(_run).Params.Select(p => p.Key));
        Refused("cannot hold both", () => _store.CreateExperiment("half", tags: [new Tag("k", "1"), new Tag("k/l", "1")]));
        Refused("cannot hold both", () => _store.CreateRun(new NewRun { Tags = [new Tag("k", "1"), new Tag("k/l", "1")] }));
        Assert.Single(Directory.GetDirectories(Path.Combine(_root, "0"))); // nothing of them is left
        Assert.Equal([".trash", "0"], Directory.GetDirectories(_root).Select(p => Path.GetFileName(p)!).Order(StringComparer.Ordinal));
        _store.SetTag(_run, new Tag("t/u", "1"));
        _store.DeleteTag(_run, "t/u");
        _store.SetTag(_run, new Tag("t", "1")); // the folder went with its last tag
    }

    [Fact]
    public void Keys_LongerThanAFileName_AreRefusedClearly()
    {
        string longest = new('é', 127);
        _store.LogMetric(_run, new Metric(longest + "/" + longest[..100], 1, 1));
        Refused("256 bytes", () => _store.LogMetric(_run, new Metric(longest + "éé"[..1], 1, 1)));
    }

    [Fact]
    public void Identifiers_ThatArePaths_AreUnknown()
    {
        foreach (string id in (string[])["..", "../0", ".trash", "models", "a/b", "", "0\0"])
        {
            Assert.Equal(TrackingError.ResourceDoesNotExist, Assert.Throws<TrackingException>(() => _store.GetExperiment(id)).Error);
            Assert.Equal(TrackingError.ResourceDoesNotExist, Assert.Throws<TrackingException>(() => _store.GetRun(id)).Error);
        }
    }

    [Fact]
    public void SymbolicLinks_AreNotFollowed()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // making one needs a right there
        }

        string outside = Path.Combine(_folder.FullName, "outside");
        Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Combine(outside, "secret"), "1 1.0 0\n");
        File.CreateSymbolicLink(At("params/stolen"), Path.Combine(outside, "secret"));
        File.CreateSymbolicLink(At("metrics/stolen"), Path.Combine(outside, "secret"));
        Directory.CreateSymbolicLink(At("tags/folder"), outside);
        Directory.CreateSymbolicLink(Path.Combine(_root, "77"), Path.Combine(_root, "0"));
        Run run = _store.GetRun(_run);
        Assert.Empty(run.Params);
        Assert.Empty(run.Metrics);
        Assert.Single(run.Tags);
        Assert.Empty(_store.GetMetricHistory(_run, "stolen"));
        Refused("symbolic link", () => _store.LogMetric(_run, new Metric("stolen", 2, 2)));
        Refused("symbolic link", () => _store.LogParam(_run, new Param("stolen", "2")));
        Refused("symbolic link", () => _store.SetTag(_run, new Tag("folder/x", "2")));
        Assert.Equal(["secret"], Directory.GetFiles(outside).Select(Path.GetFileName));
        Assert.Equal("1 1.0 0\n", File.ReadAllText(Path.Combine(outside, "secret")));
        Assert.Single(_store.SearchExperiments(new SearchQuery()).Items);
        Assert.Equal(TrackingError.ResourceDoesNotExist, Assert.Throws<TrackingException>(() => _store.GetExperiment("77")).Error);
    }

    [Fact]
    public void Open_AFile_SaysWhatToDo()
    {
        string file = Path.Combine(_folder.FullName, "mlflow.db");
        File.WriteAllText(file, "");
        Assert.Contains("sqlite:///", Assert.Throws<TrackingException>(() => TrackingStore.Open(file)).Message, StringComparison.Ordinal);
    }

    // Needs a file system of its own: 128 KiB of memory.
    [SmallDiskFact]
    public void Log_DiskFull_KeepsWhatWasAcknowledgedAndGoesOnWhenThereIsRoom()
    {
        using var disk = new SmallDisk();
        using ITrackingStore store = TrackingStore.Open(disk.Path);
        string run = store.CreateRun(new NewRun()).Info.RunId;
        string filler = System.IO.Path.Combine(disk.Path, "filler");
        File.WriteAllBytes(filler, new byte[16_384]);
        int acknowledged = 0;
        var full = Assert.Throws<TrackingException>(() =>
        {
            while (acknowledged < 100_000)
            {
                store.LogMetric(run, new Metric("m", acknowledged, acknowledged, acknowledged));
                acknowledged++;
            }
        });
        Assert.Equal(TrackingError.TemporarilyUnavailable, full.Error);
        Assert.InRange(acknowledged, 100, 100_000);
        foreach (Action write in (Action[])[() => store.LogParam(run, new Param("p", "1")), () => store.SetTag(run, new Tag("t", "1")), () => store.LogMetric(run, new Metric("other", 1, 1))])
        {
            Assert.Equal(TrackingError.TemporarilyUnavailable, Assert.Throws<TrackingException>(write).Error);
        }

        Assert.Equal(acknowledged, store.GetMetricHistory(run, "m").Count);
        Assert.EndsWith("\n", File.ReadAllText(System.IO.Path.Combine(disk.Path, "0", run, "metrics", "m"), Encoding.ASCII), StringComparison.Ordinal);
        Assert.Empty(store.GetRun(run).Params);
        File.Delete(filler);
        store.LogMetric(run, new Metric("m", -1, -1, acknowledged));
        store.LogParam(run, new Param("p", "1"));
        store.UpdateRun(run, RunStatus.Finished);
        Assert.Equal(acknowledged + 1, store.GetMetricHistory(run, "m").Count);
        Assert.Equal((RunStatus.Finished, 1), (store.GetRun(run).Info.Status, store.GetRun(run).Params.Count));
    }

    [SmallDiskFact]
    public void ReadOnlyDisk_ReadingWorksAndWritingSaysWhy()
    {
        using var disk = new SmallDisk();
        string run;
        using (ITrackingStore writer = TrackingStore.Open(disk.Path))
        {
            run = writer.CreateRun(new NewRun()).Info.RunId;
            writer.LogMetric(run, new Metric("m", 1, 1));
        }

        Assert.Equal(0, SmallDisk.Run("mount", "-o", "remount,ro", disk.Path));
        using ITrackingStore store = TrackingStore.Open(disk.Path);
        Assert.Equal(1, Assert.Single(store.GetRun(run).Metrics).Value);
        Assert.Single(store.SearchRuns(new RunQuery(["0"])).Items);
        foreach (Action write in (Action[])[() => store.LogMetric(run, new Metric("m", 2, 2)), () => store.LogMetric(run, new Metric("new", 2, 2)), () => store.LogParam(run, new Param("p", "1")), () => store.CreateExperiment("e")])
        {
            Assert.Equal(TrackingError.PermissionDenied, Assert.Throws<TrackingException>(write).Error);
        }
    }

    private string At(string path) => Path.Combine(_root, "0", _run, path);

    private static void Refused(string why, Action action)
    {
        var refusal = Assert.Throws<TrackingException>(action);
        Assert.Equal(TrackingError.InvalidParameterValue, refusal.Error);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    private sealed class SmallDisk : IDisposable
    {
        internal SmallDisk()
        {
            if (Run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", Path) != 0)
            {
                throw new IOException("The small disk could not be mounted.");
            }
        }

        internal string Path { get; } = Directory.CreateTempSubdirectory("mlops-small-").FullName;

        public void Dispose()
        {
            Run("umount", Path);
            Directory.Delete(Path);
        }

        internal static int Run(string program, params string[] arguments)
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode;
        }
    }

    private sealed class SmallDiskFactAttribute : FactAttribute
    {
        private static readonly string? s_whyNot = WhyNot();

        public SmallDiskFactAttribute() => Skip = s_whyNot;

        private static string? WhyNot()
        {
            if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
            {
                return "A small disk is mounted by root on Linux.";
            }

            try
            {
                new SmallDisk().Dispose();
                return null;
            }
            catch (IOException)
            {
                return "Mounting is not allowed here.";
            }
        }
    }
}
