namespace MlOps.Kernel.Tests.Site;

public sealed class LessonMarkdownTests : IDisposable
{
    private readonly SiteFolder _folder = new();

    [Theory]
    [InlineData("with $a_1 * b_2$ and $c_1 * d_2$", "<span class=\"math\">a_1 * b_2</span> and <span class=\"math\">c_1 * d_2</span>")]
    [InlineData("$p < q \\& r$", "<span class=\"math\">p &lt; q \\&amp; r</span>")]
    [InlineData("so $$\\sum_i q_i$$ here", "<span class=\"math math-display\">\\sum_i q_i</span>")]
    [InlineData("| a | b |\n|---|---|\n| $P(X)$ | $\\chi^2_1$ |", "<td><span class=\"math\">\\chi^2_1</span></td>")]
    [InlineData("$$\nx_1 = \\\\\n_y_\n$$", "<div class=\"math math-display\">x_1 = \\\\\n_y_</div>")]
    [InlineData("It costs $5 here and $10 there.", "It costs $5 here and $10 there.")]
    [InlineData("`$x$`", "<code>$x$</code>")]
    public void Page_Mathematics_IsKeptAsTyped(string markdown, string expected) =>
        Assert.Contains(expected, Html(markdown), StringComparison.Ordinal);

    [Theory]
    [InlineData("- [x] done\n- [ ] open", "<input type=\"checkbox\" disabled checked aria-label=\"done\">")]
    [InlineData("> [!WARNING]\n> Look out.", "markdown-alert-warning")]
    [InlineData("<details>\n<summary>Answer</summary>\n\nIt is **4**.\n\n</details>", "<p>It is <strong>4</strong>.</p>")]
    [InlineData("| a |\n|--:|\n| 1 |", "<div class=\"scroll\">\n<table>")]
    [InlineData("```yaml\na: 1\n```", "<code class=\"language-yaml\">a: 1")]
    [InlineData("~~old~~", "<del>old</del>")]
    public void Page_CourseMarkdown_IsRendered(string markdown, string expected) =>
        Assert.Contains(expected, Html(markdown), StringComparison.Ordinal);

    [Fact]
    public void Page_FootnotesOfTwoCells_HaveAnchorsOfTheirOwn()
    {
        string html = _folder.PageOf(Lesson.Of(Lesson.Markdown("One[^1].\n\n[^1]: first"), Lesson.Markdown("Two[^1].\n\n[^1]: second")));

        Assert.Contains("id=\"c0-fn:1\"", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#c1-fn:1\"", html, StringComparison.Ordinal);
        Assert.Contains("id=\"c1-fn:1\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_LevelsThatSkip_AreClosedUp()
    {
        string html = Html("# Title\n\n## Part\n\n##### Deep\n\n# Again");

        Assert.Contains("<h1>Title</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<h3 id=\"deep\">Deep</h3>", html, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"again\">Again</h2>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_HeadingAfterText_StaysWhereItIs()
    {
        string html = Html("Text first.\n\n## The heading");

        Assert.Contains("<h1>The heading</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"the-heading\">The heading</h2>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_HostileTitle_IsEncodedEverywhere()
    {
        string html = Html("# Drift &lt;script&gt;alert(1)&lt;/script&gt; \"quoted\" {{content}}");

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains("<h1>Drift &lt;script&gt;alert(1)&lt;/script&gt; &quot;quoted&quot; {{content}}</h1>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Week 12 · Monitoring")]
    [InlineData("Week 12: Monitoring")]
    [InlineData("week 12 – Monitoring")]
    [InlineData("Monitoring")]
    public void Page_TitleThatNamesTheWeek_SaysItOnce(string title) =>
        Assert.Contains("<h1>Monitoring</h1>", Html("# " + title), StringComparison.Ordinal);

    private string Html(string markdown) => _folder.PageOf(Lesson.Of(Lesson.Markdown(markdown)));

    public void Dispose() => _folder.Dispose();
}
