using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Comparison;

/// <summary>A store in a folder of its own, and runs in it.</summary>
internal sealed class Runs : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-compare-");

    internal Runs() => Store = TrackingStore.Open($"sqlite:///{_folder.FullName}/runs.db");

    internal ITrackingStore Store { get; }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Delete(recursive: true);
    }

    internal string At(string name) => Path.Combine(_folder.FullName, name);

    internal Run Add(string name, (string Key, string Value)[]? parameters = null, params Metric[] metrics)
    {
        string id = Store.CreateRun(new NewRun { Name = name, StartTime = 1000 }).Info.RunId;
        Store.LogBatch(id, metrics, [.. (parameters ?? []).Select(pair => new Param(pair.Key, pair.Value))], []);
        Store.UpdateRun(id, RunStatus.Finished, 3500);
        return Store.GetRun(id);
    }
}
