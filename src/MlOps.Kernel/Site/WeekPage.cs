using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using MlOps.Kernel.Notebooks;

namespace MlOps.Kernel.Site;

/// <summary>What a lesson or a text says about itself, for its own page, for the overview and for the search.</summary>
internal sealed partial class WeekPage
{
    private readonly IReadOnlyDictionary<NotebookCell, MarkdownDocument> _documents;
    private readonly LessonOutline _outline;
    private readonly HashSet<string> _ids;

    internal WeekPage(SitePage page, bool isDocument = false)
    {
        (Page, IsDocument) = (page, isDocument);
        _ids = new HashSet<string>(Enumerable.Range(1, page.Notebook.Cells.Count).Select(CellId), StringComparer.OrdinalIgnoreCase) { "content", "toc" };
        _documents = page.Notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown)
            .ToDictionary(cell => cell, cell => LessonMarkdown.Parse(cell.Source));
        MarkdownDocument[] inOrder = [.. page.Notebook.Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => _documents[cell])];
        _outline = LessonOutline.Take(inOrder, _ids);
        Match week = WeekInSlug().Match(page.Slug);
        Number = week.Success && !isDocument ? int.Parse(week.Groups["number"].Value, CultureInfo.InvariantCulture) : null;
        Brief = LessonBrief.Read(inOrder);
        Pictures = new PagePictures(page.Slug);
    }

    /// <summary>Gets what the page is made from.</summary>
    internal SitePage Page { get; }

    /// <summary>Gets a value indicating whether the page is a text beside the weeks, made of a single cell.</summary>
    internal bool IsDocument { get; }

    /// <summary>Gets the number in the slug; null for a page that is no week.</summary>
    internal int? Number { get; }

    /// <summary>Gets the duration, summary and objectives.</summary>
    internal LessonBrief Brief { get; }

    /// <summary>Gets <c>Week 12</c>; null for a page that is no week.</summary>
    internal string? Label => Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"Week {number}") : null;

    /// <summary>Gets the title as text; the slug's words where the notebook has no heading.</summary>
    internal string Title => WithoutLabel(_outline.TitleText) is { Length: > 0 } title ? title : SlugWords();

    /// <summary>Gets the title as HTML.</summary>
    internal string TitleHtml => WithoutLabel(_outline.TitleHtml) is { Length: > 0 } title ? title : HtmlText.Encode(SlugWords());

    /// <summary>Gets the number of charts among the outputs.</summary>
    internal int Charts => Page.Notebook.Cells.SelectMany(cell => cell.Outputs).OfType<StoredDisplay>().Count(display => display.Data.ContainsKey(ChartHtml.Mime));

    /// <summary>Gets the headings for the table of contents.</summary>
    internal IReadOnlyList<OutlineEntry> Outline => _outline.Entries;

    /// <summary>Gets the pictures among the outputs; complete once <see cref="Content"/> has been rendered.</summary>
    internal PagePictures Pictures { get; }

    /// <summary>Makes a page of a text.</summary>
    internal static WeekPage Of(SiteDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        NotebookFile empty = NotebookFile.Parse("""{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[]}""", document.SourcePath);
        return new WeekPage(new SitePage(document.Slug, empty.WithCells([NotebookCell.Markdown("text", document.Markdown)]), document.SourcePath), isDocument: true);
    }

    /// <summary>Renders the cells.</summary>
    /// <param name="pages">The pages of the site: full path of the source → slug.</param>
    internal string Content(IReadOnlyDictionary<string, string> pages)
    {
        var links = new PageLinks(pages, Page.SourcePath, _ids);
        var cells = new CellHtml(links, new OutputHtml(links, Pictures), HighlightName(Page.Notebook.Language));
        var html = new StringBuilder();
        var prediction = new Prediction(html);
        int codeCells = 0;
        foreach (NotebookCell cell in Page.Notebook.Cells)
        {
            if (_documents.TryGetValue(cell, out MarkdownDocument? document))
            {
                foreach (IReadOnlyList<Block> part in prediction.PartsOf(document, cell.Id))
                {
                    html.Append(cells.Markdown(part, cell.Id));
                }
            }
            else if (cell.Kind == CellKind.Code && (cell.Outputs.Count > 0 || !string.IsNullOrWhiteSpace(cell.Source)))
            {
                prediction.BeforeCode();
                html.Append(cells.Code(cell, ++codeCells));
            }
        }

        prediction.End();
        return html.ToString();
    }

    /// <summary>Gets the text under each heading, for the search: anchor, heading and words. The first has no anchor; it is what stands before any heading.</summary>
    internal IEnumerable<(string Id, string Heading, string Text)> Sections()
    {
        (string id, string heading, var text) = (string.Empty, string.Empty, new StringBuilder());
        foreach (NotebookCell cell in Page.Notebook.Cells)
        {
            if (!_documents.TryGetValue(cell, out MarkdownDocument? document))
            {
                text.Append(cell.Source).Append('\n');
                continue;
            }

            foreach (LeafBlock block in document.Descendants<LeafBlock>())
            {
                if (block is HeadingBlock { Level: <= 3 } next)
                {
                    yield return (id, heading, text.ToString());
                    (id, heading) = (next.GetAttributes().Id!, InlineText.Plain(next.Inline));
                    text.Clear();
                }
                else if (block is not HtmlBlock and not MathBlock)
                {
                    text.Append(block.Inline is null ? block.Lines.ToString() : InlineText.Plain(block.Inline)).Append('\n');
                }
            }
        }

        yield return (id, heading, text.ToString());
    }

    internal static string CellId(int number) => string.Create(CultureInfo.InvariantCulture, $"cell-{number}");

    private static string HighlightName(string? language) => language?.ToLowerInvariant() switch
    {
        null or "c#" or "csharp" => "csharp",
        "f#" => "fsharp",
        var other => other,
    };

    /// <summary>The page shows "Week 12" above its title, so a title that begins with it need not say it again.</summary>
    private string? WithoutLabel(string? title) => Number is { } number && title is not null
        ? Regex.Replace(title, string.Create(CultureInfo.InvariantCulture, $@"^week\s+0*{number}(?![0-9])[\s·:.,–—-]*"), string.Empty, RegexOptions.IgnoreCase)
        : title;

    private string SlugWords()
    {
        string words = WeekInSlug().Replace(Page.Slug, string.Empty).Replace('-', ' ').Replace('_', ' ').Trim();
        return words.Length == 0 ? Page.Slug : char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex("^week(?<number>[0-9]{1,3})(?:-|$)")]
    private static partial Regex WeekInSlug();
}
