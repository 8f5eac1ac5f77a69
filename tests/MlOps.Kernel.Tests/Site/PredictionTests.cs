namespace MlOps.Kernel.Tests.Site;

public sealed class PredictionTests : IDisposable
{
    private const string Prompt = "> **Predict before you run.** How many?";

    private readonly SiteFolder _folder = new();

    [Fact]
    public void Page_Prompt_CoversTheCodeAfterItAndTheTextUpToTheNextHeading()
    {
        string html = Html(
            Lesson.Markdown("# T\n\n## One\n\nbefore\n\n" + Prompt),
            Lesson.Code("first()", Lesson.Stream("out")),
            Lesson.Code("second()"),
            Lesson.Markdown("seven, of course\n\n### Next\n\nafter"),
            Lesson.Code("third()"));

        string answer = Answer(html, "predict-c0");
        Assert.All(["first()", "<pre>out</pre>", "second()", "seven, of course"], part => Assert.Contains(part, answer, StringComparison.Ordinal));
        Assert.All(["before", "How many?", "Next", "after", "third()"], part => Assert.DoesNotContain(part, answer, StringComparison.Ordinal));
        Assert.Contains("<blockquote id=\"predict-c0\" class=\"predict\">", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_PromptAfterAnAnswer_CoversAnAnswerOfItsOwn()
    {
        string html = Html(Lesson.Markdown(Prompt), Lesson.Code("first()"), Lesson.Markdown("seven\n\n" + Prompt), Lesson.Code("second()"), Lesson.Markdown("eight"), Lesson.Markdown("later"));

        Assert.Contains("seven", Answer(html, "predict-c0"), StringComparison.Ordinal);
        Assert.DoesNotContain("How many?", Answer(html, "predict-c0"), StringComparison.Ordinal);
        Assert.Contains("eight", Answer(html, "predict-c2"), StringComparison.Ordinal);
        Assert.DoesNotContain("later", Answer(html, "predict-c2"), StringComparison.Ordinal);
    }

    [Fact]
    public void Page_PromptAnsweredInWords_CoversTheNextTextOnly()
    {
        string html = Html(Lesson.Markdown(Prompt + "\n\nTake your time."), Lesson.Markdown("seven"), Lesson.Code("after()"));

        Assert.Contains("seven", Answer(html, "predict-c0"), StringComparison.Ordinal);
        Assert.DoesNotContain("Take your time", Answer(html, "predict-c0"), StringComparison.Ordinal);
        Assert.DoesNotContain("after()", Answer(html, "predict-c0"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("> Predict before you run: without its mark it is any quotation.")]
    [InlineData(Prompt + "\n\n## Another matter")]
    [InlineData("**Predict before you run.** In the text, not in a quotation.")]
    public void Page_NoPromptBeforeTheCode_CoversNothing(string text) =>
        Assert.DoesNotContain("class=\"answer\"", Html(Lesson.Markdown(text), Lesson.Code("first()")), StringComparison.Ordinal);

    [Fact]
    public void Page_PromptAtTheEnd_CoversNothing() =>
        Assert.DoesNotContain("class=\"answer\"", Html(Lesson.Code("first()"), Lesson.Markdown(Prompt)), StringComparison.Ordinal);

    [Fact]
    public void Page_AnswerAtTheEnd_IsClosed()
    {
        string html = Html(Lesson.Markdown(Prompt), Lesson.Code("first()"));

        Assert.Contains("first()", Answer(html, "predict-c0"), StringComparison.Ordinal);
    }

    private string Html(params System.Text.Json.Nodes.JsonObject[] cells) => _folder.PageOf(Lesson.Of(cells));

    /// <summary>The element of an answer, found by counting the elements that open and close in it.</summary>
    private static string Answer(string html, string prompt)
    {
        int start = html.IndexOf($"<div class=\"answer\" id=\"{prompt}-answer\" data-prompt=\"{prompt}\">", StringComparison.Ordinal);
        Assert.True(start >= 0, html);
        for ((int depth, int at) = (0, start); ;)
        {
            int open = html.IndexOf("<div", at + 1, StringComparison.Ordinal);
            int close = html.IndexOf("</div>", at + 1, StringComparison.Ordinal);
            at = open >= 0 && open < close ? open : close;
            depth += at == close ? -1 : 1;
            if (depth < 0)
            {
                return html[start..at];
            }
        }
    }

    public void Dispose() => _folder.Dispose();
}
