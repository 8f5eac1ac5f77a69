namespace MlOps.Kernel.Site;

/// <summary>A Markdown text that becomes a page of the site: a guide, or the exercises of a week.</summary>
/// <param name="Slug">The page's name without extension, by the rules of <see cref="SitePage"/>'s; unique among pages and documents.</param>
/// <param name="Markdown">The text; its first heading is the page's title.</param>
/// <param name="SourcePath">The file that it stands for: links to that file lead to this page, and its own links are read from its folder.</param>
public sealed record SiteDocument(string Slug, string Markdown, string SourcePath);
