using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Site;

/// <summary>One executed notebook that becomes a page of the site.</summary>
/// <param name="Slug">The page's name without extension, such as <c>week12-monitoring-and-drift</c>: ASCII letters, digits, <c>-</c>, <c>_</c> and <c>.</c>; unique.</param>
/// <param name="Notebook">The notebook with its outputs.</param>
/// <param name="SourcePath">Where the notebook lies. Pictures beside it are taken into the page; its folder's name begins the paths of links into the repository.</param>
/// <param name="Succeeded">Whether the last run came to its end. A page whose run failed says so.</param>
public sealed record SitePage(string Slug, NotebookFile Notebook, string SourcePath, bool Succeeded = true);
