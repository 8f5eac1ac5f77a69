using MlOps.Tracking.Server;

namespace MlOps.Tracking.Tests.Server;

/// <summary>The page when something is wrong: hostile texts, a server that is gone, a token, a narrow window.</summary>
[Collection(PageGroup.Name)]
public sealed class PageFaultTests(PageFixture page)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [ChromiumFact]
    public async Task HostileNames_StayText()
    {
        ChromiumTab tab = await page.OpenAsync("#/");
        await tab.UntilShownAsync("sweep");
        foreach (string hash in (string[])
            [$"#/experiments/{page.HostileExperiment}", $"#/runs/{page.HostileRun}", $"#/runs/{page.HostileRun}?file={Uri.EscapeDataString("<b>name&'.txt")}", $"#/compare?run={page.HostileRun}&run={page.Runs[0]}",
             "#/models/%3Cb%3Emodel", "#/models/%3Cb%3Emodel/versions/1", "#/promotions", "#/search?q=%3Cimg", "#/models"])
        {
            await tab.GoAsync(hash);
            await tab.UntilAsync("document.body.innerText.includes('<img') || document.body.innerText.includes('<b>')");
            Assert.Equal(0, await tab.CountAsync("main script, main img[onerror], main b b, main a[href^=javascript]"));
            Assert.DoesNotContain("owned", (string?)await tab.EvaluateAsync("document.title.replaceAll(/<.*>/g, '')"), StringComparison.Ordinal);
            Assert.True((bool)(await tab.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth"))!, $"{hash} is wider than the window");
        }

        Assert.Empty(tab.Complaints);
    }

    [ChromiumFact]
    public async Task Files_AreShownAsTextTablesAndPicturesButNeverRun()
    {
        string run = $"#/runs/{page.Runs[0]}?file=";
        ChromiumTab tab = await page.OpenAsync(run + "note.txt");
        await tab.UntilAsync("document.querySelector('#preview pre')?.innerText === 'first\\nsecond'");
        await tab.GoAsync(run + "conf.json");
        await tab.UntilAsync("document.querySelector('#preview pre')?.innerText.includes('    \"lr\": 0.1')");
        await tab.GoAsync(run + "tables/small.csv");
        await tab.UntilAsync("[...document.querySelectorAll('#preview-table th, #preview-table td')].map(cell => cell.innerText).join('|') === 'a|b, c|1|x \"y\"'");
        await tab.GoAsync(run + "pic.svg");
        await tab.UntilAsync("document.querySelector('#preview img')?.naturalWidth === 30");
        await tab.GoAsync(run + "report.html");
        await tab.UntilAsync("document.querySelector('#preview iframe')");
        Assert.Equal("", (string?)await tab.EvaluateAsync("document.querySelector('#preview iframe').getAttribute('sandbox')"));
        await Task.Delay(300); // time for what must not happen
        Assert.DoesNotContain("owned", (string?)await tab.EvaluateAsync("document.title"), StringComparison.Ordinal);
    }

    [ChromiumFact]
    public async Task NarrowWindow_NothingIsWiderThanIt()
    {
        ChromiumTab tab = await page.OpenAsync("#/", width: 390);
        await tab.UntilShownAsync("sweep");
        foreach (string hash in (string[])[$"#/experiments/{page.Sweep}", $"#/runs/{page.Runs[0]}", page.Compare("&metric=loss"), "#/models/churn", "#/promotions"])
        {
            await tab.GoAsync(hash);
            Assert.True((bool)(await tab.EvaluateAsync("document.documentElement.scrollWidth <= 390"))!, $"{hash} is wider than the window");
        }
    }

    [ChromiumFact]
    public async Task Missing_IsSaidInPlace()
    {
        ChromiumTab tab = await page.OpenAsync("#/runs/00000000000000000000000000000000");
        await tab.UntilAsync("document.querySelector('h1')?.innerText === 'Not found'");
        await tab.GoAsync("#/nowhere");
        await tab.UntilShownAsync("There is no such page.");
    }

    [ChromiumFact]
    public async Task Server_GoneAndBack_IsSaidAndMended()
    {
        TrackingServer server = TrackingServer.Start(page.Store, new ServerOptions { Port = 0 });
        int port = server.Address.Port;
        ChromiumTab tab = await page.Browser.OpenAsync(server.Address, hurry: 20);
        await tab.UntilShownAsync("sweep");
        await server.DisposeAsync();
        await tab.EvaluateAsync("location.hash = '#/models'");
        await tab.UntilShownAsync("The server does not answer.");
        await tab.UntilShownAsync("sweep"); // what was shown stays
        await using (TrackingServer.Start(page.Store, new ServerOptions { Port = port }))
        {
            await tab.UntilAsync("document.querySelector('h1').innerText === 'Models' && document.querySelector('#offline').hidden");
        }
    }

    [ChromiumFact]
    public async Task Token_IsAskedForOnceAndSent()
    {
        await using TrackingServer server = TrackingServer.Start(page.Store, new ServerOptions { Port = 0, Token = "geheim-1" });
        ChromiumTab tab = await page.Browser.OpenAsync(server.Address);
        await tab.UntilAsync("document.querySelector('#token').open");
        await tab.EvaluateAsync("document.querySelector('#token-text').value = 'wrong'; document.querySelector('#token button').click()");
        await tab.UntilAsync("document.querySelector('#token').open && document.querySelector('#token-why').innerText.includes('not accepted')");
        await tab.EvaluateAsync("document.querySelector('#token-text').value = 'geheim-1'; document.querySelector('#token button').click()");
        await tab.UntilShownAsync("sweep");
        await tab.GoAsync($"#/runs/{page.Runs[0]}?file=note.txt");
        await tab.UntilAsync("document.querySelector('#preview pre')?.innerText === 'first\\nsecond' && document.querySelector('button#download')");
        Assert.Equal(0, await tab.CountAsync("#token[open]"));
    }

    [Fact]
    public async Task Page_EveryFile_ComesWithTheRulesForBrowsers()
    {
        await using TrackingServer server = TrackingServer.Start(page.Store, new ServerOptions { Port = 0, Token = "secret" }); // the page itself needs none
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = s_patience };
        foreach ((string path, string type) in ((string, string)[])[("", "text/html"), ("static/app.js", "text/javascript"), ("static/page.css", "text/css"), ("static/charts/curves.js", "text/javascript")])
        {
            using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative));
            Assert.True(answer.IsSuccessStatusCode, path);
            Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
            Assert.Contains("default-src 'none'", string.Join(' ', answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        }
    }
}
