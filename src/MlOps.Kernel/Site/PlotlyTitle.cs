using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MlOps.Kernel.Site;

/// <summary>The title of a Plotly figure as HTML. A title drawn by Plotly does not wrap and is cut off on a phone; this one wraps.</summary>
internal static partial class PlotlyTitle
{
    /// <summary>Returns title and subtitle; null where the figure has none.</summary>
    internal static (string? Title, string? Subtitle) Read(JsonNode figure)
    {
        JsonNode? title = (figure as JsonObject)?["layout"] is JsonObject layout ? layout["title"] : null;
        return title switch
        {
            JsonObject parts => (Html(parts["text"]), Html((parts["subtitle"] as JsonObject)?["text"])),
            _ => (Html(title), null), // files made for Plotly 2 hold a string
        };
    }

    /// <summary>The same without markup.</summary>
    internal static string Plain(string html) =>
        System.Net.WebUtility.HtmlDecode(Markup().Replace(html, string.Empty)).Trim();

    private static string? Html(JsonNode? text) =>
        text is JsonValue value && value.TryGetValue(out string? words) && words.Trim().Length > 0
            ? Entity().Replace(Allowed().Replace(LineBreak().Replace(HtmlText.Encode(words.Trim()), " "), "<$1>"), "&")
            : null;

    /// <summary>Plotly reads character entities, so a figure's text may hold them; encoding must not do it twice.</summary>
    [GeneratedRegex("&amp;(?=(?:lt|gt|amp|quot|nbsp);)")]
    private static partial Regex Entity();

    [GeneratedRegex("&lt;(/?(?:b|i|sub|sup))&gt;")]
    private static partial Regex Allowed();

    /// <summary>Lines were broken for the width Plotly was to draw in; here the browser breaks them.</summary>
    [GeneratedRegex(" ?&lt;br ?/?&gt; ?")]
    private static partial Regex LineBreak();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Markup();
}
