using System.Net;
using MlOps.Kernel.Display;
using MlOps.Kernel.Engine;

namespace MlOps.Kernel.Languages.Mermaid;

/// <summary>What <c>#!mermaid</c> does.</summary>
/// <remarks>
/// Where the machine has a browser (Chromium, Chrome or Edge), it draws the diagram without a window, and the notebook keeps a picture that
/// shows everywhere. Else the notebook keeps the library beside the text, and the page that shows the notebook draws. Neither needs a network.
/// </remarks>
public static class MermaidCell
{
    private const string Mermaid = "text/vnd.mermaid";
    private const string Svg = "image/svg+xml";

    /// <summary>Shows a diagram below the cell.</summary>
    /// <param name="text">The diagram as Mermaid writes it, such as <c>flowchart LR</c> and the lines below.</param>
    /// <exception cref="MermaidCellException">The text is empty or has a mistake. Without a browser a mistake is shown in the page instead.</exception>
    /// <exception cref="InvalidOperationException">No cell is running.</exception>
    public static void Show(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        CellContext cell = CellContext.Current ?? throw new InvalidOperationException("Only the code of a notebook cell can show a diagram this way; no cell is running here.");
        string source = text.ReplaceLineEndings("\n").Trim('\n');
        if (string.IsNullOrWhiteSpace(source))
        {
            throw new MermaidCellException("The cell has no diagram. Write one below #!mermaid, such as:\nflowchart LR\n  data --> model");
        }

        DisplayedValue.Show(Bundle(source, MermaidLibrary.Find(cell.Engine.Options.WebAssets), MermaidBrowser.Find(), cell.Stopping));
    }

    internal static IReadOnlyDictionary<string, string> Bundle(string source, string? library, string? browser, CancellationToken stopping)
    {
        (string mime, string picture) = library is null ? (MimeBundles.Html, Missing(source))
            : browser is not null && MermaidBrowser.TryDraw(browser, library, source, stopping) is { } svg ? (Svg, svg)
            : (MimeBundles.Html, MermaidPages.Carrying(source, library));
        return new Dictionary<string, string>(StringComparer.Ordinal) { [Mermaid] = source, [mime] = picture, [MimeBundles.Plain] = source };
    }

    private static string Missing(string source) =>
        $"<pre>{WebUtility.HtmlEncode(source)}</pre><p>The diagram cannot be drawn: the Mermaid library is not here. <code>./mlops setup</code> in the course's folder fetches it; it needs Node.js.</p>";
}
