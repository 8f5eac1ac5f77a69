using System.Text.RegularExpressions;
using Markdig.Syntax;

namespace MlOps.Kernel.Site;

/// <summary>What the index says about a lesson, found in its first cells.</summary>
/// <param name="Duration">Such as <c>45–60 min</c>; null if none is named.</param>
/// <param name="Summary">The first paragraph before the first section that is more than a badge row; where there are no objectives either, the first paragraph of all. Null if there is none.</param>
/// <param name="Objectives">The items of the first list that says what the reader will be able to do.</param>
internal sealed partial record LessonBrief(string? Duration, string? Summary, IReadOnlyList<string> Objectives)
{
    private const int OpeningCells = 4;
    private const int ShortestSummary = 40;
    private const int LongestSentence = 200;

    internal static LessonBrief Read(IEnumerable<MarkdownDocument> documents)
    {
        (string? duration, string? summary, string? later, IReadOnlyList<string> objectives) = (null, null, null, []);
        (bool announced, bool opening) = (false, true);
        foreach (Block block in documents.Take(OpeningCells).SelectMany(document => document))
        {
            if (block is ListBlock list)
            {
                objectives = announced && objectives.Count == 0 ? [.. list.OfType<ListItemBlock>().Select(item => FirstText(item)).Where(text => text.Length > 0)] : objectives;
                duration ??= list.Descendants<ParagraphBlock>().Select(item => DurationIn(InlineText.Plain(item.Inline))).FirstOrDefault(found => found is not null);
                continue;
            }

            opening &= block is not HeadingBlock; // the title has been taken out
            string text = block is LeafBlock leaf ? InlineText.Plain(leaf.Inline) : FirstText(block as ContainerBlock);
            announced = Announcement().IsMatch(text) || (announced && block is not HeadingBlock);
            bool isBadgeRow = opening && text.Contains(" · ", StringComparison.Ordinal);
            if (duration is null && (isBadgeRow || text.Length <= LongestSentence) && DurationIn(text) is { } found)
            {
                duration = found;
            }
            else if (block is ParagraphBlock && text.Length >= ShortestSummary && !text.EndsWith(':'))
            {
                summary ??= opening ? text : null;
                later ??= text;
            }
        }

        return new LessonBrief(duration, summary ?? (objectives.Count == 0 ? later : null), objectives);
    }

    private static string FirstText(ContainerBlock? block) =>
        InlineText.Plain(block?.Descendants<ParagraphBlock>().FirstOrDefault()?.Inline);

    private static string? DurationIn(string text) => Minutes().Match(text) is { Success: true } match
        ? $"{match.Groups["from"].Value}{(match.Groups["to"].Success ? "–" + match.Groups["to"].Value : string.Empty)} {(match.Groups["unit"].Value.StartsWith('h') ? "h" : "min")}"
        : null;

    [GeneratedRegex(@"\b(?<from>[0-9]{1,3})(?:\s*(?:–|-|to)\s*(?<to>[0-9]{1,3}))?\s*(?<unit>min(?:utes?)?|h|hours?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Minutes();

    [GeneratedRegex(@"\b(?:able to|objectives?|you will|you can|what you (?:learn|do))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Announcement();
}
