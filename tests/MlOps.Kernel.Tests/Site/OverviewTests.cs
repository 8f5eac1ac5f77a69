using System.Text.Json;
using MlOps.Kernel.Notebooks;
using MlOps.Kernel.Site;

namespace MlOps.Kernel.Tests.Site;

/// <summary>What stands around the weeks: exercises, guides, the search's index, what checks have found.</summary>
public sealed class OverviewTests : IDisposable
{
    private readonly SiteFolder _folder = new();

    private static NotebookFile Drift => Lesson.Of(
        Lesson.Markdown("# Week 12 · Drift\n\nSee [the exercises](../exercises/week12/README.md) and [the guide](../docs/drift.md#psi)."),
        Lesson.Markdown("## 1. PSI\n\nA $p$ and **unstable** <b>population</b>.\n\n### By hand\n\n`q`"),
        Lesson.Code("new PageHinkley()"),
        Lesson.Markdown("## Check yourself\n\n1. Why?"));

    private SiteOptions Options => new()
    {
        Introduction = "For **you**.",
        Weeks =
        [
            new CourseWeek(12, "Drift") { ExercisePage = "week12-exercises", Exercises = [new("12.1", "What is <drift>?", 1), new("12.10", "More", 2.5)] },
            new CourseWeek(13, "Fair"),
        ],
        Documents =
        [
            new SiteDocument("week12-exercises", "# Week 12 · Exercises\n\n## 12.1 What is it?\n\nSay.\n\n## 12.10 More\n\nAnd [more](../../docs/drift.md).", Path.Combine(_folder.Root, "exercises/week12/README.md")),
            new SiteDocument("drift", "# Drift & you\n\n## PSI\n\nIn nats.", Path.Combine(_folder.Root, "docs/drift.md")),
        ],
        Checks = [new ExerciseCheck("12.1", 0.5, 1)],
    };

    [Fact]
    public void Write_Exercises_AreListedWithPointsAndLeadToTheirStatements()
    {
        string index = Write();

        Assert.Contains("<li data-exercise=\"12.1\"><a href=\"week12-exercises.html#121-what-is-it\"><span class=\"exercise-id\">12.1</span> What is &lt;drift&gt;?</a> <span class=\"points\">1 point</span>", index, StringComparison.Ordinal);
        Assert.Contains("<a href=\"week12-exercises.html#1210-more\"><span class=\"exercise-id\">12.10</span> More</a> <span class=\"points\">2.5 points</span>", index, StringComparison.Ordinal);
        Assert.Contains("<li>2 exercises</li>", index, StringComparison.Ordinal);
        Assert.Contains("3.5 points</summary>", index, StringComparison.Ordinal);
        Assert.Contains("<a href=\"week12-exercises.html\">2 exercises</a>", _folder.Read("week12-drift.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Overview_HoldsTheIntroductionTheSectionsToReadAndTheGuides()
    {
        string index = Write();

        Assert.Contains("For <strong>you</strong>.", index, StringComparison.Ordinal);
        Assert.Contains("data-page=\"week12-drift\" data-sections=\"[&quot;1-psi&quot;,&quot;check-yourself&quot;]\" data-self-check", index, StringComparison.Ordinal);
        Assert.Contains("<li><a href=\"drift.html\">Drift &amp; you</a></li>", index, StringComparison.Ordinal);
        Assert.DoesNotContain("<li><a href=\"week12-exercises.html\">", index, StringComparison.Ordinal); // not a guide
    }

    [Fact]
    public void Write_Document_IsAPageThatLinksReach()
    {
        Write();

        Assert.Contains("<a href=\"week12-exercises.html\">the exercises</a> and <a href=\"drift.html#psi\">the guide</a>", _folder.Read("week12-drift.html"), StringComparison.Ordinal);
        string document = _folder.Read("week12-exercises.html");
        Assert.Contains("And <a href=\"drift.html\">more</a>.", document, StringComparison.Ordinal);
        Assert.Contains("<h1>Week 12 · Exercises</h1>", document, StringComparison.Ordinal);
        Assert.DoesNotContain("Download the notebook", document, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder.Output, "week12-exercises.ipynb")));
    }

    [Fact]
    public void Write_DocumentWithTheSlugOfAWeek_IsRefused() =>
        Assert.Throws<ArgumentException>("pages", () => CourseSite.Write([_folder.Page("drift", Drift)], _folder.WebAssets, _folder.Output, Options));

    [Fact]
    public void Write_SearchIndex_HoldsEverySectionWithItsWordsAndCode()
    {
        Write();

        string script = _folder.Read("assets/search-index.js");
        Assert.StartsWith("courseSearch([", script, StringComparison.Ordinal);
        string[] lines = script["courseSearch(".Length..].TrimEnd('\n', ';', ')').Split("],\n[");
        JsonElement pages = JsonDocument.Parse(lines[0] + "]").RootElement, sections = JsonDocument.Parse("[" + lines[1]).RootElement;
        Assert.Equal(["week12-drift.html Week 12 · Drift", "week12-exercises.html Week 12 · Exercises", "drift.html Drift & you"], pages.EnumerateArray().Select(page => $"{page[0]} {page[1]}"));
        Assert.Equal(
            ["0||", "0|1-psi|1. PSI", "0|by-hand|By hand", "0|check-yourself|Check yourself", "1||", "1|121-what-is-it|12.1 What is it?", "1|1210-more|12.10 More", "2||", "2|psi|PSI"],
            sections.EnumerateArray().Select(section => $"{section[0]}|{section[1]}|{section[2]}"));
        Assert.Equal("A p and unstable population.", sections[1][3].GetString());
        Assert.Equal("q new PageHinkley()", sections[2][3].GetString());
    }

    [Fact]
    public void WriteChecks_SiteThatIsThere_IsToldAndOthersAreNotMade()
    {
        Write();
        Assert.Equal("window.courseChecks = {\"12.1\":[0.5,1]};\n", _folder.Read("assets/checks.js"));

        CourseSite.WriteChecks(_folder.Output, [new ExerciseCheck("12.1", 1, 1), new ExerciseCheck("12.10", 0, 2)]);
        Assert.Equal("window.courseChecks = {\"12.1\":[1,1],\"12.10\":[0,2]};\n", _folder.Read("assets/checks.js"));

        CourseSite.WriteChecks(Path.Combine(_folder.Root, "nowhere"), []);
        Assert.False(Directory.Exists(Path.Combine(_folder.Root, "nowhere")));
    }

    private string Write() => File.ReadAllText(CourseSite.Write([_folder.Page("week12-drift", Drift)], _folder.WebAssets, _folder.Output, Options));

    public void Dispose() => _folder.Dispose();
}
