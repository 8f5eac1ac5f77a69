namespace MlOps.Kernel.Site;

/// <summary>Writes executed notebooks as a static site that opens from disk: no server, no network, equal bytes for equal input.</summary>
public static class CourseSite
{
    /// <summary>Writes the index, a page and a notebook for download per week, and the files they share.</summary>
    /// <remarks>The folder is written beside its place and swapped in whole; a run that is killed leaves the old site or the new one.</remarks>
    /// <param name="pages">The executed notebooks, in any order; the site orders them by slug.</param>
    /// <param name="webAssets">The folder of installed npm packages, <c>eng/web/node_modules</c>.</param>
    /// <param name="outputFolder">The site's folder: new, empty, or an earlier site, which is replaced.</param>
    /// <param name="options">The course's name and plan; null for the defaults.</param>
    /// <returns>The full path of <c>index.html</c>.</returns>
    /// <exception cref="ArgumentException">A slug is empty, taken twice, reserved, or holds other signs than ASCII letters, digits, <c>-</c>, <c>_</c>, <c>.</c></exception>
    /// <exception cref="SiteException">A web asset is missing, the folder holds other files, another run writes it, or the disk refuses.</exception>
    public static string Write(IReadOnlyList<SitePage> pages, string webAssets, string outputFolder, SiteOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(pages);
        ArgumentException.ThrowIfNullOrWhiteSpace(webAssets);
        ArgumentException.ThrowIfNullOrWhiteSpace(outputFolder);
        CheckSlugs(pages);
        SiteAssets.Require(webAssets);
        options ??= new SiteOptions();
        WeekPage[] weeks = [.. pages.OrderBy(page => page.Slug, StringComparer.Ordinal).Select(page => new WeekPage(page))];
        HashSet<string> slugs = [.. weeks.Select(week => week.Page.Slug)];
        FolderSwap.Replace(outputFolder, folder =>
        {
            SiteAssets.Copy(webAssets, folder);
            for (int i = 0; i < weeks.Length; i++)
            {
                string html = WeekPageHtml.Render(weeks[i], i > 0 ? weeks[i - 1] : null, i + 1 < weeks.Length ? weeks[i + 1] : null, slugs, options);
                File.WriteAllText(Path.Combine(folder, weeks[i].Page.Slug + ".html"), html);
                File.WriteAllText(Path.Combine(folder, weeks[i].Page.Slug + ".ipynb"), weeks[i].Page.Notebook.ToJson());
            }

            File.WriteAllText(Path.Combine(folder, "index.html"), IndexHtml.Render(weeks, options));
        });
        return Path.Combine(Path.GetFullPath(outputFolder), "index.html");
    }

    private static void CheckSlugs(IReadOnlyList<SitePage> pages)
    {
        var taken = new HashSet<string>(["index", "assets"], StringComparer.OrdinalIgnoreCase); // file systems may ignore case
        foreach (SitePage page in pages)
        {
            if (page.Slug.Length == 0 || page.Slug[0] == '.' || !page.Slug.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            {
                throw new ArgumentException($"A page's slug becomes a file name: ASCII letters, digits, '-', '_' and '.'; got '{page.Slug}'.", nameof(pages));
            }

            if (!taken.Add(page.Slug))
            {
                throw new ArgumentException($"Every page needs a slug of its own, other than 'index' and 'assets'; '{page.Slug}' is taken.", nameof(pages));
            }
        }
    }
}
