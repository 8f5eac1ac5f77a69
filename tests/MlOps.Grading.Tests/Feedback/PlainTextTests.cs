using MlOps.Grading.Feedback;

namespace MlOps.Grading.Tests.Feedback;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("\u001b[31mred\u001b[0m", "red")]
    [InlineData("\u001b[38;5;196mred", "red")]
    [InlineData("a\u001b[2J\u001b[Hb", "ab")]
    [InlineData("\u001b]0;new title\u0007text", "text")]
    [InlineData("\u001b]8;;http://x\u001b\\link\u001b]8;;\u001b\\", "link")]
    [InlineData("\u009b31mred", "red")]
    [InlineData("\u001bP1;2|data\u001b\\text", "text")]
    [InlineData("\u001b]never ends\nnext line", "\nnext line")]
    [InlineData("end\u001b", "end")]
    [InlineData("bell\u0007 nul\0 back\u0008space", "bell nul backspace")]
    [InlineData("\u202Egnp.exe \u2066x\u2069", "gnp.exe x")]
    [InlineData("a\tb", "a    b")]
    [InlineData("a\r\nb\rc\u2028d", "a\nb\nc\nd")]
    [InlineData("ψ ≤ 😀 e\u0301", "ψ ≤ 😀 e\u0301")]
    public void Clean_WhatATerminalWouldObey_IsText(string text, string expected) => Assert.Equal(expected, PlainText.Clean(text));

    [Fact]
    public void Clean_HalfASurrogatePair_IsReplaced() => Assert.Equal("lost \ufffd half", PlainText.Clean("\ufefflost \ud800 half"));

    [Fact]
    public void Clean_LongText_IsCut()
    {
        string clean = PlainText.Clean(new string('x', 1_000_000));

        Assert.Equal(PlainText.Longest + 2, clean.Length);
        Assert.EndsWith("x …", clean, StringComparison.Ordinal);
    }

    [Fact]
    public void Line_SeveralLines_AreJoined() => Assert.Equal("a b c", PlainText.Line(" a\r\n   b\n\n c \n"));

    [Fact]
    public void Encode_MarkupAndQuotes_AreInert() =>
        Assert.Equal("&lt;img src=&quot;x&quot; onerror=&#39;y&#39;&gt; &amp;amp;", Html.Encode("<img src=\"x\" onerror='y'> \u001b[1m&amp;"));

    [Theory]
    [InlineData(2, "2")]
    [InlineData(0.1 + 0.2, "0.3")]
    [InlineData(2.345, "2.35")]
    [InlineData(-0.001, "0")]
    [InlineData(-1.5, "−1.5")]
    [InlineData(double.NaN, "–")]
    public void Amount_AnyNumber_ReadsAsPeopleWrite(double value, string expected) => Assert.Equal(expected, Amount.Of(value));

    [Fact]
    public void CourseText_Formula_IsShownAsTypedAndHtmlIsInert()
    {
        Assert.Equal("Use <code class=\"math\">p_i &lt; q_i</code>.", CourseText.ToInlineHtml("Use $p_i < q_i$."));
        Assert.Contains("<code class=\"math\">x</code>", CourseText.ToHtml("$$\nx\n$$"), StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;", CourseText.ToHtml("<b>bold</b>"), StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">a</th>", CourseText.ToHtml("| a | b |\n|---|---|\n| 1 | 2 |"), StringComparison.Ordinal);
        Assert.Equal("<p>one</p>\n<p>two</p>", CourseText.ToInlineHtml("one\n\ntwo"));
    }
}
