using System.Text.Json;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Rest;

/// <summary>Any MLflow server, and ours, over MLflow's REST API 2.0.</summary>
/// <remarks>
/// Nothing is sent before the first call. Names, keys and limits are checked here, so that a request of several parts is refused whole or not at all.
/// <para>
/// Requests that fail on the way are sent again (see <see cref="RestConnection.Open"/>). What is logged may arrive twice without harm, since a point, a parameter and a tag have
/// no identity but their content. What is created has: it carries a tag <c>mlops.request</c> with a random value, by which the client finds it before it creates it once more.
/// The tag stays on the server and is not shown by this client. Deletions and renames are looked after likewise.
/// </para>
/// <para>
/// Servers differ. MLflow's database stores turn the infinities into ±1.8e308; servers before 3.0 cannot delete an experiment's tag (<c>EndpointNotFound</c>); no MLflow
/// server takes the user who registers a version, or filters beyond MLflow's grammar.
/// </para>
/// </remarks>
internal sealed partial class RestStore : ITrackingStore
{
    private readonly RestConnection _server;

    internal RestStore(RestConnection server) => _server = server;

    /// <inheritdoc/>
    public string Address => _server.Options.Shown;

    private TimeProvider Clock => _server.Options.Clock;

    /// <summary>Opens a server by its address.</summary>
    internal static RestStore Open(string address, StoreOptions options) => new(new RestConnection(RestOptions.Of(address, options, Environment.GetEnvironmentVariable)));

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.Dispose();
        foreach (RestConnection host in _artifactHosts.Values)
        {
            host.Dispose();
        }
    }

    private static RestRequest PostOf(string path, JsonBody body) => new(HttpMethod.Post, RestRequest.Api + path, body);

    private void Post(string path, JsonBody body) => _server.Send(PostOf(path, body));

    /// <summary>Posts what must not be done twice.</summary>
    private void PostOnce(string path, JsonBody body, Func<bool> happened) => _server.Send(PostOf(path, body) with { Happened = happened });

    private T Get<T>(RestRequest request, Func<JsonElement, T> read, CancellationToken cancellationToken = default) => _server.Read(request, read, cancellationToken)!;

    private static RestRequest GetOf(string path, params ReadOnlySpan<(string Name, string? Value)> query) => new(HttpMethod.Get, RestRequest.Query(RestRequest.Api + path, query));

    /// <summary>Posts a creation.</summary>
    /// <param name="path">The call.</param>
    /// <param name="body">What it carries, the tag of the request among it.</param>
    /// <param name="read">Reads what was created.</param>
    /// <param name="find">Returns what an earlier try has created; null if none has.</param>
    private T Create<T>(string path, JsonBody body, Func<JsonElement, T> read, Func<T?> find)
        where T : class
    {
        T? found = null;
        return _server.Read(PostOf(path, body) with { Happened = () => (found = find()) is not null }, read) ?? found!;
    }

    private static Tag RequestTag(out string request)
    {
        request = Guid.NewGuid().ToString("N");
        return new Tag(RestRows.RequestTag, request);
    }

    /// <summary>Returns whether something is gone.</summary>
    private static bool IsGone<T>(Func<T> get)
    {
        try
        {
            get();
            return false;
        }
        catch (TrackingException e) when (e.Error == TrackingError.ResourceDoesNotExist)
        {
            return true;
        }
    }

    private static string ViewOf(ViewType view) => view switch
    {
        ViewType.DeletedOnly => "DELETED_ONLY",
        ViewType.All => "ALL",
        _ => "ACTIVE_ONLY",
    };

    private static Page<T> PageOf<T>(JsonElement json, ReadOnlySpan<byte> list, Func<JsonElement, T> read) =>
        new(json.List(list, read), json.TextOrNull("next_page_token"u8) is { Length: > 0 } token ? token : null);
}
