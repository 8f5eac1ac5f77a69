using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MlOps.Tracking.Server;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Server;

/// <summary>A server over a new SQLite file in a folder of its own, and a client that says what it gets.</summary>
internal sealed class ServerOnSqlite : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-server-");
    private readonly ITrackingStore _store;
    private readonly TrackingServer _server;

    internal ServerOnSqlite(ServerOptions? options = null)
    {
        _store = TrackingStore.Open($"sqlite:///{Folder}/tracking.db");
        _server = TrackingServer.Start(_store, (options ?? new ServerOptions()) with { Port = options?.Port is { } port and not 5000 ? port : 0 });
        Http = new HttpClient { BaseAddress = _server.Address };
    }

    internal string Folder => _folder.FullName;

    internal HttpClient Http { get; }

    internal Uri Address => _server.Address;

    internal TrackingServer Server => _server;

    internal ITrackingStore Store => _store;

    public void Dispose()
    {
        Http.Dispose();
        _server.Dispose();
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    internal async Task<(HttpStatusCode Status, JsonElement Json)> PostAsync(string path, string json, Action<HttpRequestHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/2.0/mlflow/" + path) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        headers?.Invoke(request.Headers);
        using HttpResponseMessage response = await Http.SendAsync(request);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }

    internal async Task<string> NewRunAsync() =>
        (await PostAsync("runs/create", """{"experiment_id": "0"}""")).Json.GetProperty("run").GetProperty("info").GetProperty("run_id").GetString()!;
}
