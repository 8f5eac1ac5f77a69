using MlOps.Tracking.Tests.Server;

namespace MlOps.Cli.Tests.Site;

/// <summary>The course's own site in a real browser, opened from disk: accessible, and what a reader does with it.</summary>
[Collection(SiteCollection.Name)]
public sealed class SiteBrowserTests(SiteUnderTest site)
{
    private const string DeniedStorage = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('denied', 'SecurityError'); } });";
    private const string Dark = "document.documentElement.dataset.theme = 'dark'; document.dispatchEvent(new CustomEvent('themechange'))";

    private const string Week = "week12-monitoring-and-drift";

    [SiteFact]
    public async Task EveryPage_WideAndLight_HasNoSeriousViolation()
    {
        foreach (string page in (string[])["index", .. site.Weeks, SiteUnderTest.FailedPage, "week12-exercises", "drift"])
        {
            ChromiumTab tab = await site.OpenAsync(page);
            AssertNone(page, await site.ViolationsAsync(tab));
            Assert.Empty(tab.Complaints);
        }
    }

    /// <summary>The largest weeks stand for all here: the pages share their colours and their styles, and a look at a week takes two seconds.</summary>
    [SiteFact]
    public async Task Pages_NarrowAndDarkWithAllAnswers_HaveNoSeriousViolation()
    {
        foreach (string page in (string[])["index", .. site.Weeks.OrderByDescending(week => site.Read(week + ".html").Length).Take(3), SiteUnderTest.FailedPage, "week12-exercises", "drift"])
        {
            ChromiumTab tab = await site.OpenAsync(page, width: 360, height: 740);
            await tab.EvaluateAsync($"{Dark}; document.querySelector('.show-all input')?.click(); document.querySelectorAll('details').forEach(fold => fold.open = true)");
            AssertNone(page, await site.ViolationsAsync(tab));
            Assert.True((bool)(await tab.EvaluateAsync("document.documentElement.scrollWidth <= innerWidth"))!, $"{page} is wider than a phone.");
        }
    }

    [SiteFact]
    public async Task Violations_PageWithFaults_AreFound()
    {
        ChromiumTab tab = await site.OpenAsync("drift");
        await tab.EvaluateAsync("document.querySelector('h1').insertAdjacentHTML('afterend', '<p style=\"color: #aaa; background: #fff\">too pale</p><img src=\"data:,\">')");

        IReadOnlyList<string> found = await site.ViolationsAsync(tab);
        Assert.Contains(found, violation => violation.StartsWith("color-contrast (serious)", StringComparison.Ordinal));
        Assert.Contains(found, violation => violation.StartsWith("image-alt (critical)", StringComparison.Ordinal));
    }

    [SiteFact]
    public async Task Prediction_UntilRevealed_CoversTheAnswerAndIsKept()
    {
        ChromiumTab tab = await site.OpenAsync(Week);
        const string Button = ".predict button", Answer = "document.querySelector('.answer')";
        Assert.Equal("false", (string?)await tab.EvaluateAsync($"document.querySelector('{Button}').getAttribute('aria-expanded')"));
        Assert.False(await VisibleAsync(tab, ".answer .cell-code"));

        await tab.EvaluateAsync("{ const field = document.querySelector('.predict textarea'); field.value = 'it will not'; field.dispatchEvent(new Event('input')); }");
        await tab.ClickAsync(Button);
        Assert.Equal("true", (string?)await tab.EvaluateAsync($"document.querySelector('{Button}').getAttribute('aria-expanded')"));
        Assert.True(await VisibleAsync(tab, ".answer .cell-code"));
        await tab.EvaluateAsync($"{Answer}.scrollIntoView()");
        await tab.UntilAsync("document.querySelector('.answer .chart-box.drawn .main-svg')"); // a chart that was covered is drawn once it is there

        await GoAsync(tab, Week);
        Assert.Equal("it will not", (string?)await tab.EvaluateAsync("document.querySelector('.predict textarea').value"));
        Assert.True(await VisibleAsync(tab, ".answer .cell-code"));
        await tab.ClickAsync(Button);
        Assert.False(await VisibleAsync(tab, ".answer .cell-code"));

        await tab.ClickAsync(".show-all input");
        Assert.Equal(0, await tab.CountAsync(".answer[hidden]"));
        Assert.Empty(tab.Complaints);
    }

    [SiteFact]
    public async Task Page_OnPaper_ShowsAnswersAndPicturesAndNoControls()
    {
        ChromiumTab tab = await site.OpenAsync(Week);
        await tab.EvaluateAsync(Dark);
        await tab.SendAsync("Emulation.setEmulatedMedia", new() { ["media"] = "print" });

        await tab.UntilAsync("document.querySelector('.answer .cell-code').checkVisibility()"); // from the next frame on
        Assert.True(await VisibleAsync(tab, ".answer img.chart-picture"));
        foreach (string selector in (string[])[".bar", ".toc", ".predict-controls", ".chart-plot", "footer", ".copy"])
        {
            Assert.False(await VisibleAsync(tab, selector), selector);
        }

        Assert.Equal("light", (string?)await tab.EvaluateAsync("getComputedStyle(document.documentElement).colorScheme"));
        Assert.True((int)(await tab.EvaluateAsync("Math.max(...[...document.querySelectorAll('pre')].filter(box => box.clientWidth > 0).map(box => box.scrollWidth - box.clientWidth))"))! <= 1, "Code is cut on paper.");
    }

    [SiteFact]
    public async Task Page_WithoutJavaScript_ShowsEverything()
    {
        ChromiumTab tab = await site.Browser.OpenAsync(new Uri("about:blank"));
        await tab.SendAsync("Emulation.setScriptExecutionDisabled", new() { ["value"] = true });
        await tab.SendAsync("Page.navigate", new() { ["url"] = site.Address(Week).AbsoluteUri });
        await tab.UntilAsync("document.readyState === 'complete' && document.querySelector('footer')");

        Assert.True(await VisibleAsync(tab, ".answer .cell-code"));
        Assert.True(await VisibleAsync(tab, ".answer img.chart-picture"));
        Assert.False(await VisibleAsync(tab, ".search"));
        Assert.Equal(0, await tab.CountAsync(".predict textarea"));
    }

    [SiteFact]
    public async Task Progress_OfALesson_ShowsOnTheOverviewUntilItIsForgotten()
    {
        ChromiumTab tab = await site.OpenAsync(Week, hurry: 50);
        await tab.EvaluateAsync("document.getElementById('1-three-things-can-shift').scrollIntoView()");
        await tab.UntilAsync("document.querySelector('.toc a.read[href=\"#1-three-things-can-shift\"]')");
        await tab.EvaluateAsync("[...document.querySelectorAll('.content details')].at(-1).open = true");
        await tab.UntilAsync("courseProgress.page(document.body.dataset.page).selfCheck");

        await GoAsync(tab, "index");
        string row = $".week[data-page=\"{Week}\"]";
        Assert.Contains("self-check", await tab.TextAsync(row + " .week-progress"), StringComparison.Ordinal);
        Assert.Equal("Go on with Week 12: Monitoring and drift", await tab.TextAsync(".start"));
        double before = (double)(await tab.EvaluateAsync($"document.querySelector('{row} progress').value"))!;
        await tab.EvaluateAsync($"document.querySelector('{row} .exercises').parentElement.open = true");
        await tab.ClickAsync(row + " [data-exercise=\"12.2\"] input");
        Assert.Contains("1 of 7 exercises", await tab.TextAsync(row + " .week-progress"), StringComparison.Ordinal);
        Assert.Equal(before + 1, (double)(await tab.EvaluateAsync($"document.querySelector('{row} progress').value"))!);

        await GoAsync(tab, Week);
        await tab.ClickAsync(".read-state button");
        await GoAsync(tab, "index");
        int sections = (int)(await tab.EvaluateAsync($"JSON.parse(document.querySelector('{row}').dataset.sections).length"))!;
        Assert.Contains($"{sections} of {sections} sections", await tab.TextAsync(row + " .week-progress"), StringComparison.Ordinal);

        await tab.EvaluateAsync("window.confirm = () => true");
        await tab.ClickAsync(".reset button");
        Assert.False(await VisibleAsync(tab, row + " .week-progress"));
        Assert.Equal("Start with", (await tab.TextAsync(".start"))[..10]);
        Assert.Null(await tab.EvaluateAsync("localStorage.getItem('course-progress')"));
        Assert.Empty(tab.Complaints);
    }

    [SiteFact]
    public async Task Exercise_ThatWasChecked_ShowsWhatTheCheckFoundWhateverWasTicked()
    {
        const string Checked = "localStorage.setItem('course-progress', '{\"exercises\":{\"12.3\":true}}'); Object.defineProperty(window, 'courseChecks', { value: { '12.1': [1, 1], '12.3': [0.5, 1.75] }, writable: false });";
        ChromiumTab tab = await site.OpenAsync("index", first: Checked);
        string row = $".week[data-page=\"{Week}\"] ";

        Assert.True((bool)(await tab.EvaluateAsync($"document.querySelector('{row}[data-exercise=\"12.1\"] input').checked"))!);
        Assert.False((bool)(await tab.EvaluateAsync($"document.querySelector('{row}[data-exercise=\"12.3\"] input').checked"))!);
        Assert.Contains("1 of 7 exercises", await tab.TextAsync(row + ".week-progress"), StringComparison.Ordinal);
        await tab.EvaluateAsync($"document.querySelector('{row}.exercises').parentElement.open = true");
        Assert.Contains("your last check: 0.5 of 1.75", await tab.TextAsync(row + "[data-exercise=\"12.3\"]"), StringComparison.Ordinal);
    }

    [SiteFact]
    public async Task Page_WhereStorageIsDenied_WorksAsLongAsItIsOpen()
    {
        ChromiumTab tab = await site.OpenAsync(Week, first: DeniedStorage);
        await tab.ClickAsync(".predict button");
        Assert.True(await VisibleAsync(tab, ".answer .cell-code"));
        await tab.ClickAsync(".read-state button");
        Assert.Contains("Mark them as not read", await tab.TextAsync(".read-state"), StringComparison.Ordinal);

        await GoAsync(tab, "index");
        Assert.False(await VisibleAsync(tab, ".week-progress"));
        Assert.Empty(tab.Complaints);
    }

    [SiteFact]
    public async Task Search_FromTheKeyboard_FindsASectionAndGoesThere()
    {
        ChromiumTab tab = await site.OpenAsync("index");
        await tab.PressAsync("/");
        await tab.UntilAsync("document.activeElement === document.querySelector('.search input')");
        await TypeAsync(tab, "page hinkley");
        await tab.UntilAsync("document.querySelectorAll('[role=option]').length > 1");
        Assert.Contains("Week 12 · Monitoring and drift", await tab.TextAsync("[role=listbox]"), StringComparison.Ordinal);
        Assert.Equal("result-0", (string?)await tab.EvaluateAsync("document.activeElement.getAttribute('aria-activedescendant')"));
        AssertNone("search", await site.ViolationsAsync(tab));
        await tab.PressAsync("ArrowDown");
        await tab.PressAsync("ArrowUp");
        await tab.PressAsync("ArrowUp"); // from the first to the last
        Assert.Equal("true", (string?)await tab.EvaluateAsync("[...document.querySelectorAll('[role=option]')].at(-1).getAttribute('aria-selected')"));
        await tab.PressAsync("ArrowDown");
        string heading = await tab.TextAsync("#result-0 strong");
        await tab.PressAsync("Enter");
        await Task.Delay(200); // the page that is left would answer once more
        await tab.UntilAsync("location.hash && document.readyState === 'complete'");
        Assert.Equal(heading, await tab.TextAsync("h2:target, h3:target"));

        await tab.PressAsync("/");
        await TypeAsync(tab, "<img src=x onerror=alert(1)>qqq");
        await tab.UntilAsync("document.querySelector('.search [role=status]').textContent === 'Nothing found'");
        await tab.PressAsync("Escape");
        Assert.Equal("", (string?)await tab.EvaluateAsync("document.querySelector('.search input').value"));
        Assert.Empty(tab.Complaints);
    }

    private static Task TypeAsync(ChromiumTab tab, string text) => tab.SendAsync("Input.insertText", new() { ["text"] = text });

    private static async Task<bool> VisibleAsync(ChromiumTab tab, string selector) =>
        (bool)(await tab.EvaluateAsync($"document.querySelector({ChromiumTab.Quote(selector)})?.checkVisibility({{ contentVisibilityAuto: true }}) ?? false"))!;

    /// <summary>Loads a page anew, as a link or a reload does.</summary>
    private async Task GoAsync(ChromiumTab tab, string slug)
    {
        await tab.SendAsync("Page.navigate", new() { ["url"] = "about:blank" });
        await tab.SendAsync("Page.navigate", new() { ["url"] = site.Address(slug).AbsoluteUri });
        await tab.UntilAsync("location.protocol === 'file:' && document.readyState === 'complete' && document.querySelector('.search input')");
    }

    private static void AssertNone(string page, IReadOnlyList<string> violations) =>
        Assert.True(violations.Count == 0, $"{page}: {string.Join('\n', violations)}");
}
