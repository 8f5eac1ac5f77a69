namespace MlOps.Tracking.Tests.Server;

/// <summary>Modules of the page that compute something, called in the browser with values worked out by hand.</summary>
[Collection(PageGroup.Name)]
public sealed class PageModuleTests(PageFixture page)
{
    [ChromiumFact]
    public async Task Csv_QuotesAndLineEnds_AreReadAsRfc4180Says()
    {
        ChromiumTab tab = await OpenAsync();
        Assert.Equal(
            """[["a","b,c"],["1","x \"y\"\nz"],["",""],["end"]]""",
            await JsonAsync(tab, "lib/csv.js", """readCsv('a,"b,c"\r\n1,"x ""y""\nz"\n,\nend', ',', 10)"""));
        Assert.Equal("""[["a"]]""", await JsonAsync(tab, "lib/csv.js", """readCsv('a\nb', ',', 1)"""));
    }

    [ChromiumFact]
    public async Task Numbers_AreWrittenShortAndExact()
    {
        ChromiumTab tab = await OpenAsync();
        Assert.Equal(
            """["0","12,345","0.123457","−2.5","1e−7","1.5e12","NaN","∞","−∞"]""",
            await JsonAsync(tab, "lib/format.js", "[0, 12345, 0.1234567, -2.5, 1e-7, 1.5e12, toNumber('NaN'), toNumber('Infinity'), toNumber('-Infinity')].map(number)"));
        Assert.Equal(
            """["250 ms","12.0 s","2 min 5 s","3 h 0 min","2 d 1 h","–"]""",
            await JsonAsync(tab, "lib/format.js", "[250, 12_000, 125_000, 10_800_000, 176_400_000, NaN].map(duration)"));
        Assert.Equal("\"line … (3 lines)\"", await JsonAsync(tab, "lib/format.js", """brief('line\nb\nc')"""));
    }

    [ChromiumFact]
    public async Task Scales_TicksAreRoundAndPlacesLinearInValueOrItsLogarithm()
    {
        ChromiumTab tab = await OpenAsync();
        Assert.Equal("""["0","2","4","6","8","10"]""", await JsonAsync(tab, "charts/scale.js", "linear([0, 10], 0, 100, 5).marks.map(mark => mark.text)"));
        Assert.Equal("[0,25,100]", await JsonAsync(tab, "charts/scale.js", "[0, 2.5, 10].map(linear([0, 10], 0, 100).place)"));
        Assert.Equal("[0,50,100]", await JsonAsync(tab, "charts/scale.js", "[1, 100, 10000].map(logarithmic([1, 10000], 0, 100).place)"));
        Assert.Equal("[50,true]", await JsonAsync(tab, "charts/scale.js", "[linear([7, 7], 0, 100).place(7), Number.isFinite(logarithmic([7, 7], 0, 100).place(7))]")); // one value stands in the middle
    }

    [ChromiumFact]
    public async Task Thinning_KeepsEveryColumnsLowestAndHighest()
    {
        ChromiumTab tab = await OpenAsync();
        const string Points = "Array.from({ length: 10_000 }, (_, i) => [i / 100, i === 5555 ? 99 : i === 7777 ? -99 : Math.sin(i)])";
        Assert.Equal("[true,true,true]", await JsonAsync(tab, "charts/thin.js", $"(kept => [kept.length <= 4 * 102, kept.some(p => p[1] === 99), kept.some(p => p[1] === -99)])(thin({Points}, 200))"));
        Assert.Equal("""{"parts":[[[0,1]],[[3,2],[4,3]]],"gaps":2}""", await JsonAsync(tab, "charts/thin.js", "segments([[0, 1], [1, NaN], [2, Infinity], [3, 2], [4, 3]], p => Number.isFinite(p[1]))"));
    }

    [ChromiumFact]
    public async Task Periods_FollowRenamesRollbacksAndDeletions()
    {
        ChromiumTab tab = await OpenAsync();
        const string Log = """
            [
              { time: 1, model: 'old', action: 'AliasSet', target: 'champion', version: 1 },
              { time: 2, model: 'other', action: 'AliasSet', target: 'champion', version: 9 },
              { time: 3, model: 'old', action: 'ModelRenamed', target: 'new' },
              { time: 4, model: 'new', action: 'AliasSet', target: 'champion', version: 2 },
              { time: 5, model: 'new', action: 'Refused', target: 'champion', version: 3 },
              { time: 6, model: 'new', action: 'RolledBack', target: 'champion', version: 1 },
              { time: 7, model: 'new', action: 'AliasSet', target: 'challenger', version: 3 },
              { time: 8, model: 'new', action: 'VersionDeleted', version: 3 },
            ]
            """;
        Assert.Equal(
            """[["champion",1,1,4],["champion",2,4,6],["champion",1,6,null],["challenger",3,7,8]]""",
            await JsonAsync(tab, "lib/periods.js", $"periodsOf(entriesOf({Log}, 'new')).map(p => [p.alias, p.version, p.from, p.until])"));
        Assert.Equal("[1,1]", await JsonAsync(tab, "lib/periods.js", $"[1, 86_400_001].map(day => onDay([{{ from: 5, until: 86_400_002 }}], day).length)")); // it touches both days
    }

    [ChromiumFact]
    public async Task Curve_OfManyPoints_IsReadInPagesAndDrawnThin()
    {
        string run = page.Store.CreateRun(new NewRun(Experiment.DefaultId) { Name = "long" }).Info.RunId;
        for (int from = 0; from < 45_000; from += 1000) // more than two pages of 20,000
        {
            page.Store.LogBatch(run, [.. Enumerable.Range(from, 1000).Select(step => new Metric("loss", step % 7, 1, step))], [], []);
        }

        page.Store.UpdateRun(run, RunStatus.Finished, 2);
        ChromiumTab tab = await page.OpenAsync($"#/compare?run={run}");
        await tab.UntilShownAsync("45,000 points");
        Assert.True((int)(await tab.EvaluateAsync("document.querySelector('#curves path.line').getAttribute('d').length"))! < 100_000); // 45,000 points would take 600,000 letters
        Assert.Empty(tab.Complaints);
    }

    private async Task<ChromiumTab> OpenAsync()
    {
        ChromiumTab tab = await page.OpenAsync("#/nowhere");
        await tab.UntilShownAsync("There is no such page.");
        return tab;
    }

    /// <summary>Evaluates an expression over the exports of a module and returns its value as JSON.</summary>
    private static async Task<string> JsonAsync(ChromiumTab tab, string module, string expression) =>
        (string)(await tab.EvaluateAsync($"import('./static/{module}').then(({{ readCsv, number, toNumber, duration, brief, linear, logarithmic, thin, segments, periodsOf, entriesOf, onDay }}) => JSON.stringify({expression}))"))!;
}
