using MlOps.Tracking.Registry;

namespace MlOps.Tracking.Tests.Server;

/// <summary>The page's registry: versions, gates, what was in use when, and the chain of the promotion log, whose hashes the browser computes itself.</summary>
[Collection(PageGroup.Name)]
public sealed class RegistryPageTests(PageFixture page)
{
    [ChromiumFact]
    public async Task Registry_ShowsVersionsGatesAndAWholeChain()
    {
        IReadOnlyList<PromotionEntry> log = page.Store.GetPromotionLog();
        ChromiumTab tab = await page.OpenAsync("#/models");
        await tab.UntilShownAsync("champion → v1");
        await tab.GoAsync("#/models/churn");
        await tab.UntilShownAsync($"The chain is whole: {log.Count} entries");
        await tab.UntilShownAsync($"Last hash {log[^1].Hash[..12]}"); // computed in the browser, and equal to the store's
        string text = await tab.TextAsync("main");
        Assert.Contains("✗ failed acc: 0.84 is below 0.9", text, StringComparison.Ordinal);
        Assert.Contains("rolled champion back to version 1 (from version 2)", text, StringComparison.Ordinal);
        Assert.Equal(3, await tab.CountAsync("#timeline .period")); // 1, 2, 1 again
        Assert.Contains("champion: version 1", await tab.TextAsync("#in-use"), StringComparison.Ordinal);
        await tab.GoAsync("#/models/churn?on=2020-01-01");
        await tab.UntilShownAsync("No alias was set on that day.");
        await tab.GoAsync("#/models/churn/versions/2");
        await tab.UntilShownAsync("churn, version 2");
        Assert.Contains("✓ passed acc: 0.95 is at least 0.9", await tab.TextAsync("main"), StringComparison.Ordinal);
        Assert.Equal(1, await tab.CountAsync("#periods tbody tr"));
        Assert.Empty(tab.Complaints);
    }

    [ChromiumFact]
    public async Task Chain_AnEntryChanged_IsFound()
    {
        ChromiumTab tab = await page.OpenAsync("#/promotions");
        await tab.UntilShownAsync("The chain is whole");
        const string Check = """
            (async change => {
              const { checkChain } = await import('./static/lib/chain.js');
              const { entries } = await (await fetch('api/2.0/mlops/promotions')).json();
              change(entries);
              return (await checkChain(entries)).text;
            })
            """;
        Assert.Equal("The chain is broken: entry 2 was changed after it was written.", (string?)await tab.EvaluateAsync($"{Check}(entries => entries[1].actor = 'mallory')"));
        Assert.Equal("The chain is broken: entry 2 is missing.", (string?)await tab.EvaluateAsync($"{Check}(entries => entries.splice(1, 1))"));
        Assert.Equal("The chain is broken: entry 1 was changed after it was written.", (string?)await tab.EvaluateAsync($"{Check}(entries => entries[0].version = 7)"));
        Assert.Equal("The chain is broken: entry 3 does not follow the one before it.", (string?)await tab.EvaluateAsync($"{Check}(entries => entries[2].previous_hash = '0'.repeat(64))"));
    }
}
