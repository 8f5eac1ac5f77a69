namespace MlOps.Course.Tests;

/// <summary>A link from one document to another leads somewhere, and every document is led to.</summary>
public sealed class DocumentLinks
{
    public static TheoryData<string> DocumentsAndNotebooks() => new(
        MarkdownDocument.Names(Repository.Root).Concat(Directory.EnumerateFiles(Repository.At("notebooks"), "*.ipynb").Select(path => "notebooks/" + Path.GetFileName(path))));

    [Theory]
    [MemberData(nameof(DocumentsAndNotebooks))]
    public void Links_LeadSomewhere(string document)
    {
        MarkdownDocument from = MarkdownDocument.Load(Repository.At(document));
        foreach (DocumentLink link in from.Links.Where(IsInside))
        {
            string[] parts = link.Target.Split('#', 2);
            string target = Target(from, link);
            Assert.True(Path.Exists(target), $"{document} links to {link.Target}, which is not there.");
            Assert.StartsWith(Repository.Root, target, StringComparison.Ordinal);
            if (parts.Length == 2)
            {
                Assert.True(MarkdownDocument.Load(target).Anchors.Contains(parts[1]), $"{document} links to {link.Target}; no heading there has this name.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(DocumentsAndNotebooks))]
    public void Pictures_HaveAnAlternativeText(string document) => Assert.All(
        MarkdownDocument.Load(Repository.At(document)).Links.Where(link => link.AlternativeText is not null),
        picture => Assert.True(picture.AlternativeText!.Length > 10, $"{document}: who cannot see {picture.Target} reads '{picture.AlternativeText}'."));

    [Fact]
    public void Documents_AreAllReachedFromTheReadme()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { Repository.At("README.md") };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out string? path))
        {
            MarkdownDocument document = MarkdownDocument.Load(path);
            foreach (string target in document.Links.Where(IsInside).Select(link => Target(document, link)))
            {
                string page = Directory.Exists(target) ? Path.Combine(target, "README.md") : target;
                if (Path.GetExtension(page) is ".md" or ".ipynb" && File.Exists(page) && reached.Add(page))
                {
                    open.Enqueue(page);
                }
            }
        }

        string[] orphans = [.. MarkdownDocument.Names(Repository.Root).Where(name => !reached.Contains(Path.GetFullPath(Repository.At(name))))];
        Assert.Empty(orphans);
    }

    [Fact]
    public void Index_OfTheGuides_ListsEachOnce() => Assert.Equal(
        MarkdownDocument.Names(Repository.Root).Where(name => name.StartsWith("docs/", StringComparison.Ordinal) && !name.StartsWith("docs/decisions/0", StringComparison.Ordinal) && name != "docs/README.md"),
        ListedIn("docs", "README.md").Where(path => path.StartsWith("docs/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Index_OfTheDecisions_ListsEachOnceInOrder() => Assert.Equal(
        Directory.EnumerateFiles(Repository.At("docs", "decisions"), "0*.md").Select(path => "docs/decisions/" + Path.GetFileName(path)).Order(StringComparer.Ordinal),
        ListedIn("docs", "decisions", "README.md").Where(path => path.StartsWith("docs/decisions/0", StringComparison.Ordinal)));

    [Fact]
    public void Decisions_AreNumberedWithoutGap() => Assert.Equal(
        Directory.EnumerateFiles(Repository.At("docs", "decisions"), "0*.md").Select((_, i) => FormattableString.Invariant($"{i + 1:0000}")),
        Directory.EnumerateFiles(Repository.At("docs", "decisions"), "0*.md").Select(path => Path.GetFileName(path)[..4]).Order(StringComparer.Ordinal));

    private static IEnumerable<string> ListedIn(params string[] index)
    {
        MarkdownDocument document = MarkdownDocument.Load(Repository.At(index));
        return document.Links.Where(IsInside).Select(link => Path.GetRelativePath(Repository.Root, Target(document, link)).Replace('\\', '/'));
    }

    private static bool IsInside(DocumentLink link) => !link.Target.Contains("://", StringComparison.Ordinal) && !link.Target.StartsWith("mailto:", StringComparison.Ordinal);

    private static string Target(MarkdownDocument from, DocumentLink link)
    {
        string path = Uri.UnescapeDataString(link.Target.Split('#', 2)[0]);
        return path.Length == 0 ? from.Path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from.Path)!, path));
    }
}
