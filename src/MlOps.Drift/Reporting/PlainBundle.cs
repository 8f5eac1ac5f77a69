using System.Net;

namespace MlOps.Drift.Reporting;

/// <summary>How a notebook shows what is best read as text.</summary>
internal static class PlainBundle
{
    internal static IReadOnlyDictionary<string, string> Of(string text) => new Dictionary<string, string>
    {
        ["text/html"] = $"<pre style=\"margin:0;white-space:pre-wrap\">{WebUtility.HtmlEncode(text)}</pre>",
        ["text/plain"] = text,
    };
}
