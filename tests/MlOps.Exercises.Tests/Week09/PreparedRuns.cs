using MlOps.Tracking;
using MlOps.Tracking.Stores;

namespace MlOps.Exercises.Tests.Week09;

/// <summary>A run that a filter is tried on; null where it logged nothing.</summary>
internal sealed record PreparedRun(string Name, string? Family = "boosting", double? Auc = 0.8, string? Depth = "6", double? Loss = 0.4, RunStatus Status = RunStatus.Finished);

/// <summary>A store of prepared runs that a student's filter searches.</summary>
internal static class PreparedRuns
{
    /// <summary>Returns the names of the runs that a filter finds, in ordinal order.</summary>
    internal static string[] Find(string filter, params PreparedRun[] runs)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-filter-");
        try
        {
            using ITrackingStore store = TrackingStore.Open(folder.FullName);
            foreach (PreparedRun run in runs)
            {
                string id = store.CreateRun(new NewRun { Name = run.Name }).Info.RunId;
                Param[] parameters = [.. new[] { ("family", run.Family), ("depth", run.Depth) }.Where(pair => pair.Item2 is not null).Select(pair => new Param(pair.Item1, pair.Item2!))];
                Metric[] metrics = [.. new[] { ("auc", run.Auc), ("loss", run.Loss) }.Where(pair => pair.Item2 is not null).Select(pair => new Metric(pair.Item1, pair.Item2!.Value, 0))];
                store.LogBatch(id, metrics, parameters, []);
                store.UpdateRun(id, run.Status);
            }

            return [.. store.SearchRuns(new RunQuery([Experiment.DefaultId]) { Filter = filter }).Items.Select(run => run.Info.Name).Order(StringComparer.Ordinal)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
