using System.Net;
using System.Text;
using MlOps.Charts;

namespace MlOps.Cli;

/// <summary>An explanation as one page without script or outside files.</summary>
internal static class ExplainPage
{
    internal static void Write(string path, string title, string note, string table, params Figure[] figures)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>").Append(WebUtility.HtmlEncode(title)).Append("</title>");
        page.Append("<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}svg{max-width:100%;height:auto}</style></head><body>\n<h1>");
        page.Append(WebUtility.HtmlEncode(title)).Append("</h1>\n<p>").Append(WebUtility.HtmlEncode(note)).Append("</p>\n");
        foreach (Figure figure in figures)
        {
            page.Append("<figure>").Append(figure.ToSvg()).Append("</figure>\n");
        }

        page.Append(table).Append("\n</body></html>\n");
        File.WriteAllText(path, page.ToString(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>A text that keeps its lines.</summary>
    internal static string Preformatted(string text) => $"<pre>{WebUtility.HtmlEncode(text)}</pre>";
}
