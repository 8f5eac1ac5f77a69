using System.Globalization;
using MlOps.Tracking;
using MlOps.Tracking.Stores;

namespace MlOps.Cli;

/// <summary>A run for a terminal.</summary>
internal static class RunDetails
{
    private const int LongestValue = 200;
    private const int MostFiles = 50;

    internal static IEnumerable<string> Lines(ITrackingStore store, Run run, CancellationToken cancellation)
    {
        yield return $"{run.Info.Name}  {run.Info.RunId}";
        string took = run.Duration is { } duration ? string.Create(CultureInfo.InvariantCulture, $", {duration.TotalSeconds:0.0} s") : "";
        string deleted = run.Info.Stage == LifecycleStage.Deleted ? ", deleted" : "";
        yield return string.Create(CultureInfo.InvariantCulture, $"{run.Info.Status.ToString().ToLowerInvariant()}{deleted}, started {DateTimeOffset.FromUnixTimeMilliseconds(run.Info.StartTime):yyyy-MM-dd HH:mm:ss} UTC{took}, experiment '{store.GetExperiment(run.Info.ExperimentId).Name}'");
        foreach (string line in Section("parameters", [.. run.Params.Select(param => (param.Key, Short(param.Value)))])
            .Concat(Section("metrics", [.. run.Metrics.Select(metric => (metric.Key, string.Create(CultureInfo.InvariantCulture, $"{metric.Value:G6}  at step {metric.Step}")))]))
            .Concat(Section("tags", [.. run.Tags.Select(tag => (tag.Key, Short(tag.Value)))]))
            .Concat(Section("data", [.. run.Inputs.Select(input => (input.Dataset.Name, $"{input.Dataset.Digest}  {Short(input.Dataset.Source)}"))]))
            .Concat(Files(store, run, cancellation)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Section(string title, (string Key, string Value)[] rows)
    {
        int width = rows.Select(row => row.Key.Length).DefaultIfEmpty().Max();
        return rows.Length == 0 ? [] : [title, .. rows.Select(row => $"  {row.Key.PadRight(width)}  {row.Value}")];
    }

    private static IEnumerable<string> Files(ITrackingStore store, Run run, CancellationToken cancellation)
    {
        string[] files;
        try
        {
            files = [.. Below(store.OpenArtifacts(run.Info.ArtifactUri), null, cancellation).Take(MostFiles + 1)];
        }
        catch (TrackingException away) // the run is known even where its files cannot be reached, such as in a bucket
        {
            return [$"files at {run.Info.ArtifactUri}: {away.Message}"];
        }

        return files.Length == 0 ? [] : [$"files at {run.Info.ArtifactUri}", .. files.Take(MostFiles), .. files.Length > MostFiles ? ["  and more"] : Array.Empty<string>()];
    }

    private static IEnumerable<string> Below(IArtifactStore store, string? folder, CancellationToken cancellation)
    {
        foreach (ArtifactFile file in store.List(folder, cancellation))
        {
            if (!file.IsFolder)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"  {file.Path}  {file.Size:N0} bytes");
                continue;
            }

            foreach (string below in Below(store, file.Path, cancellation))
            {
                yield return below;
            }
        }
    }

    private static string Short(string text)
    {
        string line = text.ReplaceLineEndings("⏎");
        return line.Length <= LongestValue ? line : line[..LongestValue] + "…";
    }
}
