using System.Text.RegularExpressions;

namespace MlOps.Grading.Tests.Feedback;

/// <summary>What every page of ours must keep to.</summary>
internal static partial class Markup
{
    private static readonly HashSet<string> s_void = ["meta", "link", "br", "img", "hr", "input"];

    /// <summary>Elements close in the order they open, no script, headings skip no level, tables name their headers, ids are unique.</summary>
    internal static void Check(string html)
    {
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(StyleContent().Replace(html, "<style></style>")))
        {
            string name = tag.Groups["name"].Value;
            if (tag.Groups["end"].Success)
            {
                Assert.Equal(open.Pop(), name);
            }
            else if (!s_void.Contains(name) && !tag.Value.EndsWith("/>", StringComparison.Ordinal))
            {
                open.Push(name);
            }
        }

        Assert.Empty(open);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        int before = 0;
        foreach (Match heading in Heading().Matches(html))
        {
            int level = heading.Groups["level"].Value[0] - '0';
            Assert.True(level <= before + 1, $"h{level} follows h{before}");
            before = level;
        }

        foreach (Match header in HeaderCell().Matches(html))
        {
            Assert.Contains("scope=", header.Value, StringComparison.Ordinal);
        }

        string[] ids = [.. Id().Matches(html).Select(id => id.Groups["id"].Value)];
        Assert.Equal(ids.Distinct(), ids);
    }

    [GeneratedRegex("<(?<end>/)?(?<name>[a-z][a-zA-Z0-9]*)(?:\"[^\"]*\"|[^>\"])*>")]
    private static partial Regex Tag();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex StyleContent();

    [GeneratedRegex("<h(?<level>[1-6])[ >]")]
    private static partial Regex Heading();

    [GeneratedRegex("<th[ >][^>]*")]
    private static partial Regex HeaderCell();

    [GeneratedRegex(" id=\"(?<id>[^\"]*)\"")]
    private static partial Regex Id();
}
