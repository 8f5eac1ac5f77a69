using System.Net;

namespace MlOps.Fairness.Mitigation;

/// <summary>How a notebook shows a result whose text is short and aligned.</summary>
internal static class ShownText
{
    internal static IReadOnlyDictionary<string, string> Of(string text) => new Dictionary<string, string>
    {
        ["text/html"] = $"<pre style=\"color:inherit;background:transparent;margin:0;overflow-x:auto\">{WebUtility.HtmlEncode(text)}</pre>",
        ["text/plain"] = text,
    };
}
