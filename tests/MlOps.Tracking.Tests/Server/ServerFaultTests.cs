using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MlOps.Tracking.Server;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Server;

public sealed class ServerFaultTests
{
    [Fact]
    public async Task Request_OverTheLimit_Is413AndTheServerGoesOn()
    {
        using var served = new ServerOnSqlite(new ServerOptions { MaxRequestBytes = 1000 });
        string run = await served.NewRunAsync();

        (HttpStatusCode status, JsonElement json) = await served.PostAsync("runs/set-tag", $$"""{"run_id": "{{run}}", "key": "k", "value": "{{new string('x', 2000)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Equal("BAD_REQUEST", json.GetProperty("error_code").GetString());
        Assert.Equal(HttpStatusCode.OK, (await served.PostAsync("runs/set-tag", $$"""{"run_id": "{{run}}", "key": "k", "value": "v"}""")).Status);
    }

    [Fact]
    public async Task Request_InChunksWithoutLength_IsRead()
    {
        using var served = new ServerOnSqlite();
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/2.0/mlflow/experiments/create") { Content = new StringContent("""{"name": "in chunks"}""", Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = true;

        using HttpResponseMessage answer = await served.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotNull(served.Store.FindExperiment("in chunks"));
    }

    [Fact]
    public async Task OtherMethod_Is405AndNamesThoseThatGo()
    {
        using var served = new ServerOnSqlite();

        using HttpResponseMessage answer = await served.Http.PutAsync("api/2.0/mlflow/registered-models/alias", null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["DELETE", "GET", "POST"], answer.Content.Headers.Allow.Order());
    }

    [Theory]
    [InlineData("tags.a = 'x' or tags.b = 'y'", 400, 200)]
    [InlineData("not tags.a = 'x'", 400, 200)]
    [InlineData("(tags.a = 'x')", 400, 200)]
    [InlineData("tags.a is null or params.b is not null", 400, 200)]
    [InlineData("tags.a is null and params.b is not null", 200, 200)] // MLflow 3.11 has them
    [InlineData("tags.a = 'is null'", 200, 200)]
    public async Task Filter_BeyondMlflows_NeedsToBeAskedFor(string filter, int plain, int extended)
    {
        using var strict = new ServerOnSqlite();
        using var open = new ServerOnSqlite(new ServerOptions { ExtendedFilters = true });
        string query = $$"""{"experiment_ids": ["0"], "filter": "{{filter}}"}""";

        Assert.Equal(plain, (int)(await strict.PostAsync("runs/search", query)).Status);
        Assert.Equal(extended, (int)(await strict.PostAsync("runs/search", query.Replace("}", ", \"extended_filters\": true}", StringComparison.Ordinal))).Status);
        Assert.Equal(extended, (int)(await open.PostAsync("runs/search", query)).Status);
    }

    [Fact]
    public async Task Upload_ThatBreaksOff_LeavesNothing()
    {
        using var served = new ServerOnSqlite();
        string run = await served.NewRunAsync();
        using (var socket = new TcpClient("127.0.0.1", served.Address.Port))
        {
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"PUT /api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/half.bin HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n{new string('x', 100_000)}"));
            await socket.GetStream().FlushAsync();
            socket.Client.LingerState = new LingerOption(enable: true, seconds: 0); // a reset, as of a killed process
        }

        string artifacts = Path.Combine(served.Folder, "mlartifacts");
        for (int i = 0; i < 100 && Files().Any(); i++)
        {
            await Task.Delay(20); // the server learns of it a moment later
        }

        Assert.Empty(Files());
        Assert.Equal(HttpStatusCode.NotFound, (await served.Http.GetAsync($"get-artifact?run_id={run}&path=half.bin")).StatusCode);

        IEnumerable<string> Files() => Directory.Exists(artifacts) ? Directory.EnumerateFiles(artifacts, "*", SearchOption.AllDirectories) : [];
    }

    [Fact]
    public async Task Artifacts_LinkThatLeadsOut_IsRefused()
    {
        using var served = new ServerOnSqlite();
        string run = await served.NewRunAsync();
        string secret = Path.Combine(served.Folder, "secret.txt");
        await File.WriteAllTextAsync(secret, "secret");
        string folder = Path.Combine(served.Folder, "mlartifacts", "0", run, "artifacts");
        Directory.CreateDirectory(folder);
        File.CreateSymbolicLink(Path.Combine(folder, "link.txt"), secret);
        Directory.CreateSymbolicLink(Path.Combine(folder, "out"), served.Folder);

        foreach (string path in (string[])[$"get-artifact?run_id={run}&path=link.txt", $"api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/link.txt", $"api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/out/secret.txt"])
        {
            using HttpResponseMessage answer = await served.Http.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.BadRequest), (path, answer.StatusCode));
        }
    }

    [Fact]
    public async Task StoreThatFails_Is500WithoutStackTraceAndLoggedOnce()
    {
        List<string> log = [];
        using var served = new ServerOnSqlite(new ServerOptions { Log = log.Add });
        served.Store.Dispose();

        (HttpStatusCode status, JsonElement json) = await served.PostAsync("runs/create", """{"experiment_id": "0"}""");

        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal("INTERNAL_ERROR", json.GetProperty("error_code").GetString());
        Assert.DoesNotContain("   at ", json.GetProperty("message").GetString()!, StringComparison.Ordinal);
        Assert.Single(log);
    }

    [Fact]
    public async Task LogRequests_OnRequest_WritesOneLineWithoutItsQuery()
    {
        List<string> log = [];
        using var served = new ServerOnSqlite(new ServerOptions { Log = log.Add, LogRequests = true });

        await served.Http.GetAsync("api/2.0/mlflow/experiments/get?experiment_id=0");
        await served.Server.StopAsync();

        Assert.Contains("GET /api/2.0/mlflow/experiments/get 200", Assert.Single(log), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RestartInTheMiddleOfABatch_RepeatingClient_LosesAndDoublesNothing()
    {
        const int Batches = 60;
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mlops-server-");
        try
        {
            using ITrackingStore store = TrackingStore.Open($"sqlite:///{folder.FullName}/tracking.db");
            string run = store.CreateRun(new NewRun()).Info.RunId;
            var server = TrackingServer.Start(store, new ServerOptions { Port = 0, ShutdownTimeout = TimeSpan.Zero });
            Uri address = server.Address;
            using var http = new HttpClient { BaseAddress = address };

            Task client = Task.Run(async () =>
            {
                for (int batch = 0; batch < Batches; batch++)
                {
                    while (!await SendAsync(batch))
                    {
                        await Task.Delay(5); // as MLflow's client: again until it is answered
                    }
                }
            });
            for (int restart = 0; restart < 5; restart++)
            {
                await Task.Delay(15);
                server.Dispose();
                server = TrackingServer.Start(store, new ServerOptions { Port = address.Port, ShutdownTimeout = TimeSpan.Zero });
            }

            await client;
            server.Dispose();
            Assert.Equal(Enumerable.Range(0, Batches * 500).Select(step => (long)step), store.GetMetricHistory(run, "m").Select(point => point.Step));

            async Task<bool> SendAsync(int batch)
            {
                string metrics = string.Join(',', Enumerable.Range(batch * 500, 500).Select(step => $$"""{"key": "m", "value": {{step}}, "timestamp": {{step}}, "step": {{step}}}"""));
                try
                {
                    using HttpResponseMessage answer = await http.PostAsync(
                        "api/2.0/mlflow/runs/log-batch", new StringContent($$"""{"run_id": "{{run}}", "metrics": [{{metrics}}]}""", Encoding.UTF8, "application/json"));
                    return answer.StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Stop_WithAnUploadInFlight_FinishesIt()
    {
        using var served = new ServerOnSqlite();
        string run = await served.NewRunAsync();
        using var content = new SlowContent();
        Task<HttpResponseMessage> upload = served.Http.PutAsync($"api/2.0/mlflow-artifacts/artifacts/0/{run}/artifacts/slow.txt", content);
        await content.Begun;

        Task stop = served.Server.StopAsync();
        content.Finish();
        using HttpResponseMessage answer = await upload;
        await stop;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using Stream file = served.Store.OpenArtifacts(served.Store.GetRun(run).Info.ArtifactUri).OpenRead("slow.txt");
        Assert.Equal("first second", await new StreamReader(file).ReadToEndAsync());
    }

    private sealed class SlowContent : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Begun => _begun.Task;

        internal void Finish() => _finish.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("first "u8.ToArray());
            await stream.FlushAsync();
            _begun.SetResult();
            await _finish.Task;
            await stream.WriteAsync("second"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
