using System.Text.RegularExpressions;
using MlOps.Kernel.Notebooks;
using MlOps.Kernel.Site;

namespace MlOps.Kernel.Tests.Site;

public sealed partial class CourseSiteTests : IDisposable
{
    private readonly SiteFolder _folder = new();

    private static NotebookFile Full => Lesson.Of(
        Lesson.Markdown("# Week 12 · Monitoring\n\n**About 60 min** · needs week 11\n\nA model is trained on one world and used in the next one.\n\nYou will be able to:\n\n- measure drift\n- set a threshold"),
        Lesson.Markdown("## First\n\n$x^2$\n\n### Inner\n\n## First\n\n[picture](https://example.org/) ![remote](https://example.org/a.png)"),
        Lesson.Code("Console.WriteLine(1);", Lesson.Stream("1\n"), Lesson.Chart()));

    [Fact]
    public void Write_OneWeek_GivesIndexPageNotebookAndAssets()
    {
        string index = _folder.Write(_folder.Page("week12-drift", Full));

        Assert.Equal(Path.Combine(_folder.Output, "index.html"), index);
        foreach (string file in new[] { "index.html", "week12-drift.html", "week12-drift.ipynb", "assets/plotly.min.js", "assets/katex/fonts/KaTeX_Main-Regular.woff2", "assets/site.css", "assets/charts.js" })
        {
            Assert.True(File.Exists(Path.Combine(_folder.Output, file)), file);
        }

        Assert.Equal(Full.ToJson(), _folder.Read("week12-drift.ipynb"));
        Assert.False(File.Exists(Path.Combine(_folder.Output, "assets/katex/fonts/KaTeX_Main-Regular.ttf")));
        Assert.DoesNotContain(".ttf", _folder.Read("assets/katex/katex.min.css"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SameInputTwice_GivesTheSameBytes()
    {
        _folder.Write(_folder.Page("week12-drift", Full), _folder.Page("week13-fair", Full));
        Dictionary<string, byte[]> first = Files();
        _folder.Write(_folder.Page("week13-fair", Full), _folder.Page("week12-drift", Full));

        Dictionary<string, byte[]> second = Files();
        Assert.Equal(first.Keys.Order(StringComparer.Ordinal), second.Keys.Order(StringComparer.Ordinal));
        Assert.All(first, file => Assert.Equal(file.Value, second[file.Key]));
    }

    [Fact]
    public void Write_AnyPage_LoadsNothingFromANetwork()
    {
        _folder.Write(_folder.Page("week12-drift", Full));

        foreach (string page in new[] { "index.html", "week12-drift.html" })
        {
            string html = _folder.Read(page);
            Assert.All(Loaded().Matches(html), match => Assert.Matches("^(assets/|week12-drift/|data:)", match.Groups["address"].Value));
            Assert.Contains("default-src 'none'", html, StringComparison.Ordinal);
            Assert.All(Loaded().Matches(html).Select(match => match.Groups["address"].Value).Where(address => address.StartsWith("assets/", StringComparison.Ordinal)),
                address => Assert.True(File.Exists(Path.Combine(_folder.Output, address)), address));
        }
    }

    [Fact]
    public void Write_AnyPage_HasOneH1AndAnchorsOfTheContentsThatExistOnce()
    {
        string html = _folder.PageOf(Full);

        Assert.Single(H1().Matches(html));
        string[] ids = [.. Ids().Matches(html).Select(match => match.Groups[1].Value)];
        Assert.Equal(ids.Length, ids.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        string contents = html[html.IndexOf("<nav class=\"toc\"", StringComparison.Ordinal)..html.IndexOf("<div class=\"content\"", StringComparison.Ordinal)];
        string[] targets = [.. Fragments().Matches(contents).Select(match => match.Groups[1].Value)];
        Assert.Equal(["first", "inner", "first-1"], targets);
        Assert.All(targets, target => Assert.Contains(target, ids));
    }

    [Fact]
    public void Write_AnyPage_FollowsTheSystemThemeAndOffersTheOther()
    {
        string html = _folder.PageOf(Full);

        Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
        Assert.Contains("name=\"color-scheme\" content=\"light dark\"", html, StringComparison.Ordinal);
        Assert.Contains("class=\"theme-toggle\"", html, StringComparison.Ordinal);
        Assert.Contains("[data-theme=\"dark\"]", _folder.Read("assets/site.css"), StringComparison.Ordinal);
        Assert.Contains("catch", _folder.Read("assets/theme.js"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_IndexOfAPlan_ListsWrittenAndUnwrittenWeeksInOrder()
    {
        SiteOptions options = new() { CourseTitle = "A <course>", Weeks = [new(13, "Responsible & fair"), new(12, "Plan's title"), new(1, "Systems")] };
        CourseSite.Write([_folder.Page("week12-drift", Full)], _folder.WebAssets, _folder.Output, options);

        string index = _folder.Read("index.html");
        Assert.Contains("A &lt;course&gt;", index, StringComparison.Ordinal);
        int[] places = [.. new[] { ">Systems<", ">Monitoring<", ">Responsible &amp; fair<" }.Select(text => index.IndexOf(text, StringComparison.Ordinal))];
        Assert.All(places, place => Assert.True(place > 0));
        Assert.Equal(places.Order(), places);
        Assert.Equal(2, Regex.Count(index, "not written yet"));
        Assert.DoesNotContain("Plan&#39;s title", index, StringComparison.Ordinal);
        Assert.Contains("<li>60 min</li>", index, StringComparison.Ordinal);
        Assert.Contains("A model is trained on one world", index, StringComparison.Ordinal);
        Assert.Contains("<li>set a threshold</li>", index, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_SeveralWeeks_LinksEachToItsNeighbours()
    {
        _folder.Write(_folder.Page("week13-fair", Full), _folder.Page("week11-edge", Full), _folder.Page("week12-drift", Full));

        string html = _folder.Read("week12-drift.html");
        Assert.Contains("rel=\"prev\" href=\"week11-edge.html\"", html, StringComparison.Ordinal);
        Assert.Contains("rel=\"next\" href=\"week13-fair.html\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", _folder.Read("week11-edge.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FailedRun_SaysSoOnThePageAndTheIndex()
    {
        _folder.Write(_folder.Page("week12-drift", Full, succeeded: false));

        Assert.Contains("did not reach its end", _folder.Read("week12-drift.html"), StringComparison.Ordinal);
        Assert.Contains("last run failed", _folder.Read("index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NotebookWithoutHeadings_IsCalledAfterItsSlug()
    {
        string html = _folder.PageOf(Lesson.Of(Lesson.Code("1", Lesson.Stream("1"))), "week03-data-versions");

        Assert.Contains("<h1>Data versions</h1>", html, StringComparison.Ordinal);
        Assert.Contains("Week 3", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"toc\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_NotebookWithoutCells_GivesAPage() =>
        Assert.Contains("<h1>Extra</h1>", _folder.PageOf(Lesson.Of(), "extra"), StringComparison.Ordinal);

    [Fact]
    public void Write_NoPages_GivesAnIndexOfThePlan()
    {
        string index = CourseSite.Write([], _folder.WebAssets, _folder.Output, new SiteOptions { Weeks = [new(1, "Systems")] });

        Assert.Contains("Systems", File.ReadAllText(index), StringComparison.Ordinal);
    }

    private Dictionary<string, byte[]> Files() =>
        Directory.EnumerateFiles(_folder.Output, "*", SearchOption.AllDirectories).ToDictionary(file => Path.GetRelativePath(_folder.Output, file), File.ReadAllBytes);

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex("""<(?:script|link|img|iframe|source|video|audio)\b[^>]*?\b(?:src|href)="(?<address>[^"]*)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Loaded();

    [GeneratedRegex("<h1[ >]")]
    private static partial Regex H1();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("href=\"#([^\"]*)\"")]
    private static partial Regex Fragments();
}
