using MlOps.Kernel.Site;

namespace MlOps.Kernel.Tests.Site;

public sealed class SiteRefusalTests : IDisposable
{
    private readonly SiteFolder _folder = new();

    [Fact]
    public void Write_MissingWebAsset_NamesItAndTheRemedyAndLeavesTheOldSite()
    {
        _folder.PageOf(Lesson.Of(Lesson.Markdown("# Old")));
        File.Delete(Path.Combine(_folder.WebAssets, "katex/dist/katex.min.js"));

        var e = Assert.Throws<SiteException>(() => _folder.PageOf(Lesson.Of(Lesson.Markdown("# New"))));

        Assert.Contains("katex/dist/katex.min.js", e.Message, StringComparison.Ordinal);
        Assert.Contains("./mlops doctor", e.Message, StringComparison.Ordinal);
        Assert.Contains("Old", _folder.Read("week12-drift.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MissingWebAssetsFolder_IsToldAtTheDoor() =>
        Assert.Throws<SiteException>(() => CourseSite.Write([], Path.Combine(_folder.Root, "nowhere"), _folder.Output));

    [Fact]
    public void Write_FolderWithOtherFiles_IsRefusedAndKept()
    {
        string precious = _folder.Put("site/thesis.txt", "years of work");

        var e = Assert.Throws<SiteException>(() => _folder.Write());

        Assert.Contains(_folder.Output, e.Message, StringComparison.Ordinal);
        Assert.Equal("years of work", File.ReadAllText(precious));
    }

    [Fact]
    public void Write_FileInPlaceOfTheFolder_IsRefused()
    {
        string file = _folder.Put("site", "a file");

        Assert.Throws<SiteException>(() => _folder.Write());
        Assert.Equal("a file", File.ReadAllText(file));
    }

    [Fact]
    public void Write_AfterARunKilledWhileWriting_ReplacesItsRemains()
    {
        _folder.Put("site.new/.mlops-site", "");
        _folder.Put("site.new/week12-drift.html", "half a pa");

        _folder.PageOf(Lesson.Of(Lesson.Markdown("# Whole")));

        Assert.Contains("Whole", _folder.Read("week12-drift.html"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Output + ".new"));
    }

    [Fact]
    public void Write_AfterARunKilledBetweenTheRenames_LeavesNoOldFolder()
    {
        _folder.PageOf(Lesson.Of(Lesson.Markdown("# Old")));
        Directory.Move(_folder.Output, _folder.Output + ".old");

        _folder.PageOf(Lesson.Of(Lesson.Markdown("# New")));

        Assert.Contains("New", _folder.Read("week12-drift.html"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Output + ".old"));
    }

    [Fact]
    public void Write_FailureBetween_BringsTheOldSiteBackOnTheNextRun()
    {
        _folder.PageOf(Lesson.Of(Lesson.Markdown("# Old")));
        Directory.Move(_folder.Output, _folder.Output + ".old");
        _folder.Put("site.new/notes.txt", "somebody's"); // a folder that is not ours stops the run

        Assert.Throws<SiteException>(() => _folder.PageOf(Lesson.Of(Lesson.Markdown("# New"))));

        Assert.Contains("Old", _folder.Read("week12-drift.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WhileAnotherRunWrites_IsRefused()
    {
        using var other = new FileStream(_folder.Output + ".lock", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

        var e = Assert.Throws<SiteException>(() => _folder.Write());

        Assert.Contains("another run", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../outside")]
    [InlineData("index")]
    [InlineData("Assets")]
    [InlineData(".hidden")]
    [InlineData("week 12")]
    public void Write_SlugThatIsNoFileName_NamesTheParameter(string slug)
    {
        var e = Assert.Throws<ArgumentException>(() => _folder.Write(_folder.Page(slug, Lesson.Of())));
        Assert.Equal("pages", e.ParamName);
    }

    [Fact]
    public void Write_SlugTwice_NamesIt()
    {
        var e = Assert.Throws<ArgumentException>(() => _folder.Write(_folder.Page("week12-drift", Lesson.Of()), _folder.Page("week12-Drift", Lesson.Of())));
        Assert.Contains("week12-Drift", e.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
