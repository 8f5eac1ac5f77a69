namespace MlOps.Kernel.Tests.Site;

public sealed class PageLinksTests : IDisposable
{
    private readonly SiteFolder _folder = new();

    [Theory]
    [InlineData("[next](week13-fair.ipynb)", "<a href=\"week13-fair.html\">next</a>")]
    [InlineData("[next](../notebooks/week13-fair.ipynb#gaps)", "<a href=\"week13-fair.html#gaps\">next</a>")]
    [InlineData("<a href='week13-fair.ipynb'>next</a>", "<a href=\"week13-fair.html\">next</a>")]
    [InlineData("[later](week15-cloud.ipynb)", "<a class=\"in-repository\" data-path=\"notebooks/week15-cloud.ipynb\">later</a>")]
    [InlineData("[data](../datasets/loans/README.md)", "<a class=\"in-repository\" data-path=\"datasets/loans/README.md\">data</a>")]
    [InlineData("[out](../../../etc/passwd)", "<a class=\"in-repository\" data-path=\"etc/passwd\">out</a>")]
    [InlineData("[web](https://example.org/a?b=1&c=2)", "<a href=\"https://example.org/a?b=1&amp;c=2\">web</a>")]
    [InlineData("[here](#Further-Reading)\n\n## Further reading", "<a href=\"#further-reading\">here</a>")]
    [InlineData("[x](javascript:alert(1))", "<a >x</a>")]
    [InlineData("![a chart](https://example.org/a.png)", "<a href=\"https://example.org/a.png\">a chart</a>")]
    [InlineData("![gone](missing.png)", "<span class=\"in-repository\" data-path=\"notebooks/missing.png\">gone</span>")]
    [InlineData("`<a href=\"week13-fair.ipynb\">`", "<code>&lt;a href=&quot;week13-fair.ipynb&quot;&gt;</code>")]
    public void Page_Link_FitsThePage(string markdown, string expected)
    {
        _folder.Write(_folder.Page("week12-drift", Lesson.Of(Lesson.Markdown(markdown))), _folder.Page("week13-fair", Lesson.Of()));

        Assert.Contains(expected, _folder.Read("week12-drift.html"), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_PictureBesideTheNotebook_IsTakenIn()
    {
        _folder.Put("notebooks/dot.png", "abc");

        Assert.Contains("<img src=\"data:image/png;base64,YWJj\" alt=\"a dot\"", _folder.PageOf(Lesson.Of(Lesson.Markdown("![a dot](dot.png)"))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script src=\"https://example.org/x.js\"></script>")]
    [InlineData("<script>fetch('/')</script>")]
    [InlineData("<script>never closed")]
    [InlineData("<iframe src=\"https://example.org/\"></iframe>")]
    [InlineData("<link rel=\"stylesheet\" href=\"https://example.org/x.css\">")]
    public void Page_ActiveHtml_IsLeftOut(string html)
    {
        string page = _folder.PageOf(Lesson.Of(Lesson.Markdown("before\n\n" + html), Lesson.Code("1", Lesson.Display(("text/html", html + "<b>kept</b>")))));

        string content = page[page.IndexOf("<main", StringComparison.Ordinal)..];
        Assert.DoesNotContain("example.org", content, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", content, StringComparison.Ordinal);
        Assert.Contains("before", content, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
