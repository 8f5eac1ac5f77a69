using System.Net;
using System.Text.RegularExpressions;

namespace MlOps.Cli.Tests.Site;

/// <summary>The files of the course's own site: their weight, and where their links lead.</summary>
[Collection(SiteCollection.Name)]
public sealed partial class SiteFilesTests(SiteUnderTest site)
{
    private const long MostBytes = 1_000_000;

    /// <summary>
    /// Everything a reader of a whole week loads but plotly.js and the fonts of formulas: the page with its figures, its scripts and styles,
    /// its photographs. The SVG pictures of charts come only on paper, without JavaScript, or where a chart cannot be drawn.
    /// </summary>
    [WebAssetsFact]
    public void WeekPage_WithAllItLoadsButPlotly_IsUnderOneMegabyte()
    {
        Assert.NotEmpty(site.Weeks);
        Assert.All(site.Weeks, week =>
        {
            string html = site.Read(week + ".html");
            string pictures = Path.Combine(site.Root, week);
            long bytes = Size(week + ".html")
                + Loaded().Matches(html).Select(match => match.Groups["file"].Value).Distinct().Sum(Size)
                + (Directory.Exists(pictures) ? new DirectoryInfo(pictures).EnumerateFiles().Where(file => file.Extension != ".svg").Sum(file => file.Length) : 0);
            Assert.True(bytes <= MostBytes, $"{week} loads {bytes:N0} bytes.");
            Assert.True(bytes > 400_000, $"{week}: {bytes:N0} bytes are too few; has this test overlooked the scripts?");
            Assert.DoesNotContain("src=\"data:image", html, StringComparison.Ordinal);
        });
    }

    [WebAssetsFact]
    public void Links_OfEveryPage_LeadToAPageAndAnAnchorThatAreThere()
    {
        Dictionary<string, string> pages = Directory.EnumerateFiles(site.Root, "*.html").ToDictionary(path => Path.GetFileName(path), File.ReadAllText);
        Dictionary<string, HashSet<string>> anchors = pages.ToDictionary(page => page.Key, page => Ids().Matches(page.Value).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value)).ToHashSet());
        var dead = new List<string>();
        foreach ((string name, string html) in pages)
        {
            foreach (string link in Links().Matches(html).Select(match => Uri.UnescapeDataString(WebUtility.HtmlDecode(match.Groups[1].Value))))
            {
                string[] parts = link.Split('#', 2);
                string target = parts[0].Length == 0 ? name : parts[0];
                if (!File.Exists(Path.Combine(site.Root, target)) || (parts.Length == 2 && anchors.TryGetValue(target, out HashSet<string>? ids) && !ids.Contains(parts[1])))
                {
                    dead.Add($"{name}: {link}");
                }
            }
        }

        Assert.Equal([], dead);
        Assert.True(pages.Count > 20, $"{pages.Count} pages: where are the guides?");
    }

    private long Size(string file) => new FileInfo(Path.Combine(site.Root, file)).Length;

    [GeneratedRegex("""<(?:script|link)\b[^>]*?\b(?:src|href)="(?<file>assets/[^"]+)" """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Loaded();

    [GeneratedRegex(" id=\"([^\"]*)\"")]
    private static partial Regex Ids();

    [GeneratedRegex("<a\\b[^>]*? href=\"(?![a-z]+:)([^\"]*)\"")]
    private static partial Regex Links();
}
