using System.Text.RegularExpressions;
using MlOps.Kernel.Site;

namespace MlOps.Kernel.Tests.Site;

public sealed class OutputHtmlTests : IDisposable
{
    private const string Hostile = "</pre><script>alert('x')</script>&amp; \"q\"";
    private const string Encoded = "&lt;/pre&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp; &quot;q&quot;";

    private readonly SiteFolder _folder = new();

    [Fact]
    public void Page_EveryKindOfOutput_IsThere()
    {
        string html = _folder.PageOf(Lesson.Of(Lesson.Code(
            "all",
            Lesson.Stream("to stdout"),
            Lesson.Stream("to stderr", "stderr"),
            Lesson.Error("FormatException", "no number", "FormatException: no number", "  cell 1, line 2"),
            Lesson.Chart(),
            Lesson.Display(("text/html", "<table><tr><td>a table</td></tr></table>"), ("text/plain", "never this")),
            Lesson.Display(("image/svg+xml", "<svg viewBox='0 0 1 1'/>"), ("text/plain", "a vector")),
            Lesson.Display(("image/png", "AAAA\n"), ("text/plain", "a png")),
            Lesson.Display(("image/jpeg", "BBBB")),
            Lesson.Display(("text/markdown", "**fat** $m_1$")),
            Lesson.Display(("text/latex", "$$e = mc^2$$")),
            Lesson.Display(("application/json", "{\"rows\":[1,2]}")),
            Lesson.Display(("text/plain", "plain words")),
            Lesson.Display(("application/x-odd", "odd")))));

        string[] expected =
        [
            "<div class=\"output stream\"><pre>to stdout</pre>",
            "<div class=\"output stderr\"><p class=\"output-label\">standard error</p><pre>to stderr</pre>",
            "<div class=\"output error\"><p class=\"output-label\">error</p><pre>FormatException: no number\n  cell 1, line 2</pre>",
            "class=\"chart-data\">{\"data\":[{\"type\":\"bar\"",
            "<div class=\"output html\"><table><tr><td>a table</td></tr></table>",
            "<img alt=\"a vector\" loading=\"lazy\" width=\"1\" height=\"1\" src=\"week12-drift/cell-1-5.svg\">",
            "<img alt=\"a png\" loading=\"lazy\" src=\"week12-drift/cell-1-6.png\">",
            "src=\"week12-drift/cell-1-7.jpeg\"",
            "<p><strong>fat</strong> <span class=\"math\">m_1</span></p>",
            "<div class=\"math math-display\">e = mc^2</div>",
            "<code class=\"language-json\">{\n  &quot;rows&quot;: [",
            "<pre>plain words</pre>",
            "An output of type application/x-odd",
        ];
        Assert.All(expected, part => Assert.Contains(part, html, StringComparison.Ordinal));
        Assert.DoesNotContain("never this", html, StringComparison.Ordinal);
        Assert.DoesNotContain("not this one", html, StringComparison.Ordinal);
        Assert.Equal("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>", _folder.Read("week12-drift/cell-1-5.svg"));
        Assert.Equal(Convert.FromBase64String("AAAA"), File.ReadAllBytes(Path.Combine(_folder.Output, "week12-drift/cell-1-6.png")));
    }

    [Fact]
    public void Page_HostileText_IsEncodedInCodeStreamsPlainErrorsAndJson()
    {
        string html = _folder.PageOf(Lesson.Of(Lesson.Code(
            Hostile, Lesson.Stream(Hostile), Lesson.Error("E", Hostile), Lesson.Display(("text/plain", Hostile)), Lesson.Display(("text/latex", Hostile)))));

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Equal(5, Regex.Count(html, Regex.Escape(Encoded)));
    }

