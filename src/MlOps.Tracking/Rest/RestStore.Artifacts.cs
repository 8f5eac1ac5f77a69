using System.Collections.Concurrent;
using System.Globalization;
using MlOps.Tracking.Artifacts;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Rest;

/// <content>Where files are.</content>
internal sealed partial class RestStore
{
    private const int MostHops = 5; // a model's version, the model it logged, its run, their files
    private const string ProxyScheme = "mlflow-artifacts";
    private readonly ConcurrentDictionary<string, RestConnection> _artifactHosts = new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    /// <remarks>
    /// <c>runs:/RUN/PATH</c>, <c>models:/NAME/VERSION</c>, <c>models:/NAME@ALIAS</c> and MLflow 3's <c>models:/m-ID</c> are looked up. <c>mlflow-artifacts:/…</c> is read and written
    /// through the server. An address that names another server is used, but user, password and token of this one are not sent there.
    /// A local folder is used directly if it is there, or if the server runs on this machine. Everything else (S3, HDFS…) is out of reach: such a server must be started with <c>--serve-artifacts</c>.
    /// </remarks>
    public IArtifactStore OpenArtifacts(string artifactUri)
    {
        ArgumentException.ThrowIfNullOrEmpty(artifactUri);
        return OpenArtifacts(artifactUri, MostHops);
    }

    private IArtifactStore OpenArtifacts(string artifactUri, int hops)
    {
        if (hops == 0)
        {
            throw OutOfReach(artifactUri, "addresses lead from one to the next and to no files");
        }

        int colon = artifactUri.IndexOf(':', StringComparison.Ordinal);
        string scheme = colon > 1 ? artifactUri[..colon].ToLowerInvariant() : "file"; // one letter is a Windows drive
        switch (scheme)
        {
            case ProxyScheme:
                return OpenProxied(artifactUri);
            case "http" or "https":
                return OpenByAddress(artifactUri);
            case "file":
                return OpenLocal(artifactUri, colon > 1);
            case "runs":
                string[] parts = artifactUri[(colon + 1)..].TrimStart('/').Split('/', 2);
                string root = GetRun(parts[0]).Info.ArtifactUri;
                return OpenArtifacts(parts.Length > 1 ? $"{root.TrimEnd('/')}/{parts[1]}" : root, hops - 1);
            case "models":
                return OpenArtifacts(SourceOf(artifactUri, artifactUri[(colon + 1)..].TrimStart('/')), hops - 1);
            default:
                throw OutOfReach(artifactUri, $"the server keeps these files outside and does not hand them on. A server started with --serve-artifacts gives {ProxyScheme}: addresses");
        }
    }

    private string SourceOf(string artifactUri, string name)
    {
        if (IsLoggedModel(artifactUri))
        {
            return Get(GetOf("logged-models/" + Uri.EscapeDataString(name)), static json => json.Needed("model"u8).Needed("info"u8).NeededText("artifact_uri"u8));
        }

        int at = name.LastIndexOfAny(['/', '@']);
        ModelVersion? version = at < 1 ? null
            : name[at] == '@' ? GetVersionByAlias(name[..at], name[(at + 1)..])
            : int.TryParse(name.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? GetVersion(name[..at], number) : null;
        return version?.Source ?? throw OutOfReach(artifactUri, "models:/NAME/VERSION or models:/NAME@ALIAS is expected");
    }

    private static bool IsLoggedModel(string address) => address.StartsWith("models:/m-", StringComparison.Ordinal) && address.AsSpan(8).IndexOfAny('/', '@') < 0;

    private static TrackingException OutOfReach(string artifactUri, string reason) =>
        TrackingLimits.Invalid($"The artifacts at '{artifactUri}' cannot be reached from here: {reason}.");

    private RestArtifacts OpenProxied(string artifactUri)
    {
        string rest = artifactUri[(ProxyScheme.Length + 1)..];
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return new RestArtifacts(_server, rest.TrimStart('/'));
        }

        string[] parts = rest[2..].Split('/', 2);
        return new RestArtifacts(Server($"{_server.Options.Base.Scheme}://{parts[0]}", parts[0].Length == 0), parts.Length > 1 ? parts[1] : "");
    }

    private RestArtifacts OpenByAddress(string artifactUri)
    {
        int at = artifactUri.IndexOf('/' + RestArtifacts.Api, StringComparison.Ordinal);
        return at > 0
            ? new RestArtifacts(Server(artifactUri[..at], isThis: false), artifactUri[(at + RestArtifacts.Api.Length + 1)..].TrimStart('/'))
            : throw OutOfReach(artifactUri, $"it is no address of an MLflow server's files, which have /{RestArtifacts.Api} in them");
    }

    private LocalArtifacts OpenLocal(string artifactUri, bool isUri)
    {
        string folder = artifactUri;
        if (isUri)
        {
            string path = artifactUri["file:".Length..];
            folder = Uri.TryCreate(artifactUri, UriKind.Absolute, out Uri? uri) && path.StartsWith('/') ? uri.LocalPath : Uri.UnescapeDataString(path);
        }

        return Directory.Exists(folder) || _server.Options.Base.IsLoopback
            ? new LocalArtifacts(folder)
            : throw OutOfReach(artifactUri, $"it is a folder of the server's machine. Mount it here at the same path, or start the server with --serve-artifacts and make a new experiment");
    }

    /// <summary>Returns the connection to a server that an address of files names.</summary>
    private RestConnection Server(string address, bool isThis)
    {
        if (isThis || (Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && Uri.Compare(uri, _server.Options.Base, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0))
        {
            return _server;
        }

        return _artifactHosts.GetOrAdd(address, static (host, ours) => new RestConnection(ours with { Base = BaseOf(host), Authorization = null }), _server.Options);
    }

    private static Uri BaseOf(string address) => Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0 && uri.UserInfo.Length == 0
        ? uri
        : throw OutOfReach(address, "it names no server");
}
