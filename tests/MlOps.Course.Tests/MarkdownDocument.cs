using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using MlOps.Kernel.Notebooks;

namespace MlOps.Course.Tests;

/// <summary>A fenced block of a document.</summary>
/// <param name="Language">What it says it is; empty if nothing.</param>
/// <param name="Text">Its lines, without the indentation of a list that it stands in.</param>
/// <param name="Line">The line of the document on which it begins.</param>
/// <param name="Shows">The text block right below, which says what this one shows; null if there is none.</param>
internal sealed record FencedBlock(string Language, string Text, int Line, string? Shows);

/// <summary>A link or a picture: where it leads, and its alternative text if it is a picture.</summary>
internal sealed record DocumentLink(string Target, string? AlternativeText);

/// <summary>A document of the repository, taken apart as a code-hosting page would.</summary>
internal sealed partial class MarkdownDocument
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().Build();

    private readonly Markdig.Syntax.MarkdownDocument _tree;

    private MarkdownDocument(string path, string text)
    {
        Path = path;
        Text = text;
        _tree = Markdown.Parse(text, s_pipeline);
        Headings = [.. _tree.Descendants<HeadingBlock>().Select(heading => (heading.Level, PlainText(heading.Inline!)))];
        Blocks = [.. _tree.Descendants<FencedCodeBlock>().Select(Block)];
        Links =
        [
            .. _tree.Descendants<LinkInline>().Select(link => new DocumentLink(link.Url ?? string.Empty, link.IsImage ? PlainText(link) : null)),
            .. _tree.Descendants<HtmlBlock>().SelectMany(html => LinksOf(html.Lines.ToString())),
            .. _tree.Descendants<HtmlInline>().SelectMany(html => LinksOf(html.Tag)),
        ];
    }

    /// <summary>Gets the file.</summary>
    internal string Path { get; }

    internal string Text { get; }

    internal IReadOnlyList<(int Level, string Text)> Headings { get; }

    internal IReadOnlyList<FencedBlock> Blocks { get; }

    /// <summary>Gets every link and picture, those in HTML included.</summary>
    internal IReadOnlyList<DocumentLink> Links { get; }

    /// <summary>Gets where <c>#…</c> can lead: the headings' names, a number behind one that was there before, and anchors in HTML.</summary>
    internal IReadOnlySet<string> Anchors
    {
        get
        {
            var anchors = new HashSet<string>(StringComparer.Ordinal);
            foreach ((_, string text) in Headings)
            {
                string slug = Slug(text);
                string name = slug;
                for (int again = 1; !anchors.Add(name); again++)
                {
                    name = FormattableString.Invariant($"{slug}-{again}");
                }
            }

            anchors.UnionWith(Identifier().Matches(Text).Select(match => match.Groups[1].Value));
            return anchors;
        }
    }

    /// <summary>Names the documents of a repository, relative to its root: those at the root, the guides, the data cards, the weeks' exercises.</summary>
    internal static IReadOnlyList<string> Names(string root) =>
    [
        .. Directory.EnumerateFiles(root, "*.md")
            .Concat(Directory.EnumerateFiles(System.IO.Path.Combine(root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(System.IO.Path.Combine(root, "datasets"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(System.IO.Path.Combine(root, "exercises"), "README.md", SearchOption.AllDirectories))
            .Select(path => System.IO.Path.GetRelativePath(root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads a document, or the text cells of a notebook.</summary>
    internal static MarkdownDocument Load(string path) => new(path, path.EndsWith(".ipynb", StringComparison.Ordinal)
        ? string.Join("\n\n", NotebookFile.Load(path).Cells.Where(cell => cell.Kind == CellKind.Markdown).Select(cell => cell.Source))
        : File.ReadAllText(path));

    private static FencedBlock Block(FencedCodeBlock block)
    {
        ContainerBlock around = block.Parent!;
        int next = around.IndexOf(block) + 1;
        string? shows = next < around.Count && around[next] is FencedCodeBlock { Info: "text" } text ? text.Lines.ToString() : null;
        return new FencedBlock(block.Info ?? string.Empty, block.Lines.ToString(), block.Line + 1, shows);
    }

    private static IEnumerable<DocumentLink> LinksOf(string html) => Tag().Matches(html).Select(tag =>
        new DocumentLink(tag.Groups["target"].Value, tag.Groups["name"].Value == "img" ? Alternative().Match(tag.Value).Groups[1].Value : null));

    private static string PlainText(ContainerInline inlines)
    {
        var text = new StringBuilder();
        foreach (Inline inline in inlines.Descendants<Inline>())
        {
            text.Append(inline switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline code => code.Content,
                HtmlEntityInline entity => entity.Transcoded.ToString(),
                _ => string.Empty,
            });
        }

        return text.ToString();
    }

    // As code-hosting pages do: lower case, no punctuation, a hyphen for every blank.
    private static string Slug(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(c => c == ' ' ? '-' : c));

    [GeneratedRegex("""<(?<name>a|img|source)\b[^>]*?\b(?:href|src|srcset)="(?<target>[^"]*)"[^>]*>""")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\balt=""([^""]*)""")]
    private static partial Regex Alternative();

    [GeneratedRegex(@"<[a-z]+[^>]*?\b(?:id|name)=""([^""]+)""")]
    private static partial Regex Identifier();
}
