using System.Text.RegularExpressions;

namespace MlOps.Kernel.Site;

/// <summary>The files every page shares: kept libraries from npm and our own styles and scripts.</summary>
internal static partial class SiteAssets
{
    private static readonly (string From, string To)[] s_libraries =
    [
        ("plotly.js-dist-min/plotly.min.js", "plotly.min.js"),
        ("plotly.js-dist-min/LICENSE", "plotly.LICENSE.txt"),
        ("katex/dist/katex.min.js", "katex/katex.min.js"),
        ("katex/LICENSE", "katex/LICENSE.txt"),
        ("@highlightjs/cdn-assets/highlight.min.js", "highlight/highlight.min.js"),
        ("@highlightjs/cdn-assets/languages/dockerfile.min.js", "highlight/dockerfile.min.js"),
        ("@highlightjs/cdn-assets/LICENSE", "highlight/LICENSE.txt"),
        ("minisearch/dist/umd/index.js", "minisearch/minisearch.js"),
        ("minisearch/LICENSE.txt", "minisearch/LICENSE.txt"),
    ];

    private static readonly string[] s_own = ["site.css", "reader.css", "code.css", "theme.js", "progress.js", "overview.js", "predict.js", "search.js", "page.js", "charts.js"];

    private static string KatexStyle => "katex/dist/katex.min.css";

    /// <summary>Says what is missing before anything is written.</summary>
    internal static void Require(string webAssets)
    {
        string[] missing = [.. s_libraries.Select(library => library.From).Append(KatexStyle).Where(file => !File.Exists(Path.Combine(webAssets, file)))];
        if (missing.Length > 0)
        {
            throw new SiteException($"{webAssets}: the site needs {missing[0]}{(missing.Length > 1 ? FormattableString.Invariant($" and {missing.Length - 1} more files") : string.Empty)}, which set-up fetches. Run ./mlops doctor to see what is missing; npm ci in eng/web mends it.");
        }
    }

    /// <summary>Copies everything into <c>assets</c> of the site.</summary>
    internal static void Copy(string webAssets, string site)
    {
        string assets = Path.Combine(site, "assets");
        foreach ((string from, string to) in s_libraries)
        {
            CopyFile(Path.Combine(webAssets, from), Path.Combine(assets, to));
        }

        foreach (string font in Directory.EnumerateFiles(Path.Combine(webAssets, "katex/dist/fonts"), "*.woff2"))
        {
            CopyFile(font, Path.Combine(assets, "katex/fonts", Path.GetFileName(font)));
        }

        File.WriteAllText(Path.Combine(assets, "katex/katex.min.css"), OtherFormats().Replace(File.ReadAllText(Path.Combine(webAssets, KatexStyle)), string.Empty));
        foreach (string name in s_own)
        {
            File.WriteAllText(Path.Combine(assets, name), SiteTemplate.Read(name));
        }
    }

    private static void CopyFile(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }

    /// <summary>Every browser that reads these pages reads woff2; the older formats would double the fonts.</summary>
    [GeneratedRegex(@",url\([^)]*\.(?:woff|ttf)\)\s*format\([^)]*\)")]
    private static partial Regex OtherFormats();
}
