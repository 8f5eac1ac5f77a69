using System.Net;
using MlOps.Drift.Dashboards;
using MlOps.Drift.Monitoring;

namespace MlOps.Drift.Tests.Dashboards;

public sealed class LivePageTests : IDisposable
{
    private readonly ModelMonitor _monitor = MadeMonitor.Create();
    private readonly LivePage _page;
    private readonly HttpClient _browser;

    public LivePageTests()
    {
        _page = LivePage.Start(_monitor);
        _browser = new HttpClient { BaseAddress = _page.Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public void Dispose()
    {
        _browser.Dispose();
        _page.Dispose();
        _monitor.Dispose();
    }

    [Fact]
    public async Task Root_Get_IsThePageAndFollowsTheMonitor()
    {
        string before = await _browser.GetStringAsync(new Uri("/part", UriKind.Relative));
        var from = new DateTimeOffset(2025, 5, 1, 0, 0, 0, TimeSpan.Zero);
        _monitor.Run(Batch.Of(new MlOps.Data.Table(MlOps.Data.Column.Of("income", new[] { 0.5 })), from, from.AddDays(1)));
        string after = await _browser.GetStringAsync(new Uri("/part", UriKind.Relative));

        Assert.DoesNotContain("2025-05-02", before, StringComparison.Ordinal);
        Assert.Contains("2025-05-02", after, StringComparison.Ordinal);
        Assert.Contains("setInterval", await _browser.GetStringAsync(_page.Address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_Get_HasThePrometheusContentType()
    {
        using HttpResponseMessage answer = await _browser.GetAsync(new Uri("/metrics", UriKind.Relative));

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.GetValues("Content-Type").Single());
        string text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("model_feature_drift_score{", text, StringComparison.Ordinal);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownPath_Get_IsNotFound()
    {
        using HttpResponseMessage answer = await _browser.GetAsync(new Uri("/../etc/passwd", UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Root_Post_IsRefused()
    {
        using var nothing = new StringContent("");
        using HttpResponseMessage answer = await _browser.PostAsync(_page.Address, nothing);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task Root_UnderAnotherHostName_IsRefused()
    {
        // What a page elsewhere would send whose name was bent to 127.0.0.1.
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_page.Address, "/part"));
        request.Headers.Host = "attacker.example";
        using HttpResponseMessage answer = await _browser.SendAsync(request);

        Assert.False(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
    }

    [Fact]
    public void Start_PortThatIsTaken_NamesIt() =>
        Assert.Contains($"Port {_page.Address.Port}", Assert.Throws<IOException>(() => LivePage.Start(_monitor, _page.Address.Port)).Message, StringComparison.Ordinal);

    [Fact]
    public void Start_TooOften_Throws() =>
        Assert.Equal("refresh", Assert.Throws<ArgumentOutOfRangeException>(() => LivePage.Start(_monitor, 0, TimeSpan.Zero)).ParamName);
}
