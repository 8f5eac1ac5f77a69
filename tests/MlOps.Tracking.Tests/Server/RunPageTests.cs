namespace MlOps.Tracking.Tests.Server;

/// <summary>The server's page in a real browser, over a real server and a small store: experiments, runs, files, comparison. What it must show follows from what <see cref="PageFixture"/> logged.</summary>
[Collection(PageGroup.Name)]
public sealed class RunPageTests(PageFixture page)
{
    [ChromiumFact]
    public async Task Experiments_AreListedWithTheirRuns()
    {
        ChromiumTab tab = await page.OpenAsync("#/");
        await tab.UntilShownAsync("sweep");
        await tab.UntilAsync("[...document.querySelectorAll('#experiments tr')].some(row => row.innerText.includes('sweep') && row.innerText.includes('120'))"); // 112 + 8
        Assert.Equal(1, await tab.CountAsync("h1"));
        Assert.Empty(tab.Complaints);
    }

    [ChromiumFact]
    public async Task Runs_APage_HoldsAHundredAndTheNextTheRest()
    {
        ChromiumTab tab = await page.OpenAsync($"#/experiments/{page.Sweep}");
        await tab.UntilShownAsync("Runs 1–100 of 120");
        Assert.Equal(100, await tab.CountAsync("#runs tbody tr"));
        Assert.Equal("run-0", await tab.TextAsync("#runs tbody tr a")); // the latest start
        Assert.Contains("↳ run-1", await tab.TextAsync("#runs tbody tr:nth-child(2)"), StringComparison.Ordinal); // its child below it
        await tab.ClickAsync("#page-next");
        await tab.UntilShownAsync("Runs 101–120 of 120");
        Assert.Equal(20, await tab.CountAsync("#runs tbody tr"));
        await tab.EvaluateAsync("history.back()");
        await tab.UntilShownAsync("Runs 1–100 of 120");
        Assert.Empty(tab.Complaints);
    }

    [ChromiumFact]
    public async Task Runs_ColumnsThatDiffer_AreShownAndSortTheServersWay()
    {
        ChromiumTab tab = await page.OpenAsync($"#/experiments/{page.Sweep}?filter={Uri.EscapeDataString("metrics.acc > 0")}");
        await tab.UntilShownAsync("Runs 1–8 of 8");
        string head = await tab.TextAsync("#runs thead");
        Assert.Contains("acc", head, StringComparison.Ordinal);
        Assert.Contains("lr", head, StringComparison.Ordinal);
        Assert.DoesNotContain("seed", head, StringComparison.Ordinal); // 42 in all
        await tab.ClickAsync("[id='sort-metrics.acc']");
        await tab.UntilAsync("document.querySelector('#runs tbody tr a').innerText === 'run-7'");
        Assert.Equal("descending", (string?)await tab.EvaluateAsync("document.querySelector('[id=\"sort-metrics.acc\"]').closest('th').getAttribute('aria-sort')"));
        await tab.ClickAsync("[id='sort-metrics.acc']");
        await tab.UntilAsync("document.querySelector('#runs tbody tr a').innerText === 'run-0'");
        await tab.ClickAsync("[id='columns-params.seed']");
        await tab.UntilAsync("document.querySelector('#runs thead').innerText.includes('seed')");
        Assert.Empty(tab.Complaints);
    }

    [ChromiumFact]
    public async Task Filter_Wrong_SaysWhyBesideTheBox()
    {
        ChromiumTab tab = await page.OpenAsync($"#/experiments/{page.Sweep}");
        await tab.UntilShownAsync("Runs 1–100");
        await tab.SubmitAsync("#filter", "metrics.acc >");
        await tab.UntilAsync("document.querySelector('#filter-error')?.innerText.length > 10");
        Assert.Equal("metrics.acc >", (string?)await tab.EvaluateAsync("document.querySelector('#filter').value"));
        await tab.SubmitAsync("#filter", "metrics.acc > 0.8 AND params.model = 'forest'"); // 0.5 + 0.05·i > 0.8 and i odd: 7 alone
        await tab.UntilShownAsync("Runs 1–1 of 1");
        Assert.Equal("run-7", await tab.TextAsync("#runs tbody tr a"));
        await tab.SubmitAsync("#filter", "metrics.acc > 0.8 OR (metrics.acc < 0.6 AND NOT params.model = 'forest')"); // 7, and 0 of 0 and 1: beyond MLflow's own grammar
        await tab.UntilShownAsync("Runs 1–2 of 2");
    }

    [ChromiumFact]
    public async Task Run_AtTheAddressThatPythonsClientPrints_IsShown()
    {
        ChromiumTab tab = await page.OpenAsync($"#/experiments/{page.Sweep}/runs/{page.Runs[3]}");
        await tab.UntilAsync("document.querySelector('h1').innerText.startsWith('run-3')");
        Assert.Empty(tab.Complaints);
    }

