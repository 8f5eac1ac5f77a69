using MlOps.Kernel.Notebooks;
using MlOps.Kernel.Site;

namespace MlOps.Kernel.Tests.Site;

/// <summary>A folder of its own for one test, with stand-ins for the npm packages: what is in them does not matter to the pages' HTML.</summary>
public sealed class SiteFolder : IDisposable
{
    private static readonly string[] s_packages =
    [
        "plotly.js-dist-min/plotly.min.js", "plotly.js-dist-min/LICENSE", "katex/dist/katex.min.js", "katex/LICENSE",
        "@highlightjs/cdn-assets/highlight.min.js", "@highlightjs/cdn-assets/languages/dockerfile.min.js", "@highlightjs/cdn-assets/LICENSE",
        "minisearch/dist/umd/index.js", "minisearch/LICENSE.txt",
        "katex/dist/fonts/KaTeX_Main-Regular.woff2", "katex/dist/fonts/KaTeX_Main-Regular.ttf",
    ];

    public SiteFolder()
    {
        Root = Directory.CreateTempSubdirectory("mlops-site-").FullName;
        foreach (string file in s_packages)
        {
            Put(Path.Combine("node_modules", file), file);
        }

        Put(
            "node_modules/katex/dist/katex.min.css",
            """@font-face{src:url(fonts/KaTeX_Main-Regular.woff2) format("woff2"),url(fonts/KaTeX_Main-Regular.woff) format("woff"),url(fonts/KaTeX_Main-Regular.ttf) format("truetype")}""");
    }

    internal string Root { get; }

    internal string WebAssets => Path.Combine(Root, "node_modules");

    internal string Output => Path.Combine(Root, "site");

    internal string Put(string path, string text)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    internal SitePage Page(string slug, NotebookFile notebook, bool succeeded = true) =>
        new(slug, notebook, Path.Combine(Root, "notebooks", slug + ".ipynb"), succeeded);

    internal string Write(params SitePage[] pages) => CourseSite.Write(pages, WebAssets, Output);

    /// <summary>Writes a site of one lesson and returns its page.</summary>
    internal string PageOf(NotebookFile notebook, string slug = "week12-drift")
    {
        Write(Page(slug, notebook));
        return Read(slug + ".html");
    }

    internal string Read(string file) => File.ReadAllText(Path.Combine(Output, file));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
