using System.Text.RegularExpressions;

namespace MlOps.Kernel.Site;

/// <summary>Pictures as <c>data:</c> addresses. An SVG in an <c>img</c> element can run no script and its names cannot clash with the page's.</summary>
internal static partial class PictureHtml
{
    internal static string Base64(string mime, string base64) => $"data:{mime};base64,{NotBase64().Replace(base64, string.Empty)}";

    /// <summary>Encodes what an address or an attribute must not hold; shorter than base64.</summary>
    internal static string Svg(string svg)
    {
        svg = svg.Trim();
        if (!svg.Contains("xmlns=", StringComparison.Ordinal))
        {
            svg = svg.Replace("<svg", "<svg xmlns='http://www.w3.org/2000/svg'", StringComparison.Ordinal);
        }

        return "data:image/svg+xml," + Reserved().Replace(svg, match => $"%{(int)match.ValueSpan[0]:X2}");
    }

    internal static string Image(string source, string alternative) =>
        $"<img alt=\"{HtmlText.Encode(alternative)}\" src=\"{source}\">";

    [GeneratedRegex("[^A-Za-z0-9+/=]")]
    private static partial Regex NotBase64();

    [GeneratedRegex("""[\t\r\n%#<>"'&{}|\\^`]""")]
    private static partial Regex Reserved();
}
