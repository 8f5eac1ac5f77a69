using System.Collections.ObjectModel;
using System.Net;

namespace MlOps.Explain;

/// <summary>How a notebook shows a result that is lines of text.</summary>
internal static class TextBundle
{
    internal static IReadOnlyDictionary<string, string> Of(string text) => new ReadOnlyDictionary<string, string>(new Dictionary<string, string>
    {
        ["text/html"] = $"<pre style=\"color:inherit;background:transparent\">{WebUtility.HtmlEncode(text)}</pre>",
        ["text/plain"] = text,
    });
}
