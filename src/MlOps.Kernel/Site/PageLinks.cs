using System.Text.RegularExpressions;

namespace MlOps.Kernel.Site;

/// <summary>Makes the links, pictures and scripts of a notebook fit a page that stands alone.</summary>
/// <remarks>
/// A link to a notebook or a text that has a page becomes a link to that page. Any other relative link points into the repository, where
/// the site does not reach: it keeps its text, loses its address and names the path (<c>data-path</c>). A picture beside the
/// notebook is taken into the page; a picture on the network becomes a link to it, for nothing is loaded from a network.
/// Scripts, frames and linked style sheets are left out.
/// </remarks>
/// <param name="pages">The pages of the site: full path of the source → slug.</param>
/// <param name="sourcePath">Where the notebook or text lies.</param>
/// <param name="anchors">The anchors of this page, compared without regard to case: a link made for Jupyter (<c>#Summary</c>) finds <c>summary</c>.</param>
internal sealed partial class PageLinks(IReadOnlyDictionary<string, string> pages, string sourcePath, HashSet<string> anchors)
{
    private static readonly Dictionary<string, string> s_pictureTypes = new(StringComparer.OrdinalIgnoreCase)
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".svg"] = "image/svg+xml",
        [".webp"] = "image/webp",
    };

    /// <summary>Rewrites a fragment of HTML that Markdown or an output gave.</summary>
    internal string Rewrite(string html)
    {
        html = Active().Replace(html, string.Empty);
        html = Picture().Replace(html, match => PictureFor(match));
        return Anchor().Replace(html, match => match.Groups["before"].Value + Target(match.Groups["url"].Value) + match.Groups["after"].Value);
    }

    private string Target(string url)
    {
        if (url.StartsWith('#'))
        {
            return $"href=\"#{(anchors.TryGetValue(url[1..], out string? anchor) ? anchor : url[1..])}\"";
        }

        if (url.Length == 0 || url.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))
        {
            return string.Empty;
        }

        if (Scheme().IsMatch(url))
        {
            return $"href=\"{url}\"";
        }

        int cut = url.IndexOfAny(['#', '?']);
        string path = Uri.UnescapeDataString(cut < 0 ? url : url[..cut]);
        if (pages.TryGetValue(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(sourcePath))!, path)), out string? slug))
        {
            return $"href=\"{HtmlText.Encode(slug)}.html{(cut < 0 ? string.Empty : url[cut..])}\"";
        }

        return $"class=\"in-repository\" data-path=\"{HtmlText.Encode(InRepository(path))}\"";
    }

    private string PictureFor(Match match)
    {
        string url = match.Groups["url"].Value;
        string alt = Alternative().Match(match.Value).Groups["alt"].Value;
        if (url.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
        {
            return match.Value;
        }

        if (Scheme().IsMatch(url))
        {
            return $"<a href=\"{url}\">{(alt.Length > 0 ? alt : url)}</a>";
        }

        string file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(sourcePath))!, Uri.UnescapeDataString(url));
        return s_pictureTypes.TryGetValue(Path.GetExtension(file), out string? type) && File.Exists(file)
            ? match.Groups["before"].Value + $"src=\"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(file))}\"" + match.Groups["after"].Value
            : $"<span class=\"in-repository\" data-path=\"{HtmlText.Encode(InRepository(url))}\">{alt}</span>";
    }

    /// <summary>The path from the repository's root: <c>../datasets/x</c> is <c>datasets/x</c>, and <c>x</c> lies beside the notebook.</summary>
    private string InRepository(string path)
    {
        var parts = new List<string> { Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(sourcePath))) ?? string.Empty };
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not (".." or "."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts.Where(part => part.Length > 0));
    }

    [GeneratedRegex("""(?<before><a\b[^>]*?\s)href\s*=\s*(?<q>["'])(?<url>[^"']*)\k<q>(?<after>[^>]*>)""", RegexOptions.IgnoreCase)]
    private static partial Regex Anchor();

    [GeneratedRegex("""(?<before><img\b[^>]*?\s)src\s*=\s*(?<q>["'])(?<url>[^"']*)\k<q>(?<after>[^>]*>)""", RegexOptions.IgnoreCase)]
    private static partial Regex Picture();

    [GeneratedRegex("""\balt\s*=\s*"(?<alt>[^"]*)" """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Alternative();

    [GeneratedRegex(@"<script\b.*?(</script\s*>|$)|</?(iframe|object|embed|link|base|meta)\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Active();

    [GeneratedRegex(@"^([a-z][a-z0-9+.-]*:|//)", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();
}
