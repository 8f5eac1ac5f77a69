using System.Text.Json.Nodes;
using MlOps.Kernel.Site;
using MlOps.Tracking.Tests.Server;

namespace MlOps.Cli.Tests.Site;

/// <summary>The course's own site, written once from the stored notebooks, with one more page whose run failed; and a browser to look at it.</summary>
public sealed class SiteUnderTest : IDisposable
{
    internal const string FailedPage = "week99-failed";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-own-site-");
    private readonly string? _axe;

    public SiteUnderTest()
    {
        if (!Directory.Exists(WebAssets))
        {
            return; // the tests are skipped
        }

        IReadOnlyList<SitePage> pages = CourseSiteFiles.Pages([]);
        Weeks = [.. pages.Select(page => page.Slug)];
        SitePage smallest = pages.MinBy(page => page.Notebook.ToJson().Length)!;
        CourseSite.Write([.. pages, smallest with { Slug = FailedPage, Succeeded = false }], WebAssets, Root, CourseSiteFiles.Options());
        _axe = File.Exists(AxeFile) ? File.ReadAllText(AxeFile) : null;
    }

    internal static string WebAssets => Path.Combine(MlopsCommand.RepositoryRoot, "eng", "web", "node_modules");

    internal static string AxeFile => Path.Combine(MlopsCommand.RepositoryRoot, "tests", "MlOps.Course.Tests", "Tools", "node_modules", "axe-core", "axe.min.js");

    internal string Root => Path.Combine(_folder.FullName, "site");

    /// <summary>Gets the slugs of the written weeks.</summary>
    internal IReadOnlyList<string> Weeks { get; } = [];

    internal ChromiumBrowser Browser { get; } = new();

    internal string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    internal Uri Address(string slug) => new(Path.Combine(Root, slug + ".html"));

    /// <summary>Opens a page from disk, as a reader does, and waits until its scripts are through.</summary>
    internal async Task<ChromiumTab> OpenAsync(string slug, int width = 1280, int height = 900, int hurry = 1, string first = "")
    {
        ChromiumTab tab = await Browser.OpenAsync(Address(slug), width, height, hurry, first);
        await tab.UntilAsync("document.readyState === 'complete' && document.querySelector('.search input')");
        return tab;
    }

    /// <summary>What axe-core finds serious or critical on a page: rule, impact, places.</summary>
    internal async Task<IReadOnlyList<string>> ViolationsAsync(ChromiumTab tab)
    {
        await tab.EvaluateAsync($"{_axe}; true");
        // No preload: axe would fetch the style sheets, which a page from disk may not.
        JsonNode? found = await tab.EvaluateAsync(
            """
            axe.run(document, { resultTypes: ['violations'], preload: false }).then(result => result.violations
                .filter(violation => ['serious', 'critical'].includes(violation.impact))
                .map(violation => `${violation.id} (${violation.impact}): ${violation.nodes.slice(0, 3).map(node => node.html).join(' and ')}`))
            """);
        return [.. found!.AsArray().Select(violation => (string)violation!)];
    }

    public void Dispose()
    {
        Browser.Dispose();
        _folder.Delete(recursive: true);
    }
}

/// <summary>The site is written once for all of its tests.</summary>
[CollectionDefinition(Name)]
public sealed class SiteCollection : ICollectionFixture<SiteUnderTest>
{
    internal const string Name = "the course's site";
}
