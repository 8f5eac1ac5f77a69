using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary>A file on its way to a client: as an attachment and of no other type than said, so that no page of it is ever run as one of ours.</summary>
internal sealed class Download(IArtifactStore files, string path)
{
    private const int Chunk = 128 * 1024;

    private static readonly Dictionary<string, string> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".txt"] = "text/plain", [".log"] = "text/plain", [".md"] = "text/plain", [".py"] = "text/plain", [".cs"] = "text/plain", [".yaml"] = "text/plain", [".yml"] = "text/plain",
        [".csv"] = "text/csv", [".tsv"] = "text/tab-separated-values", [".html"] = "text/html", [".json"] = "application/json", [".pdf"] = "application/pdf",
        [".png"] = "image/png", [".jpg"] = "image/jpeg", [".jpeg"] = "image/jpeg", [".gif"] = "image/gif", [".webp"] = "image/webp", [".svg"] = "image/svg+xml",
    };

    internal async Task SendAsync(HttpContext http)
    {
        Stream content = files.OpenRead(path, http.RequestAborted);
        await using (content.ConfigureAwait(false))
        {
            string name = path[(path.LastIndexOf('/') + 1)..];
            HttpResponse response = http.Response;
            response.ContentType = TypeOf(name);
            response.ContentLength = content.Length - content.Position;
            response.Headers.ContentDisposition = DispositionOf(name);
            response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
            await response.StartAsync(http.RequestAborted).ConfigureAwait(false);
            if (!HttpMethods.IsHead(http.Request.Method))
            {
                await content.CopyToAsync(response.Body, Chunk, http.RequestAborted).ConfigureAwait(false);
            }
        }
    }

    private static string TypeOf(string name)
    {
        if (name is "MLmodel" or "conda.yaml" or "requirements.txt")
        {
            return "text/plain";
        }

        return s_types.GetValueOrDefault(Path.GetExtension(name), "application/octet-stream");
    }

    private static string DispositionOf(string name)
    {
        if (name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
        {
            return "attachment; filename=" + name;
        }

        // FileNameStar is RFC 5987: any name, percent-encoded in UTF-8.
        return new ContentDispositionHeaderValue("attachment") { FileName = "\"file\"", FileNameStar = name }.ToString();
    }
}
