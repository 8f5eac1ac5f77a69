using System.Text.RegularExpressions;

namespace MlOps.Course.Tests;

/// <summary>A link from one document to another file of the repository leads somewhere.</summary>
public sealed partial class DocumentLinks
{
    public static TheoryData<string> Documents() => new(
        Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Repository.At("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.At("datasets"), "*.md", SearchOption.AllDirectories))
        .Select(path => Path.GetRelativePath(Repository.Root, path)).Order());

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_LeadSomewhere(string document)
    {
        string folder = Path.GetDirectoryName(Repository.At(document))!;
        foreach (Match link in RelativeLink().Matches(File.ReadAllText(Repository.At(document))))
        {
            Assert.True(Path.Exists(Path.Combine(folder, link.Groups[1].Value)), $"{document} links to {link.Groups[1].Value}, which is not there.");
        }
    }

    [GeneratedRegex(@"\]\((?![a-z]+:|#)([^)#\s]+)")]
    private static partial Regex RelativeLink();
}
