using System.Globalization;
using System.Text.RegularExpressions;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary>Between the addresses that a store keeps and those that clients can reach: <c>mlflow-artifacts:/EXPERIMENT/RUN/artifacts</c>.</summary>
/// <remarks>
/// A database store keeps such addresses itself. A folder store keeps <c>file:</c> addresses, which mean nothing on a client's machine: those under its
/// folder are shown as <c>mlflow-artifacts:</c>, and taken back when a client sends them. What lies elsewhere is shown as it is.
/// </remarks>
internal sealed partial class ArtifactAddresses
{
    internal const string Scheme = "mlflow-artifacts:";
    private const int MostSteps = 10; // from models:/a/1 to models:/b/2 and so on

    private readonly ITrackingStore _store;
    private readonly string? _folder; // of a folder store, with a separator at its end

    internal ArtifactAddresses(ITrackingStore store)
    {
        _store = store;
        string address = store.Address;
        bool isFolder = address.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || !address.Contains("://", StringComparison.Ordinal);
        _folder = isFolder ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(LocalPath(address))) + Path.DirectorySeparatorChar : null;
    }

    /// <summary>Gets a value indicating whether the store is a folder.</summary>
    internal bool IsFolder => _folder is not null;

    /// <summary>What clients see.</summary>
    internal string Shown(string address) =>
        _folder is not null && IsLocal(address) && Path.GetFullPath(LocalPath(address)) is { } path && path.StartsWith(_folder, StringComparison.Ordinal)
            ? $"{Scheme}/{path[_folder.Length..].Replace('\\', '/')}"
            : address;

    /// <summary>What the store keeps.</summary>
    internal string Stored(string address) =>
        _folder is not null && Rest(address) is { } rest ? new Uri(Path.Combine(_folder, rest)).AbsoluteUri : address;

    /// <summary>A filter with the addresses that it compares as the store keeps them.</summary>
    internal string? StoredFilter(string? filter) =>
        _folder is null || filter is null ? filter : ComparedAddress.Replace(filter, match => match.Groups["before"].Value + new Uri(_folder).AbsoluteUri);

    [GeneratedRegex(@"(?<before>\b(?:source_path|artifact_uri)\s*(?:=|!=|LIKE|ILIKE)\s*['""])mlflow-artifacts:/", RegexOptions.IgnoreCase)]
    private static partial Regex ComparedAddress { get; }

    /// <summary>Opens the files at an address of a run or a version.</summary>
    internal IArtifactStore Open(string address) => _store.OpenArtifacts(Stored(SafePath.CheckedAddress(address, "artifact_uri")));

    /// <summary>
    /// Opens what a path below <c>mlflow-artifacts:/</c> is in, and returns the path from there. In a folder store only files of runs can be reached:
    /// the others are the store itself.
    /// </summary>
    internal (IArtifactStore Files, string Path) Proxied(string path)
    {
        if (_folder is null)
        {
            return (_store.OpenArtifacts(Scheme + "/"), path);
        }

        if (path.Split('/', 4) is not [{ } experiment, { } run, "artifacts", ..] parts)
        {
            throw TrackingLimits.Invalid($"Invalid path '{path}': files of a run are at EXPERIMENT/RUN/artifacts/….");
        }

        RunInfo info = _store.GetRun(run).Info;
        return info.ExperimentId == experiment
            ? (_store.OpenArtifacts(info.ArtifactUri), parts.Length > 3 ? parts[3] : "")
            : throw new TrackingException(TrackingError.ResourceDoesNotExist, $"Run '{run}' is not in experiment '{experiment}'.");
    }

    /// <summary>Follows <c>models:/NAME/VERSION</c> and <c>models:/NAME@ALIAS</c> to where the files are.</summary>
    internal string SourceOf(ModelVersion version, LoggedModels models)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            if (!version.Source.StartsWith("models:/", StringComparison.Ordinal))
            {
                return version.Source;
            }

            string target = version.Source["models:/".Length..].TrimStart('/');
            int slash = target.LastIndexOf('/');
            int at = target.LastIndexOf('@');
            if (slash < 0 && at < 0)
            {
                return (string)models.Get(target)["info"]!["artifact_uri"]!; // MLflow 3: models:/m-…
            }

            version = at > slash
                ? VersionEndpoints.ByAlias(_store, target[..at], target[(at + 1)..])
                : slash > 0 && int.TryParse(target.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    ? _store.GetVersion(target[..slash], number)
                    : throw TrackingLimits.Invalid($"'{version.Source}' names no version of a model: models:/NAME/VERSION and models:/NAME@ALIAS do.");
        }

        throw TrackingLimits.Invalid($"The source of version {version.Version} of '{version.Name}' goes round in circles.");
    }

    /// <summary>Refuses sources that would let a client read files that are none of its own.</summary>
    internal void CheckSource(string source, string? runId)
    {
        _ = SafePath.CheckedAddress(source, "source");
        if (!IsLocal(source))
        {
            return;
        }

        string path = Path.GetFullPath(LocalPath(source));
        string? within = runId is not null && _store.GetRun(runId).Info.ArtifactUri is { } uri && IsLocal(uri) ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(LocalPath(uri))) : null;
        if (within is null || !(path == within || path.StartsWith(within + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
        {
            throw TrackingLimits.Invalid($"Invalid model version source: '{source}'. A local path must lie in the artifact folder of the run that 'run_id' names.");
        }
    }

    private static bool IsLocal(string address) =>
        address.StartsWith("file:", StringComparison.OrdinalIgnoreCase) || address.IndexOf(':', StringComparison.Ordinal) is -1 or 1 || address.IndexOfAny(['/', '\\']) is 0;

    private static string LocalPath(string address)
    {
        if (!address.StartsWith("file:", StringComparison.OrdinalIgnoreCase))
        {
            return address;
        }

        return address.StartsWith("file:/", StringComparison.OrdinalIgnoreCase) && Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? uri.LocalPath : address["file:".Length..];
    }

    /// <summary>The path of an <c>mlflow-artifacts:</c> address, without the server's name if it has one; null if it is another kind of address.</summary>
    private static string? Rest(string address)
    {
        if (!address.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        string rest = address[Scheme.Length..];
        if (rest.StartsWith("//", StringComparison.Ordinal))
        {
            int path = rest.IndexOf('/', 2);
            rest = path < 0 ? "" : rest[path..];
        }

        return rest.TrimStart('/');
    }
}
