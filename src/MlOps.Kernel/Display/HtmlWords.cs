using System.Net;
using System.Text.RegularExpressions;

namespace MlOps.Kernel.Display;

/// <summary>What is left of HTML where only text can be shown.</summary>
internal static partial class HtmlWords
{
    /// <summary>Drops styles, scripts and tags, keeps a line per block, decodes entities.</summary>
    internal static string Of(string html)
    {
        string text = Invisible().Replace(html, "");
        text = BlockEnd().Replace(text, "\n");
        text = WebUtility.HtmlDecode(Tag().Replace(text, " "));
        return string.Join('\n', text.Split('\n').Select(line => Spaces().Replace(line, " ").Trim()).Where(line => line.Length > 0));
    }

    [GeneratedRegex(@"<(style|script)\b.*?</\1\s*>|<!--.*?-->", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Invisible();

    [GeneratedRegex(@"<br\s*/?>|</(p|div|tr|li|h[1-6]|table|pre|details|summary)\s*>", RegexOptions.IgnoreCase)]
    private static partial Regex BlockEnd();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
