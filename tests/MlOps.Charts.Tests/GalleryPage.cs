using System.Net;
using System.Text;

namespace MlOps.Charts.Tests;

/// <summary>Writes the gallery as one page: each figure interactive (where plotly.min.js lies beside it), as picture and as text.</summary>
public static class GalleryPage
{
    public static string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var page = new StringBuilder("""
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Chart gallery</title><script src="plotly.min.js"></script>
            <style>body{font-family:system-ui,sans-serif;margin:8px}section{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(360px,100%),1fr));gap:12px;align-items:start;margin-bottom:24px}section>div{min-width:0}pre{white-space:pre-wrap;font-size:12px;grid-column:1/-1}</style>
            <script>window.figures={};window.complaints=[]</script>

            """);
        foreach ((string name, Figure figure) in Gallery.Figures)
        {
            IReadOnlyDictionary<string, string> bundle = figure.ToMimeBundle();
            File.WriteAllText(Path.Combine(folder, $"{name}.svg"), bundle["image/svg+xml"]);
            page.Append("<h2 id=\"h-").Append(name).Append("\">").Append(name).Append("</h2><section><div id=\"").Append(name).Append("\"></div><div>")
                .Append(bundle["image/svg+xml"]).Append("</div><pre>").Append(WebUtility.HtmlEncode(bundle["text/plain"])).Append("</pre></section>\n<script>figures['")
                .Append(name).Append("']=").Append(bundle["application/vnd.plotly.v1+json"]).Append("</script>\n");
        }

        page.Append("""
            <script>
            for (const [name, f] of Object.entries(window.Plotly ? figures : {})) {
              const found = Plotly.validate(f.data, f.layout) || [];
              for (const c of found) complaints.push(name + ': ' + c.msg);
              Plotly.newPlot(name, f.data, f.layout, f.config);
            }
            </script><pre id="complaints"></pre><script>document.getElementById('complaints').textContent = 'complaints: ' + complaints.length + '\n' + complaints.join('\n')</script></html>
            """);
        string path = Path.Combine(folder, "index.html");
        File.WriteAllText(path, page.ToString());
        return path;
    }
}
