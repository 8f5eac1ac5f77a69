using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Site;

/// <summary>The outputs of a cell as HTML, each in the richest form that a page can show.</summary>
/// <param name="links">Rewrites links in the HTML and Markdown of outputs.</param>
/// <param name="pictures">Takes the pictures.</param>
internal sealed partial class OutputHtml(PageLinks links, PagePictures pictures)
{
    /// <summary>Longer text is cut in the page; the notebook for download has all of it.</summary>
    internal const int LongestText = 100_000;

    private const string Diagram = "text/vnd.mermaid"; // its HTML draws with a script, and no script of an output runs in a page

    private static readonly string[] s_richestFirst =
    [
        ChartHtml.Mime, "text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown", "text/latex", "application/json", "text/plain",
    ];

    private static readonly JsonSerializerOptions s_readable = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Renders one output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="scope">A name unique in the page.</param>
    /// <param name="errorIntended">Whether the cell is tagged <c>raises-exception</c>.</param>
    internal string Render(NotebookOutput output, string scope, bool errorIntended) => output switch
    {
        StoredStream { Name: "stderr" } stream => Box("stderr", $"<p class=\"output-label\">standard error</p>{Terminal(stream.Text)}"),
        StoredStream stream => Box("stream", Terminal(stream.Text)),
        StoredError error => Error(error, errorIntended),
        StoredDisplay display => Display(display, scope),
        _ => throw new ArgumentException($"An output of the unknown kind {output.GetType().Name}.", nameof(output)),
    };

    private string Display(StoredDisplay display, string scope)
    {
        string? mime = Array.Find(s_richestFirst, display.Data.ContainsKey);
        string text = mime is null ? string.Empty : display.Text(mime)!;
        string alternative = display.Text("text/plain")?.Trim() ?? "Picture made by this cell";
        return mime switch
        {
            null when display.Data.Count == 0 => string.Empty,
            null => Box("plain", $"<p class=\"output-label\">An output of type {HtmlText.Encode(display.Data.Keys.First())}, which only the notebook shows.</p>"),
            ChartHtml.Mime => Box("figure", ChartHtml.Render(display, pictures, scope)),
            "text/html" when display.Text(Diagram) is { } diagram => Box("plain", $"<p class=\"output-label\">The text of a diagram. Where a browser is installed, running the cell stores its picture.</p><pre>{HtmlText.Encode(diagram)}</pre>"),
            "text/html" => Box("html", links.Rewrite(ScopedStyles(text))),
            "image/svg+xml" => Box("picture", Image(pictures.Svg(scope, text), alternative)),
            "image/png" or "image/jpeg" => Box("picture", Image(pictures.Base64(scope, mime, text), alternative)),
            "text/markdown" => Box("markdown prose", links.Rewrite(LessonMarkdown.ToHtml(LessonMarkdown.Parse(text), scope))),
            "text/latex" => Box("latex", Latex(text)),
            "application/json" => Box("json", $"<pre><code class=\"language-json\">{HtmlText.Encode(Cut(display.Data[mime].ToJsonString(s_readable)))}</code></pre>"),
            _ => Box("plain", Terminal(text)),
        };
    }

    private static string Error(StoredError error, bool intended)
    {
        string text = string.Join('\n', error.Traceback);
        string heading = error.Message.Length > 0 && text.Contains(error.Message, StringComparison.Ordinal)
            ? string.Empty
            : $"<p><strong>{HtmlText.Encode(error.Name)}</strong>: {AnsiText.ToHtml(error.Message)}</p>";
        string label = intended ? "error, as this cell intends" : "error";
        return Box(intended ? "error intended" : "error", $"<p class=\"output-label\">{label}</p>{heading}{(text.Length > 0 ? Terminal(text) : string.Empty)}");
    }

    private static string Terminal(string text) => $"<pre>{AnsiText.ToHtml(Cut(text.TrimEnd('\n', '\r')))}</pre>";

    private static string Cut(string text) => text.Length <= LongestText
        ? text
        : FormattableString.Invariant($"{text[..LongestText]}\n… {text.Length - LongestText:N0} more characters are in the notebook.");

    private static string Latex(string text)
    {
        text = text.Trim();
        Match fenced = MathFence().Match(text);
        return $"<div class=\"math math-display\">{HtmlText.Encode(fenced.Success ? fenced.Groups["tex"].Value.Trim() : text)}</div>";
    }

    /// <summary>
    /// An output brings its style along, and .NET Interactive's sets every table of the page. <c>@scope</c> without a root holds
    /// it to the element the style lies in.
    /// </summary>
    private static string ScopedStyles(string html) =>
        StyleElement().Replace(html, match => $"<style>@scope {{{match.Groups["css"].Value}}}</style>");

    private static string Image(string attributes, string alternative) => $"<img alt=\"{HtmlText.Encode(alternative)}\" {attributes}>";

    private static string Box(string kind, string html) => html.Length == 0 ? string.Empty : $"<div class=\"output {kind}\">{html}</div>\n";

    [GeneratedRegex(@"^(?:\$\$(?<tex>.*)\$\$|\$(?<tex>.*)\$|\\\[(?<tex>.*)\\\]|\\\((?<tex>.*)\\\))$", RegexOptions.Singleline)]
    private static partial Regex MathFence();

    [GeneratedRegex("<style[^>]*>(?<css>.*?)</style>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex StyleElement();
}
