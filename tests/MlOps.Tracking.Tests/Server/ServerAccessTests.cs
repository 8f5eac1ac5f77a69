using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MlOps.Tracking.Server;

namespace MlOps.Tracking.Tests.Server;

public sealed class ServerAccessTests
{
    private const string Experiment = "api/2.0/mlflow/experiments/get?experiment_id=0";

    [Theory]
    [InlineData(null, null, 401)]
    [InlineData("Bearer", "secret", 200)]
    [InlineData("bearer", "secret", 200)] // RFC 9110: the scheme's case does not matter
    [InlineData("Bearer", "Secret", 401)]
    [InlineData("Bearer", "secret2", 401)]
    [InlineData("Bearer", "", 401)]
    [InlineData("Basic", "anybody:secret", 200)]
    [InlineData("Basic", ":secret", 200)]
    [InlineData("Basic", "secret:anybody", 401)]
    [InlineData("Basic", "secret", 401)]
    [InlineData("Digest", "secret", 401)]
    public async Task AnyRequest_WithToken_NeedsIt(string? scheme, string? shown, int status)
    {
        using var served = new ServerOnSqlite(new ServerOptions { Token = "secret" });
        if (scheme is not null)
        {
            string value = scheme == "Basic" ? Convert.ToBase64String(Encoding.UTF8.GetBytes(shown!)) : shown!;
            served.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"{scheme} {value}");
        }

        foreach (string path in (string[])[Experiment, "api/2.0/mlflow-artifacts/artifacts", "api/2.0/mlops/promotions"])
        {
            using HttpResponseMessage answer = await served.Http.GetAsync(path);
            Assert.Equal(status, (int)answer.StatusCode);
            if (status == 401)
            {
                Assert.Contains("\"UNAUTHENTICATED\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.Single().Scheme);
            }
        }
    }

    [Fact]
    public async Task Health_WithToken_IsOpen()
    {
        using var served = new ServerOnSqlite(new ServerOptions { Token = "secret" });

        Assert.Equal("OK", await served.Http.GetStringAsync("health"));
        Assert.NotEmpty(await served.Http.GetStringAsync("version"));
    }

    [Fact]
    public async Task BasicThatIsNoBase64_WithToken_IsRefused()
    {
        using var served = new ServerOnSqlite(new ServerOptions { Token = "secret" });
        served.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Basic %%%");

        Assert.Equal(HttpStatusCode.Unauthorized, (await served.Http.GetAsync(Experiment)).StatusCode);
    }

    [Fact]
    public async Task WhatWrites_ReadOnly_IsRefusedAndChangesNothing()
    {
        using var served = new ServerOnSqlite(new ServerOptions { ReadOnly = true });
        (string Method, string Path)[] writing =
        [
            ("POST", "mlflow/experiments/create"), ("POST", "mlflow/experiments/delete"), ("POST", "mlflow/runs/create"), ("POST", "mlflow/runs/log-metric"), ("POST", "mlflow/runs/log-batch"),
            ("POST", "mlflow/runs/set-tag"), ("POST", "mlflow/runs/log-inputs"), ("POST", "mlflow/runs/log-model"), ("PATCH", "mlflow/registered-models/update"), ("DELETE", "mlflow/registered-models/delete"),
            ("POST", "mlflow/registered-models/alias"), ("DELETE", "mlflow/registered-models/alias"), ("POST", "mlflow/model-versions/create"), ("POST", "mlflow/model-versions/transition-stage"),
            ("PUT", "mlflow-artifacts/artifacts/0/x"), ("DELETE", "mlflow-artifacts/artifacts/0/x"), ("POST", "mlops/promotions/record"),
        ];
        foreach ((string method, string path) in writing)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "api/2.0/" + path) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
            using HttpResponseMessage answer = await served.Http.SendAsync(request);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, answer.StatusCode));
            Assert.Contains("\"PERMISSION_DENIED\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await served.PostAsync("runs/search", """{"experiment_ids": ["0"]}""")).Status);
        Assert.Equal(HttpStatusCode.OK, (await served.Http.GetAsync(Experiment)).StatusCode);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("localhost:5000", HttpStatusCode.OK)]
    [InlineData("[::1]:80", HttpStatusCode.OK)]
    [InlineData("tracking.example", HttpStatusCode.OK)] // allowed below
    public async Task Host_OnLoopback_MustBeThisMachine(string host, HttpStatusCode status)
    {
        using var served = new ServerOnSqlite(new ServerOptions { AllowedHosts = ["tracking.example"] });
        served.Http.DefaultRequestHeaders.Host = host;

        Assert.Equal(status, (await served.Http.GetAsync(Experiment)).StatusCode);
    }

    [Fact]
    public async Task PageOfAnotherOrigin_Writing_IsRefused()
    {
        using var served = new ServerOnSqlite();

        (HttpStatusCode foreign, _) = await served.PostAsync("runs/create", "{}", headers => headers.Add("Origin", "https://evil.example"));
        (HttpStatusCode sandboxed, _) = await served.PostAsync("runs/create", "{}", headers => headers.Add("Origin", "null"));
        (HttpStatusCode own, _) = await served.PostAsync("runs/create", "{}", headers => headers.Add("Origin", served.Address.GetLeftPart(UriPartial.Authority)));
        using HttpResponseMessage answer = await served.Http.GetAsync(Experiment);

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK), (foreign, sandboxed, own));
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public void Start_BeyondThisMachineWithoutToken_Refuses()
    {
        using var served = new ServerOnSqlite();

        var refusal = Assert.Throws<ArgumentException>(() => TrackingServer.Start(served.Store, new ServerOptions { Host = "0.0.0.0", Port = 0 }));
        Assert.Contains("token", refusal.Message, StringComparison.Ordinal);
        TrackingServer.Start(served.Store, new ServerOptions { Host = "0.0.0.0", Port = 0, Token = "secret" }).Dispose();
        TrackingServer.Start(served.Store, new ServerOptions { Host = "0.0.0.0", Port = 0, AllowUnprotected = true }).Dispose();
    }

    [Fact]
    public void Start_PortTaken_SaysSo()
    {
        using var served = new ServerOnSqlite();

        var failure = Assert.Throws<IOException>(() => TrackingServer.Start(served.Store, new ServerOptions { Port = served.Address.Port }));
        Assert.Contains(served.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("")]
    [InlineData("http://127.0.0.1")]
    public void Start_HostThatIsNoAddress_Refuses(string host)
    {
        using var served = new ServerOnSqlite();

        Assert.Throws<ArgumentException>(() => TrackingServer.Start(served.Store, new ServerOptions { Host = host }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("line\nend")]
    public void Start_TokenNoHeaderCanCarry_Refuses(string token)
    {
        using var served = new ServerOnSqlite();

        Assert.Throws<ArgumentException>(() => TrackingServer.Start(served.Store, new ServerOptions { Token = token }));
    }

    [Fact]
    public async Task Actor_BasicUserWithToken_IsInTheLog()
    {
        using var served = new ServerOnSqlite(new ServerOptions { Token = "secret" });
        served.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("grace:secret"u8));
        served.Store.CreateModel("m");
        served.Store.CreateVersion(new Tracking.Registry.NewModelVersion("m", "mlflow-artifacts:/0/x"));

        await served.PostAsync("registered-models/alias", """{"name": "m", "alias": "champion", "version": "1"}""");

        Assert.Equal("grace", served.Store.GetPromotionLog("m").Single().Actor);
    }
}
