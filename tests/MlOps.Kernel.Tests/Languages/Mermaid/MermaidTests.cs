using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MlOps.Kernel.Engine;
using MlOps.Kernel.Languages.Mermaid;
using MlOps.Kernel.Tests.Engine;
using MlOps.Kernel.Tests.Site;

namespace MlOps.Kernel.Tests.Languages.Mermaid;

/// <summary>Diagrams, drawn by the real library in a real Chromium.</summary>
public sealed class MermaidTests : IDisposable
{
    private const string Flow = "flowchart LR\n  A[Data & more] -->|yes| B{Clean?}\n  B -.-> C[(<b>Table</b>)]\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-mermaid-test-").FullName;

    private static string Library => MermaidLibrary.Find(ChromiumFactAttribute.WebAssets)!;

    [ChromiumFact]
    public async Task Show_Diagram_IsAPictureWithItsSource()
    {
        using var session = new Session(new EngineOptions { WebAssets = ChromiumFactAttribute.WebAssets });

        RanCell cell = await session.Run("MlOps.Kernel.Languages.Mermaid.MermaidCell.Show(" + CellDirectives.Literal("\n" + Flow.Replace("\n", "\r\n", StringComparison.Ordinal)) + ");");

        Assert.True(cell.Status == CellStatus.Ok, cell.Result.Error?.Message);
        IReadOnlyDictionary<string, string> bundle = Assert.IsType<DisplayOutput>(Assert.Single(cell.Outputs)).Bundle;
        Assert.Equal(["image/svg+xml", "text/plain", "text/vnd.mermaid"], bundle.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Flow.TrimEnd(), bundle["text/vnd.mermaid"]);
        Assert.Equal(Flow.TrimEnd(), bundle["text/plain"]);
        XElement svg = XElement.Parse(bundle["image/svg+xml"]); // XML, as viewers outside browsers need it
        Assert.True((int)svg.Attribute("width")! > 100);
        string words = string.Concat(svg.Descendants().Where(element => element.Name.LocalName is "text").Select(element => element.Value));
        Assert.Contains("Clean?", words, StringComparison.Ordinal);
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "foreignObject" or "script" or "image");
        Assert.DoesNotMatch(@"url\(\s*[""']?https?:|@import|href=""https?:", bundle["image/svg+xml"]);
    }

    [ChromiumFact]
    public async Task Show_Mistake_IsTheCellsErrorInMermaidsWords()
    {
        using var session = new Session(new EngineOptions { WebAssets = ChromiumFactAttribute.WebAssets });

        RanCell cell = await session.Run("MlOps.Kernel.Languages.Mermaid.MermaidCell.Show(\"flowchart LR\\n  A -->\");");

        Assert.Equal(nameof(MermaidCellException), cell.Error.Name);
        Assert.StartsWith("Parse error on line 3", cell.Error.Message, StringComparison.Ordinal);
    }

    [ChromiumFact]
    public void TryDraw_Twice_GivesTheSameBytes()
    {
        const string Chancy = "gitGraph\n  commit\n  branch dev\n  commit\n  checkout main\n  merge dev";

        Assert.Equal(Draw(Chancy), Draw(Chancy));
        Assert.Equal(Draw("classDiagram\n  A <|-- B"), Draw("classDiagram\n  A <|-- B"));
    }

    [ChromiumTheory]
    [InlineData("sequenceDiagram\n  Student->>Kernel: run", "Kernel")]
    [InlineData("stateDiagram-v2\n  [*] --> Idle", "Idle")]
    [InlineData("erDiagram\n  LOAN ||--o{ PAYMENT : has", "PAYMENT")]
    [InlineData("pie\n  \"train\" : 8\n  \"test\" : 2", "train")]
    [InlineData("gantt\n  dateFormat YYYY-MM-DD\n  section Ship\n  Deploy :2024-01-01, 5d", "Deploy")]
    [InlineData("flowchart TD\n  A[\"</script><b>[result:AAAA]é→\"]", "é→")]
    public void TryDraw_EveryKind_HasItsWords(string source, string word) =>
        Assert.Contains(word, XElement.Parse(Draw(source)!).Value, StringComparison.Ordinal);

    [ChromiumFact]
    public void TryDraw_Stopped_EndsTheBrowser()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => MermaidBrowser.TryDraw(MermaidBrowser.Find()!, Library, Flow, stop.Token));
    }

    [ChromiumFact]
    public void Bundle_BrowserThatDoesNotWork_CarriesTheLibrary()
    {
        string broken = Path.Combine(_folder, "broken");
        File.WriteAllText(broken, "not a program");

        IReadOnlyDictionary<string, string> bundle = MermaidCell.Bundle(Flow, Library, broken, CancellationToken.None);

        Assert.Equal(["text/html", "text/plain", "text/vnd.mermaid"], bundle.Keys.Order(StringComparer.Ordinal));
    }

    [ChromiumFact]
    public void Carrying_OpenedInAPage_DrawsWithoutANetwork()
    {
        string html = MermaidCell.Bundle(Flow, Library, null, CancellationToken.None)["text/html"];
        string wrong = MermaidCell.Bundle("flowchart LR\n  A -->", Library, null, CancellationToken.None)["text/html"];

        string dom = Open($"<!doctype html><meta charset=\"utf-8\">{html}{html}{wrong}");

        string shown = Regex.Replace(dom, "<script.*?</script>", "", RegexOptions.Singleline);
        Assert.Equal(2, Regex.Count(shown, "<svg[^>]*aria-roledescription=\"flowchart-v2\""));
        Assert.Contains("Parse error on line 3", shown, StringComparison.Ordinal);
        Assert.Contains("<pre>flowchart LR\n  A --&gt;</pre>", shown, StringComparison.Ordinal); // the source stays in sight
    }

    [Fact]
    public void Bundle_LibraryMissing_ShowsTheSourceAndWhatMendsIt()
    {
        string html = MermaidCell.Bundle(Flow, MermaidLibrary.Find(_folder), null, CancellationToken.None)["text/html"];

        Assert.Contains("C[(&lt;b&gt;Table", html, StringComparison.Ordinal);
        Assert.Contains("./mlops setup", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\n")]
    public async Task Show_NoDiagram_SaysHowToBegin(string text)
    {
        using var session = new Session();

        RanCell cell = await session.Run("MlOps.Kernel.Languages.Mermaid.MermaidCell.Show(" + CellDirectives.Literal(text) + ");");

        Assert.StartsWith("The cell has no diagram.", cell.Error.Message, StringComparison.Ordinal);
    }

    private static string? Draw(string source) => MermaidBrowser.TryDraw(ChromiumFactAttribute.Browser!, Library, source, CancellationToken.None);

    private string Open(string html)
    {
        string page = Path.Combine(_folder, "page.html");
        File.WriteAllText(page, html);
        var start = new ProcessStartInfo(ChromiumFactAttribute.Browser!)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--host-resolver-rules=MAP * ~NOTFOUND",
                "--user-data-dir=" + Path.Combine(_folder, "profile"), "--virtual-time-budget=20000", "--dump-dom", new Uri(page).AbsoluteUri,
            },
        };
        using Process browser = Process.Start(start)!;
        Task<string> errors = browser.StandardError.ReadToEndAsync();
        string dom = browser.StandardOutput.ReadToEnd();
        Assert.True(browser.WaitForExit(TimeSpan.FromMinutes(2)), "Chromium did not end.");
        errors.GetAwaiter().GetResult();
        return dom;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