    [ChromiumFact]
    public async Task Runs_Ticked_LeadToTheirComparison()
    {
        ChromiumTab tab = await page.OpenAsync($"#/experiments/{page.Sweep}");
        await tab.ClickAsync($"#pick-{page.Runs[0]}");
        await tab.ClickAsync($"#pick-{page.Runs[3]}");
        await tab.ClickAsync("#compare");
        await tab.UntilShownAsync("Compare 2 runs");
        await tab.UntilAsync("document.querySelectorAll('#side thead th').length === 3");
        Assert.Contains("2 parameters of 3 differ.", await tab.TextAsync(".head"), StringComparison.Ordinal); // lr and model; seed does not
    }

    [ChromiumFact]
    public async Task Comparison_DrawsALineARunAndCountsGaps()
    {
        ChromiumTab tab = await page.OpenAsync(page.Compare("&metric=loss"));
        await tab.UntilAsync("document.querySelector('#curves svg.chart')");
        Assert.Equal(9, await tab.CountAsync("#curves .curve path.line")); // 8 runs, the one with NaN in two pieces
        Assert.Contains("2 values not finite, shown as gaps", await tab.TextAsync("#curves"), StringComparison.Ordinal);
        Assert.Equal(8, await tab.CountAsync("#parallel .run-line"));
        Assert.Equal(8, await tab.CountAsync("#scatter .point"));
        Assert.Equal(3, await tab.CountAsync("#parallel .label")); // lr, model, loss
        Assert.Contains("run-3: 20 points", (string?)await tab.EvaluateAsync("document.querySelector('#curves svg.chart').getAttribute('aria-label')"), StringComparison.Ordinal);

        await tab.EvaluateAsync("document.querySelector('#curves svg.chart').focus()");
        await tab.PressAsync("ArrowRight");
        await tab.UntilAsync("document.querySelector('#curves .readout').innerText.startsWith('Step 0. run-0: 1 ·')"); // exp(0)
        await tab.ClickAsync("#log");
        await tab.UntilShownAsync("2 values not finite or not above 0");
        Assert.Empty(tab.Complaints);
    }

    [ChromiumFact]
    public async Task Run_ShowsWhatWasLogged()
    {
        ChromiumTab tab = await page.OpenAsync($"#/runs/{page.Runs[0]}");
        await tab.UntilShownAsync("Metrics (2)");
        await tab.UntilAsync("document.querySelectorAll('#metrics svg.spark').length === 1"); // acc is one point, no curve
        string text = await tab.TextAsync("main");
        foreach (string expected in (string[])["Parameters (3)", "churn, version 1", "b904da50", "training", "note.txt", "tables/", "finished"])
        {
            Assert.Contains(expected, text, StringComparison.Ordinal);
        }

        Assert.Empty(tab.Complaints);
    }

    [ChromiumFact]
    public async Task RunningRun_IsFollowedWithoutLosingTheReadersPlace()
    {
        string run = page.Store.CreateRun(new NewRun(Experiment.DefaultId) { Name = "live" }).Info.RunId;
        page.Store.LogMetric(run, new Metric("loss", 2, 1));
        ChromiumTab tab = await page.OpenAsync($"#/runs/{run}", hurry: 20);
        await tab.UntilAsync("document.querySelector('#metrics td.number')?.innerText === '2'");
        await tab.EvaluateAsync("document.querySelector('#tags-tools').open = true");
        page.Store.LogMetric(run, new Metric("loss", 0.25, 2, 1));
        await tab.UntilAsync("document.querySelector('#metrics td.number').innerText === '0.25'");
        await tab.UntilAsync("document.querySelectorAll('#metrics svg.spark').length === 1");
        Assert.True((bool)(await tab.EvaluateAsync("document.querySelector('#tags-tools').open"))!);
        page.Store.UpdateRun(run, RunStatus.Finished, 3);
        await tab.UntilShownAsync("finished");
        Assert.Empty(tab.Complaints);
    }

    [ChromiumFact]
    public async Task Search_FindsNamesAndTakesFilters()
    {
        ChromiumTab tab = await page.OpenAsync("#/");
        await tab.UntilShownAsync("sweep");
        await tab.SubmitAsync("#find-text", "run-5");
        await tab.UntilAsync("document.querySelector('#found-runs')?.innerText.includes('run-5')");
        await tab.SubmitAsync("#find-text", "churn");
        await tab.UntilAsync("document.querySelector('main a[href=\"#/models/churn\"]')");
        await tab.SubmitAsync("#find-text", "metrics.acc > 0.8");
        await tab.UntilAsync("document.querySelectorAll('#found-runs tbody tr').length === 1"); // 0.5 + 0.05·7
        Assert.Empty(tab.Complaints);
    }
}
