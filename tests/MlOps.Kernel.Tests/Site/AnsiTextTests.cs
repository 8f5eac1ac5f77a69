using MlOps.Kernel.Site;

namespace MlOps.Kernel.Tests.Site;

public class AnsiTextTests
{
    [Theory]
    [InlineData("plain <b>", "plain &lt;b&gt;")]
    [InlineData("\u001b[31mred\u001b[0m rest", "<span class=\"ansi-fg-red\">red</span> rest")]
    [InlineData("\u001b[1;92mok\u001b[22m still\u001b[39m no", "<span class=\"ansi-bold ansi-fg-green\">ok</span><span class=\"ansi-fg-green\"> still</span> no")]
    [InlineData("\u001b[38;5;31mx\u001b[m", "x")]
    [InlineData("\u001b[2Kgone\u001b[1A", "gone")]
    [InlineData("\u001b]0;title\u0007text", "text")]
    [InlineData("10 %\r50 %\r100 %\ndone\r\n", "100 %\ndone\n")]
    [InlineData("cut \u001b", "cut ")]
    public void ToHtml_TerminalText_BecomesClassesOrNothing(string text, string expected) =>
        Assert.Equal(expected, AnsiText.ToHtml(text));
}
