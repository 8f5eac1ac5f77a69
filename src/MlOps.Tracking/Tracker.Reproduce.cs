using System.Text.Json;
using MlOps.Tracking.Capture;

namespace MlOps.Tracking;

public sealed partial class Tracker
{
    /// <summary>Compares what a run depended on with what is here now: the commit and whether the work tree was clean, the data sets' content, the seed, .NET, processor and packages.</summary>
    /// <param name="run">Of this tracker's store.</param>
    /// <exception cref="TrackingException">The store is away.</exception>
    public ReproductionReport Reproduce(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        ObjectDisposedException.ThrowIf(_disposed, this);
        return new ReproductionReport(run, [.. Code(run), .. Data(run), Seed(run), .. Surroundings(run)]);
    }

    private IEnumerable<ReproductionItem> Code(Run run)
    {
        string? then = run.Tag(CodeVersion.CommitKey);
        CodeVersion? now = CodeVersion.Of(Options.CodeFolder);
        yield return Compared("code", "commit", then, now?.Commit, then is null ? "work in a git work tree, and commit" : $"git checkout {then}");
        if (then is not null)
        {
            yield return (run.Tag(CodeVersion.DirtyKey), now?.IsDirty) switch
            {
                ("false", false) => new ReproductionItem("code", "changes", "none", "none", ReproductionStatus.Same),
                ("false", true) => new ReproductionItem("code", "changes", "none", "uncommitted changes", ReproductionStatus.Different, "commit or stash them"),
                ("false", null) => new ReproductionItem("code", "changes", "none", null, ReproductionStatus.Missing, "no git work tree is here"),
                ("true", _) => new ReproductionItem("code", "changes", "uncommitted changes", null, ReproductionStatus.Missing, "they were never committed: commit before a run that counts"),
                _ => new ReproductionItem("code", "changes", null, null, ReproductionStatus.Missing, "the run did not note whether files were changed"),
            };
        }
    }

    private static IEnumerable<ReproductionItem> Data(Run run)
    {
        foreach (Dataset dataset in run.Inputs.Select(input => input.Dataset).DistinctBy(dataset => (dataset.Name, dataset.Digest)))
        {
            if (Places(dataset).FirstOrDefault(path => File.Exists(path) || Directory.Exists(path)) is { } place)
            {
                yield return Compared("data", dataset.Name, dataset.Digest, ContentDigest.OfPath(place).Short, "get this version of the data back");
            }
            else
            {
                string advice = dataset.SourceType == "local" ? "the file is not where it was" : "it was in memory: compare the digest of the table you make again";
                yield return new ReproductionItem("data", dataset.Name, dataset.Digest, null, ReproductionStatus.Missing, advice);
            }
        }

        if (run.Inputs.Count == 0)
        {
            yield return new ReproductionItem("data", "sets", null, null, ReproductionStatus.Missing, "note them by run.Data(name, path)");
        }
    }

    /// <summary>Where a local data set was: its full path, and the path as it was given, from the working folder of today.</summary>
    private static string[] Places(Dataset dataset)
    {
        if (dataset.SourceType != "local")
        {
            return [];
        }

        try
        {
            using JsonDocument source = JsonDocument.Parse(dataset.Source);
            return source.RootElement.ValueKind != JsonValueKind.Object ? [] : [.. ((string[])["uri", "path"])
                .Select(key => source.RootElement.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "").Where(path => path.Length > 0)];
        }
        catch (JsonException)
        {
            return [dataset.Source]; // another client's: a plain path
        }
    }

    private static ReproductionItem Seed(Run run) => (run.Param("seed") ?? run.Param("random_state")) is { } seed
        ? new ReproductionItem("seed", "", seed, seed, ReproductionStatus.Same)
        : new ReproductionItem("seed", "", null, null, ReproductionStatus.Missing, "give one by StartRun(seed: …), and to what draws random numbers");

    private IEnumerable<ReproductionItem> Surroundings(Run run)
    {
        EnvironmentRecord? then = ReadEnvironment(run);
        if (then is null)
        {
            yield return new ReproductionItem("environment", EnvironmentRecord.ArtifactName, null, null, ReproductionStatus.Missing, "the run did not keep it");
            yield break;
        }

        EnvironmentRecord now = EnvironmentRecord.Now();
        foreach ((string name, string value) in then.Values)
        {
            yield return Compared("environment", name, value, now.Values.GetValueOrDefault(name), "");
        }

        foreach ((string name, string version) in then.Packages)
        {
            yield return Compared("package", name, version, now.Packages.GetValueOrDefault(name), "");
        }
    }

    private EnvironmentRecord? ReadEnvironment(Run run)
    {
        try
        {
            using Stream json = Store.OpenArtifacts(run.Info.ArtifactUri).OpenRead(EnvironmentRecord.ArtifactName);
            return EnvironmentRecord.Parse(json);
        }
        catch (TrackingException e) when (e.Error == TrackingError.ResourceDoesNotExist)
        {
            return null;
        }
        catch (JsonException)
        {
            return null; // another client's file of that name
        }
    }

    private static ReproductionItem Compared(string kind, string name, string? then, string? now, string advice)
    {
        ReproductionStatus status = then is null || now is null ? ReproductionStatus.Missing : then == now ? ReproductionStatus.Same : ReproductionStatus.Different;
        return new ReproductionItem(kind, name, then, now, status, status == ReproductionStatus.Same ? "" : advice);
    }
}
