using System.Net;
using System.Text;
using System.Text.Json;
using MlOps.Tracking.Server;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Server;

/// <summary>A folder in MLflow's layout behind the server: its own addresses mean nothing to a client, and its own files are none of a client's business.</summary>
public sealed class ServerOnFolderTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-server-");
    private readonly ITrackingStore _store;
    private readonly TrackingServer _server;
    private readonly HttpClient _http;

    public ServerOnFolderTests()
    {
        _store = TrackingStore.Open($"file:{_folder.FullName}/mlruns");
        _server = TrackingServer.Start(_store, new ServerOptions { Port = 0 });
        _http = new HttpClient { BaseAddress = _server.Address };
    }

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
        _store.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Addresses_ShownToClients_AreReachable()
    {
        string run = _store.CreateRun(new NewRun()).Info.RunId;
        JsonElement info = (await GetAsync($"api/2.0/mlflow/runs/get?run_id={run}")).GetProperty("run").GetProperty("info");
        string path = $"api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/a/b.txt";

        using HttpResponseMessage put = await _http.PutAsync(path, new StringContent("hello"));

        Assert.Equal($"mlflow-artifacts:/0/{run}/artifacts", info.GetProperty("artifact_uri").GetString());
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal("hello", await _http.GetStringAsync(path));
        Assert.Equal("hello", await File.ReadAllTextAsync($"{_folder.FullName}/mlruns/0/{run}/artifacts/a/b.txt")); // where MLflow looks for it
        JsonElement list = await GetAsync($"api/2.0/mlflow/artifacts/list?run_id={run}&path=a");
        Assert.Equal($"mlflow-artifacts:/0/{run}/artifacts", list.GetProperty("root_uri").GetString());
        Assert.Equal("a/b.txt", list.GetProperty("files")[0].GetProperty("path").GetString());
        Assert.StartsWith("mlflow-artifacts:/0", (await GetAsync("api/2.0/mlflow/experiments/get?experiment_id=0")).GetProperty("experiment").GetProperty("artifact_location").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0/meta.yaml")]
    [InlineData("0/RUN/meta.yaml")]
    [InlineData("0/RUN/metrics/loss")]
    [InlineData("models/m/meta.yaml")]
    [InlineData("meta.yaml")]
    [InlineData("0/RUN/artifacts/../meta.yaml")]
    [InlineData("0/RUN/artifacts/%2e%2e/meta.yaml")]
    [InlineData("1/RUN/artifacts/x")] // not its experiment
    [InlineData("0/00000000000000000000000000000000/artifacts/x")]
    public async Task Proxy_FilesThatAreTheStore_AreOutOfReach(string path)
    {
        string run = _store.CreateRun(new NewRun()).Info.RunId;
        string target = "api/2.0/mlflow-artifacts/artifacts/" + path.Replace("RUN", run, StringComparison.Ordinal);
        var raw = new Uri(_server.Address.ToString() + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

        foreach (HttpMethod method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Put, HttpMethod.Delete])
        {
            using var request = new HttpRequestMessage(method, raw) { Content = method == HttpMethod.Put ? new StringContent("x") : null };
            using HttpResponseMessage answer = await _http.SendAsync(request);
            Assert.Contains(answer.StatusCode, (HttpStatusCode[])[HttpStatusCode.BadRequest, HttpStatusCode.NotFound]);
        }

        Assert.Equal(run, _store.GetRun(run).Info.RunId);
    }

    [Fact]
    public async Task Version_OfARunsFiles_IsKeptAsTheFolderKeepsIt()
    {
        string run = _store.CreateRun(new NewRun()).Info.RunId;
        _store.CreateModel("m");
        string source = $"mlflow-artifacts:/0/{run}/artifacts/model";

        using HttpResponseMessage made = await _http.PostAsync(
            "api/2.0/mlflow/model-versions/create", new StringContent($$"""{"name": "m", "source": "{{source}}", "run_id": "{{run}}"}""", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.Equal(source, (await GetAsync("api/2.0/mlflow/model-versions/get-download-uri?name=m&version=1")).GetProperty("artifact_uri").GetString());
        Assert.StartsWith("file:", _store.GetVersion("m", 1).Source, StringComparison.Ordinal);
        JsonElement found = await GetAsync("api/2.0/mlflow/model-versions/search?filter=" + Uri.EscapeDataString($"source_path = '{source}'"));
        Assert.Equal("1", found.GetProperty("model_versions")[0].GetProperty("version").GetString());
    }

    private async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await _http.GetStringAsync(path)).RootElement;
}
