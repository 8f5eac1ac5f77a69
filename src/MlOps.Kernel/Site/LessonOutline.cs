using System.Globalization;
using System.Text;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace MlOps.Kernel.Site;

/// <summary>A line of the table of contents.</summary>
/// <param name="Id">The anchor of the heading, unique in the page.</param>
/// <param name="Html">The heading's text.</param>
/// <param name="Level">2 or 3.</param>
internal sealed record OutlineEntry(string Id, string Html, int Level);

/// <summary>The headings of a lesson: its title, and an anchor for every other heading.</summary>
/// <param name="TitleHtml">The first heading; null if there is none.</param>
/// <param name="TitleText">The same as plain text.</param>
/// <param name="Entries">The headings of levels 2 and 3, in order.</param>
internal sealed record LessonOutline(string? TitleHtml, string? TitleText, IReadOnlyList<OutlineEntry> Entries)
{
    /// <summary>
    /// Reads the headings of all cells and changes the documents so that the page has one h1 and no skipped level: a first
    /// heading that opens the lesson is taken out (the page's header shows it), and every other heading gets an anchor.
    /// </summary>
    internal static LessonOutline Take(IReadOnlyList<MarkdownDocument> documents, ISet<string> takenIds)
    {
        HeadingBlock? title = documents.SelectMany(document => document.Descendants<HeadingBlock>()).FirstOrDefault();
        (string? titleHtml, string? titleText) = title is null ? (null, null) : (InlineText.Html(title.Inline), InlineText.Plain(title.Inline));
        if (title is not null && documents[0].FirstOrDefault() == title)
        {
            documents[0].Remove(title);
        }

        var entries = new List<OutlineEntry>();
        int level = 1;
        foreach (HeadingBlock heading in documents.SelectMany(document => document.Descendants<HeadingBlock>()))
        {
            heading.Level = level = Math.Clamp(heading.Level, 2, level + 1);
            string id = Unique(Slug(InlineText.Plain(heading.Inline)), takenIds);
            heading.GetAttributes().Id = id;
            if (level <= 3)
            {
                entries.Add(new OutlineEntry(id, InlineText.Html(heading.Inline), level));
            }
        }

        return new LessonOutline(titleHtml, titleText, entries);
    }

    /// <summary>The anchor code-hosting pages give a heading: lower case, spaces as hyphens, other signs left out.</summary>
    private static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (Rune c in text.ToLowerInvariant().EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(c) || c.Value is '-' or '_')
            {
                slug.Append(c);
            }
            else if (Rune.IsWhiteSpace(c))
            {
                slug.Append('-');
            }
        }

        return slug.Length == 0 ? "section" : slug.ToString();
    }

    private static string Unique(string slug, ISet<string> taken)
    {
        string id = slug;
        for (int i = 1; !taken.Add(id); i++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{slug}-{i}");
        }

        return id;
    }
}