    [Fact]
    public void Page_HostileChart_CannotLeaveItsElements()
    {
        string html = _folder.PageOf(Lesson.Of(Lesson.Code("c", Lesson.Chart("a < b </script><script>alert(1)</script> <i>x</i>", "</figure><script>"))));

        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>\"", html, StringComparison.Ordinal);
        Assert.Contains("<figcaption hidden><strong><b>a &lt; b &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; <i>x</i></b></strong>", html, StringComparison.Ordinal);
        Assert.Contains("\\u003C/script\\u003E", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_Chart_IsAFigureWithAPictureOfItsShapeAndItsText()
    {
        string html = _folder.PageOf(Lesson.Of(Lesson.Code("c", Lesson.Chart())));

        Assert.Contains("<figure class=\"chart\" aria-label=\"PSI crosses 0.1 in month 11\">", html, StringComparison.Ordinal);
        Assert.Contains("style=\"--ratio:1.7143;--height:400px\"", html, StringComparison.Ordinal); // 720 / 420
        Assert.Contains("<img class=\"chart-picture\" alt=\"PSI by month: 0.02 rising to 0.3.\" loading=\"lazy\" width=\"720\" height=\"420\" src=\"week12-drift/cell-1-0.svg\">", html, StringComparison.Ordinal);
        Assert.Contains("<summary>Text description</summary><pre>PSI by month: 0.02 rising to 0.3.</pre>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_ChartWithoutPicture_ShowsItsText()
    {
        string html = _folder.PageOf(Lesson.Of(Lesson.Code("c", Lesson.Display(("application/vnd.plotly.v1+json", "{\"data\":[]}"), ("text/plain", "two bars")))));

        Assert.Contains("<pre class=\"chart-picture\">two bars</pre>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_PictureThatIsNoBase64_StaysInThePageWithItsText() =>
        Assert.Contains(
            "<img alt=\"broken\" src=\"data:image/png;base64,AAA\">",
            _folder.PageOf(Lesson.Of(Lesson.Code("p", Lesson.Display(("image/png", "AAA"), ("text/plain", "broken"))))),
            StringComparison.Ordinal);

    [Fact]
    public void Page_PngOfKnownSize_KeepsItsPlace()
    {
        byte[] png = [0x89, .. "PNG\r\n\u001a\n\0\0\0\rIHDR"u8, 0, 0, 1, 0x40, 0, 0, 0, 0xF0];

        Assert.Contains("width=\"320\" height=\"240\"", _folder.PageOf(Lesson.Of(Lesson.Code("p", Lesson.Display(("image/png", Convert.ToBase64String(png)))))), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_IntendedError_SaysThatItIsIntended()
    {
        string html = _folder.PageOf(Lesson.Of(Lesson.Tagged(["raises-exception"], "throw", Lesson.Error("E", "m"))));

        Assert.Contains("error, as this cell intends", html, StringComparison.Ordinal);
        Assert.Contains("<strong>E</strong>: m", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_StyleOfAnOutput_IsHeldToIt() =>
        Assert.Contains(
            "<style>@scope {table td {text-align: start;}}</style>",
            _folder.PageOf(Lesson.Of(Lesson.Code("t", Lesson.Display(("text/html", "<table></table><style>table td {text-align: start;}</style>"))))),
            StringComparison.Ordinal);

    [Fact]
    public void Page_Diagram_IsItsPictureElseItsText()
    {
        string html = _folder.PageOf(Lesson.Of(Lesson.Code(
            "all",
            Lesson.Display(("text/vnd.mermaid", "graph A"), ("image/svg+xml", "<svg viewBox='0 0 1 1'/>"), ("text/plain", "graph A")),
            Lesson.Display(("text/vnd.mermaid", "graph <B>"), ("text/html", "<pre>graph</pre><script>draw()</script>"), ("text/plain", "graph <B>")))));

        Assert.Contains("<img alt=\"graph A\" loading=\"lazy\" width=\"1\" height=\"1\" src=\"week12-drift/cell-1-0.svg\">", html, StringComparison.Ordinal);
        Assert.Contains("<pre>graph &lt;B&gt;</pre>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("draw()", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_EndlessStream_IsCutAndSaysByHowMuch()
    {
        string html = _folder.PageOf(Lesson.Of(Lesson.Code("p", Lesson.Stream(new string('x', OutputHtml.LongestText + 1234)))));

        Assert.Contains("… 1,234 more characters are in the notebook.", html, StringComparison.Ordinal);
        Assert.True(html.Length < OutputHtml.LongestText + 20_000);
    }

    [Fact]
    public void Page_HiddenInput_IsFoldedNotLost() =>
        Assert.Contains("<summary>Code of this cell</summary><pre><code class=\"language-csharp\">var x = 1;</code>", _folder.PageOf(Lesson.Of(Lesson.Tagged(["hide-input"], "var x = 1;"))), StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();
}
