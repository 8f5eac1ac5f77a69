using System.Text.Json;

namespace MlOps.Kernel.Site;

/// <summary>Writes executed notebooks as a static site that opens from disk: no server, no network, equal bytes for equal input.</summary>
public static class CourseSite
{
    private const string ChecksFile = "checks.js";

    /// <summary>Writes the overview, a page and a notebook for download per week, a page per document, the search, and the files they share.</summary>
    /// <remarks>The folder is written beside its place and swapped in whole; a run that is killed leaves the old site or the new one.</remarks>
    /// <param name="pages">The executed notebooks, in any order; the site orders them by slug.</param>
    /// <param name="webAssets">The folder of installed npm packages, <c>eng/web/node_modules</c>.</param>
    /// <param name="outputFolder">The site's folder: new, empty, or an earlier site, which is replaced.</param>
    /// <param name="options">The course's name, plan, texts and checks; null for the defaults.</param>
    /// <returns>The full path of <c>index.html</c>.</returns>
    /// <exception cref="ArgumentException">A slug is empty, taken twice, reserved, or holds other signs than ASCII letters, digits, <c>-</c>, <c>_</c>, <c>.</c></exception>
    /// <exception cref="SiteException">A web asset is missing, the folder holds other files, another run writes it, or the disk refuses.</exception>
    public static string Write(IReadOnlyList<SitePage> pages, string webAssets, string outputFolder, SiteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentException.ThrowIfNullOrWhiteSpace(webAssets);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputFolder);
        options ??= new SiteOptions();
        CheckSlugs(pages, options.Documents);
        SiteAssets.Require(webAssets);
        WeekPage[] weeks = [.. pages.OrderBy(page => page.Slug, StringComparer.Ordinal).Select(page => new WeekPage(page))];
        WeekPage[] documents = [.. options.Documents.Select(WeekPage.Of)];
        WeekPage[] all = [.. weeks, .. documents];
        Dictionary<string, string> slugs = [];
        foreach (WeekPage page in all)
        {
            slugs.TryAdd(Path.GetFullPath(page.Page.SourcePath), page.Page.Slug);
        }

        FolderSwap.Replace(outputFolder, folder =>
        {
            SiteAssets.Copy(webAssets, folder);
            for (int i = 0; i < weeks.Length; i++)
            {
                Put(weeks[i].Page.Slug + ".html", WeekPageHtml.Render(weeks[i], i > 0 ? weeks[i - 1] : null, i + 1 < weeks.Length ? weeks[i + 1] : null, slugs, options));
                Put(weeks[i].Page.Slug + ".ipynb", weeks[i].Page.Notebook.ToJson());
                weeks[i].Pictures.Write(folder);
            }

            foreach (WeekPage document in documents)
            {
                Put(document.Page.Slug + ".html", WeekPageHtml.Render(document, null, null, slugs, options));
            }

            Put("index.html", IndexHtml.Render(weeks, documents, options));
            Put("assets/search-index.js", SearchIndex.Render(all));
            Put("assets/" + ChecksFile, Checks(options.Checks));

            void Put(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
        });
        return Path.Combine(Path.GetFullPath(outputFolder), "index.html");
    }

    /// <summary>Tells a site that was written before what checks have found since; where no site is, nothing is written.</summary>
    /// <param name="siteFolder">The site's folder.</param>
    /// <param name="checks">What is known of every exercise that was checked.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteChecks(string siteFolder, IReadOnlyList<ExerciseCheck> checks)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(siteFolder);
        ArgumentNullException.ThrowIfNull(checks);
        string file = Path.Combine(siteFolder, "assets", ChecksFile);
        if (File.Exists(file))
        {
            File.WriteAllText(file, Checks(checks));
        }
    }

    private static string Checks(IReadOnlyList<ExerciseCheck> checks) =>
        $"window.courseChecks = {JsonSerializer.Serialize(checks.ToDictionary(check => check.Exercise, check => (double[])[check.Earned, check.Shown]))};\n";

    private static void CheckSlugs(IReadOnlyList<SitePage> pages, IReadOnlyList<SiteDocument> documents)
    {
        var taken = new HashSet<string>(["index", "assets"], StringComparer.OrdinalIgnoreCase); // file systems may ignore case
        foreach (string slug in pages.Select(page => page.Slug).Concat(documents.Select(document => document.Slug)))
        {
            if (slug.Length == 0 || slug[0] == '.' || !slug.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            {
                throw new ArgumentException($"A page's slug becomes a file name: ASCII letters, digits, '-', '_' and '.'; got '{slug}'.", nameof(pages));
            }

            if (!taken.Add(slug))
            {
                throw new ArgumentException($"Every page needs a slug of its own, other than 'index' and 'assets'; '{slug}' is taken.", nameof(pages));
            }
        }
    }
}
