using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Site;

/// <summary>A Plotly figure as a page element: a picture of it, its data for charts.js, and its description in words.</summary>
/// <remarks>The box keeps the shape of the picture, so that nothing moves when the interactive chart takes its place.</remarks>
internal static class ChartHtml
{
    internal const string Mime = "application/vnd.plotly.v1+json";

    private const double DefaultWidth = 720;
    private const double DefaultHeight = 450;

    // The default encoder writes <, > and & as \u escapes, so no text in a figure can end the script element that carries it.
    private static readonly JsonSerializerOptions s_compact = new();

    internal static string Render(StoredDisplay display, PagePictures pictures, string scope)
    {
        JsonNode figure = display.Data[Mime];
        (string? title, string? subtitle) = PlotlyTitle.Read(figure);
        string? text = display.Text("text/plain")?.Trim();
        string name = title is not null ? PlotlyTitle.Plain(title) : FirstLine(text) ?? "Chart";
        string? svg = display.Text("image/svg+xml");
        string shape = string.Create(CultureInfo.InvariantCulture, $"--ratio:{Ratio(figure, svg):0.####}{(Size(figure, "height") is { } height ? $";--height:{height:0}px" : string.Empty)}");
        return $"""
            <figure class="chart" aria-label="{HtmlText.Encode(name)}">
            <div class="chart-box" style="{shape}">
            {Caption(title, subtitle)}{Picture(display, svg, text ?? name, pictures, scope)}
            <script type="application/json" class="chart-data">{figure.ToJsonString(s_compact)}</script>
            </div>
            {Description(text)}</figure>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>Hidden until the interactive chart is drawn: the picture has its title in it.</summary>
    private static string Caption(string? title, string? subtitle) => title is null
        ? string.Empty
        : $"<figcaption hidden><strong>{title}</strong>{(subtitle is null ? string.Empty : $" <span>{subtitle}</span>")}</figcaption>\n";

    private static string Picture(StoredDisplay display, string? svg, string alternative, PagePictures pictures, string scope)
    {
        string? attributes = svg is not null ? pictures.Svg(scope, svg)
            : display.Text("image/png") is { } png ? pictures.Base64(scope, "image/png", png)
            : null;
        return attributes is null
            ? $"<pre class=\"chart-picture\">{HtmlText.Encode(alternative)}</pre>"
            : $"<img class=\"chart-picture\" alt=\"{HtmlText.Encode(alternative)}\" {attributes}>";
    }

    private static string Description(string? text) => string.IsNullOrEmpty(text)
        ? string.Empty
        : $"<details class=\"chart-text\"><summary>Text description</summary><pre>{HtmlText.Encode(text)}</pre></details>\n";

    private static string? FirstLine(string? text) => text?.Split('\n')[0].Trim() is { Length: > 0 } line ? line : null;

    private static double Ratio(JsonNode figure, string? svg)
    {
        (double width, double height) = (svg is null ? null : PagePictures.SizeOfSvg(svg))
            ?? (Size(figure, "width") ?? DefaultWidth, Size(figure, "height") ?? DefaultHeight);
        return width > 0 && height > 0 ? Math.Clamp(width / height, 0.3, 4) : DefaultWidth / DefaultHeight;
    }

    private static double? Size(JsonNode figure, string side) =>
        (figure as JsonObject)?["layout"] is JsonObject layout && layout[side] is JsonValue value && value.TryGetValue(out double size) ? size : null;
}
