using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.Json;
using MlOps.Tracking.Artifacts;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Rest;

/// <summary>Files that a server hands on: <c>/api/2.0/mlflow-artifacts</c>.</summary>
/// <remarks>
/// Files go up and down piece by piece. A download that breaks off, or has another length than was told, is a <c>TrackingException</c> while it is read, never a short file.
/// An upload is repeated only if its stream can go back to where it began. That a file is visible only when whole is the server's work. Thread-safe.
/// </remarks>
/// <param name="server">The server.</param>
/// <param name="root">The folder on it, with slashes and percent signs as in its address.</param>
internal sealed class RestArtifacts(RestConnection server, string root) : IArtifactStore
{
    /// <summary>The path under which a server hands on files.</summary>
    internal const string Api = "api/2.0/mlflow-artifacts/artifacts";

    private readonly string[] _root = Uri.UnescapeDataString(root).Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <inheritdoc/>
    public void Write(string path, Stream content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        string address = AddressOf(path);
        long start = content.CanSeek ? content.Position : 0;
        var request = new RestRequest(HttpMethod.Put, address)
        {
            AtMostOnce = !content.CanSeek,
            Upload = limit => new UploadContent(content, start, limit, server.Options.Timeout),
        };
        try
        {
            using RestAnswer? answer = server.Open(request, cancellationToken);
        }
        catch (UploadSourceException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerException!);
        }
    }

    /// <inheritdoc/>
    public Stream OpenRead(string path, CancellationToken cancellationToken = default)
    {
        string address = AddressOf(path);
        try
        {
            return new DownloadStream(server.Open(new RestRequest(HttpMethod.Get, address) { Streams = true, TakesInternalErrors = true }, cancellationToken)!, path, server.Options, cancellationToken);
        }
        catch (TrackingException e) when (e.Error is TrackingError.ResourceDoesNotExist or TrackingError.InternalError)
        {
            if (IsFile(path, cancellationToken))
            {
                throw;
            }

            // MLflow's servers answer 500 for a file that is not there, and for a folder.
            throw new TrackingException(TrackingError.ResourceDoesNotExist, $"There is no artifact '{path}' under {string.Join('/', _root)} on {server.Options.Shown}.", e);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ArtifactFile> List(string? path = null, CancellationToken cancellationToken = default)
    {
        string[] parts = string.IsNullOrEmpty(path) ? [] : ArtifactPath.Parts(path);
        string prefix = parts.Length == 0 ? "" : path + "/";
        var request = new RestRequest(HttpMethod.Get, RestRequest.Query(Api, ("path", string.Join('/', [.. _root, .. parts]))));
        ArtifactFile[] files = server.Read(request, json => json.List("files"u8, file => FileOf(file, prefix)), cancellationToken)!;
        Array.Sort(files, static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return files;
    }

    /// <inheritdoc/>
    public void Delete(string path, CancellationToken cancellationToken = default) => server.Send(new RestRequest(HttpMethod.Delete, AddressOf(path)), cancellationToken);

    private static ArtifactFile FileOf(JsonElement json, string prefix)
    {
        string name = json.NeededText("path"u8);
        if (name.Contains('/', StringComparison.Ordinal) || name is "." or "..")
        {
            throw new JsonException($"'{name}' is no name of a file"); // it would become a path on this machine
        }

        return json.Flag("is_dir"u8) ? new ArtifactFile(prefix + name, true, null) : new ArtifactFile(prefix + name, false, json.Whole("file_size"u8));
    }

    private string AddressOf(string path)
    {
        var text = new StringBuilder(Api);
        foreach (string part in (string[])[.. _root, .. ArtifactPath.Parts(path)])
        {
            text.Append('/').Append(Uri.EscapeDataString(part));
        }

        return text.ToString();
    }

    private bool IsFile(string path, CancellationToken cancellationToken)
    {
        int slash = path.LastIndexOf('/');
        return List(slash < 0 ? null : path[..slash], cancellationToken).Any(file => file.Path == path && !file.IsFolder);
    }
}
