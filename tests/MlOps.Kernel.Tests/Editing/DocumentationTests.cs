using System.Text;
using System.Xml.Linq;
using MlOps.Kernel.Editing;

namespace MlOps.Kernel.Tests.Editing;

/// <summary>XML documentation as text, and where it is found. Expectations are written by hand.</summary>
public sealed class DocumentationTests
{
    [Theory]
    [InlineData("Plain words.", "Plain words.", "Plain words.")]
    [InlineData("\n      Two lines\n      of one sentence.\n    ", "Two lines of one sentence.", "Two lines of one sentence.")]
    [InlineData("A <see cref=\"T:System.String\"/> here.", "A String here.", "A `String` here.")]
    [InlineData("Use <see cref=\"M:System.Math.Abs(System.Int32)\"/>.", "Use Math.Abs.", "Use `Math.Abs`.")]
    [InlineData("Of <see cref=\"T:System.Collections.Generic.List`1\"/>.", "Of List.", "Of `List`.")]
    [InlineData("From <see cref=\"M:System.Random.#ctor(System.Int32)\"/>.", "From Random.", "From `Random`.")]
    [InlineData("In <see cref=\"N:System.Text\"/>.", "In System.Text.", "In `System.Text`.")]
    [InlineData("Or <see langword=\"null\"/>.", "Or null.", "Or `null`.")]
    [InlineData("See <see href=\"x/y\">this page</see>.", "See this page.", "See this page.")]
    [InlineData("If <paramref name=\"x\"/> is <typeparamref name=\"T\"/>.", "If x is T.", "If `x` is `T`.")]
    [InlineData("Write <c>a  b</c>, not a*b_c.", "Write a b, not a*b_c.", "Write `a b`, not a\\*b\\_c.")]
    [InlineData("<para>One.</para><para>Two.</para>", "One.\n\nTwo.", "One.\n\nTwo.")]
    [InlineData("One.<br/>Two.", "One.\nTwo.", "One.  \nTwo.")]
    [InlineData("<list type=\"bullet\"><item><description>a</description></item><item><description>b</description></item></list>", "- a\n- b", "- a\n- b")]
    [InlineData("Do: <list type=\"number\"><item>a</item><item>b</item></list> Done.", "Do:\n\n1. a\n2. b\n\nDone.", "Do:\n\n1. a\n2. b\n\nDone.")]
    [InlineData("<list type=\"table\"><item><term>k</term><description>what</description></item></list>", "- k – what", "- k – what")]
    [InlineData("<list><item><description><para>a</para></description></item></list>", "- a", "- a")]
    [InlineData("Try:<code>\n    var x = 1;\n      x++;\n</code>", "Try:\n\n    var x = 1;\n      x++;", "Try:\n\n```csharp\nvar x = 1;\n  x++;\n```")]
    [InlineData("a &lt; b &amp; c", "a < b & c", "a \\< b & c")]
    [InlineData("<unknown>kept</unknown>", "kept", "kept")]
    [InlineData("A <b>bold</b> word.", "A bold word.", "A **bold** word.")]
    [InlineData("", "", "")]
    public void Write_Element_ReadsWell(string xml, string plain, string markdown)
    {
        XElement element = XElement.Parse($"<summary>{xml}</summary>", LoadOptions.PreserveWhitespace);

        Assert.Equal(plain, DocumentationText.Plain(element));
        Assert.Equal(markdown, DocumentationText.Markdown(element));
    }

    [Fact]
    public void Find_FileLargerThanTheBuffer_FindsEveryMember()
    {
        const int Members = 6000; // 1.5 MB: names lie across the borders of the pieces that are read
        string path = Write(string.Concat(Enumerable.Range(0, Members).Select(i => $"<member name=\"M:Some.Type.Method{i}(System.Int32)\"><summary>{i} {new string('ä', i % 200)}</summary></member>\n")));

        DocumentationIndex index = DocumentationIndex.Of(path);

        Assert.Equal(Members, index.Count);
        Assert.All(Enumerable.Range(0, Members), i => Assert.StartsWith($"{i} ", index.Find($"M:Some.Type.Method{i}(System.Int32)")!.Value, StringComparison.Ordinal));
        Assert.Null(index.Find("M:Some.Type.Absent"));
        File.Delete(path);
    }

    [Theory]
    [InlineData("<member name=\"T:A\"><summary>never closed")]
    [InlineData("<member name=\"T:A\"><summary>wrong</member>")]
    [InlineData("<member name=\"T:A")]
    [InlineData("")]
    public void Find_BrokenFile_FindsNothing(string content)
    {
        string path = Write(content);

        Assert.Null(DocumentationIndex.Of(path).Find("T:A"));
        File.Delete(path);
    }

    [Fact]
    public void Find_NoFile_FindsNothing()
    {
        string path = Write("<member name=\"T:A\"><summary>a</summary></member>");
        DocumentationIndex index = DocumentationIndex.Of(path);
        File.Delete(path);

        Assert.Null(index.Find("T:A")); // deleted since
        Assert.Equal(0, DocumentationIndex.Of(path).Count);
        Assert.Null(new DocumentationFiles().Find(Path.ChangeExtension(path, ".dll"), "T:A"));
    }

    [Fact]
    public void PackFiles_SeveralPacks_TakesTheNewestOfThisVersion()
    {
        string root = Directory.CreateTempSubdirectory().FullName;
        int major = Environment.Version.Major;
        foreach (string version in (string[])[$"{major}.0.2", $"{major}.0.10", $"{major}.0.3-rc.1", $"{major + 1}.0.0", "readme"])
        {
            string folder = Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref", version, "ref", $"net{major}.0");
            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, "System.Runtime.xml"), "");
        }

        string runtime = Path.Combine(root, "shared", "Microsoft.NETCore.App", $"{major}.0.2");

        Assert.Contains($"{major}.0.10", Assert.Single(DocumentationFiles.PackFiles(runtime)), StringComparison.Ordinal);
        Assert.Empty(DocumentationFiles.PackFiles(Path.Combine(root, "elsewhere", "x", "y", "z")));
        Directory.Delete(root, recursive: true);
    }

    private static string Write(string members)
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "<?xml version=\"1.0\"?><doc><members>\n" + members + (members.EndsWith('>') ? "</members></doc>" : ""), Encoding.UTF8);
        return path;
    }
}
