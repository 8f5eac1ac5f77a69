using System.Net;

namespace MlOps.Quantization;

/// <summary>How a notebook shows a result that is lines of text.</summary>
internal static class TextBundle
{
    internal static IReadOnlyDictionary<string, string> Of(string text) => new Dictionary<string, string> { ["text/html"] = Html(text), ["text/plain"] = text };

    internal static string Html(string text) => $"<pre style=\"color:inherit;background:transparent\">{WebUtility.HtmlEncode(text)}</pre>";
}
