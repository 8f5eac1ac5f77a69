using System.Diagnostics;
using System.Text.RegularExpressions;
using MlOps.Kernel.Notebooks;
using MlOps.Kernel.Site;

namespace MlOps.Kernel.Tests.Site;

public sealed class BrowserTests : IDisposable
{
    private readonly SiteFolder _folder = new();

    [ChromiumFact]
    public void Page_OpenedFromDisk_DrawsEveryChartAndFormulaWithoutAnError()
    {
        NotebookFile lesson = Lesson.Of(
            Lesson.Markdown("# Drift\n\n$a_1 * b_2$ and\n\n$$\n\\sum_i q_i\n$$\n\n## Part\n\n```bash\nls # here\n```"),
            Lesson.Code("var x = \"text\";", Lesson.Chart("One"), Lesson.Chart("Two")),
            Lesson.Code("y", Lesson.Display(("application/vnd.plotly.v1+json", """{"data":[{"type":"heatmap","z":[[1,2],[3,4]]}],"layout":{"title":"Three"}}"""))));
        string index = CourseSite.Write([_folder.Page("week12-drift", lesson)], ChromiumFactAttribute.WebAssets!, _folder.Output);

        (string dom, string console) = Open(Path.Combine(_folder.Output, "week12-drift.html"));

        Assert.Equal(3, Regex.Count(dom, "class=\"chart-box drawn\""));
        Assert.True(Regex.Count(dom, "<svg class=\"main-svg\"") >= 3);
        Assert.Equal(2, Regex.Count(dom, "<span class=\"katex\">"));
        Assert.DoesNotContain("katex-error", dom, StringComparison.Ordinal);
        Assert.Contains("hljs-string", dom, StringComparison.Ordinal);
        Assert.Contains(">Copy</button>", dom, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Change to dark colours\"", dom, StringComparison.Ordinal);
        Assert.Equal("", console);

        Assert.Equal("", Open(index).Console);
    }

    /// <summary>Opens a page in a window so tall that everything is in sight, and returns the page as it then is and what it wrote to the console.</summary>
    private (string Dom, string Console) Open(string file)
    {
        var start = new ProcessStartInfo(ChromiumFactAttribute.Browser!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--enable-logging=stderr",
                "--user-data-dir=" + Path.Combine(_folder.Root, "profile"), "--window-size=1280,6000", "--virtual-time-budget=20000",
                "--dump-dom", new Uri(file).AbsoluteUri,
            },
        };
        using Process browser = Process.Start(start)!;
        Task<string> errors = browser.StandardError.ReadToEndAsync();
        string dom = browser.StandardOutput.ReadToEnd();
        Assert.True(browser.WaitForExit(TimeSpan.FromMinutes(2)), "Chromium did not end.");
        return (dom, string.Join('\n', errors.GetAwaiter().GetResult().Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal))));
    }

    public void Dispose() => _folder.Dispose();
}
