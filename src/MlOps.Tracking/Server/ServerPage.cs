using System.Collections.Frozen;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace MlOps.Tracking.Server;

/// <summary>The web page: <c>/</c> and <c>/static/…</c>, files that lie in this assembly (<c>Server/Page</c>). They hold no data; those the page asks for itself.</summary>
internal sealed class ServerPage
{
    /// <summary>What a browser may load for the page: what comes from this server, and pictures and frames that the page itself makes.</summary>
    internal const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; frame-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string Prefix = "Page/"; // of the resources' names, given in the project file
    private static readonly FrozenDictionary<string, ServerPage> s_files = All();

    private readonly byte[] _content;
    private readonly string _type;

    private ServerPage(byte[] content, string type) => (_content, _type) = (content, type);

    /// <summary>Returns the file at a path; null if there is none.</summary>
    internal static ServerPage? Find(string path) => s_files.GetValueOrDefault(path);

    internal Task SendAsync(HttpContext http)
    {
        http.Response.ContentType = _type;
        http.Response.ContentLength = _content.Length;
        http.Response.Headers.ContentSecurityPolicy = ContentSecurityPolicy;
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-cache"; // the page goes with the version of the server
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(_content).AsTask();
    }

    private static FrozenDictionary<string, ServerPage> All()
    {
        var files = new Dictionary<string, ServerPage>(StringComparer.Ordinal);
        Assembly assembly = typeof(ServerPage).Assembly;
        foreach (string resource in assembly.GetManifestResourceNames())
        {
            string name = resource.Replace('\\', '/');
            if (!name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                continue;
            }

            using Stream stream = assembly.GetManifestResourceStream(resource)!;
            byte[] content = new byte[stream.Length];
            stream.ReadExactly(content);
            string path = name[Prefix.Length..];
            files.Add(path == "index.html" ? "/" : "/static/" + path, new ServerPage(content, TypeOf(path)));
        }

        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".json" => "application/json",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };
}
