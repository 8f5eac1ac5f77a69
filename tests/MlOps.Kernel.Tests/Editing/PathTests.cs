using MlOps.Kernel.Editing;

namespace MlOps.Kernel.Tests.Editing;

/// <summary>File names behind <c>#r</c>, <c>#load</c> and <c>#!import</c>.</summary>
public sealed class PathTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly EditorSession _session;

    public PathTests()
    {
        foreach (string file in (string[])["lib.dll", "Other.DLL", "notes.txt", "code.csx", "more.cs", "week.ipynb", ".hidden.dll", "bin/deep.dll", "bin/inner/x.dll"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.WriteAllText(Path.Combine(_folder, file), "");
        }

        _session = new EditorSession(_folder);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("#r \"|", "bin/ lib.dll Other.DLL")]
    [InlineData("#r \"li|", "lib.dll")]
    [InlineData("#r \"LI|\"", "lib.dll")]
    [InlineData("  #r \"bin/|", "inner/ deep.dll")]
    [InlineData("#r \"./bin/d|", "deep.dll")]
    [InlineData("#r \"bin/../l|", "lib.dll")]
    [InlineData("#r \".h|", ".hidden.dll")]
    [InlineData("#r \"nowhere/|", "")]
    [InlineData("#r \"nuget:l|", "")]
    [InlineData("#r \"nuget: |", "")]
    [InlineData("#i \"|", "")]
    [InlineData("#load \"|", "bin/ code.csx more.cs week.ipynb")]
    [InlineData("#!import |", "bin/ code.csx more.cs week.ipynb")]
    [InlineData("#!import \"w|", "week.ipynb")]
    [InlineData("var x = 1;\n#r \"li|", "lib.dll")]
    public void Complete_Path_ListsFilesAndFolders(string code, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), _session.Texts(code));

    [Fact]
    public void Complete_Path_ReplacesTheLastPart()
    {
        Completions completions = _session.Complete("#r \"bin/de|");

        Assert.Equal((8, 10), (completions.Start, completions.End));
        Assert.Equal([EntryKind.Folder, EntryKind.File, EntryKind.File], _session.Complete("#r \"|").Entries.Select(entry => entry.Kind));
    }

    [Fact]
    public void Complete_BelowAReference_DoesNotHoldOnToTheFile()
    {
        // A file read while somebody types would be the build that the session keeps: a later build could not be used.
        File.WriteAllText(Path.Combine(_folder, "lib.dll"), "no assembly at all");

        Assert.Contains("WriteLine", _session.Texts("#r \"lib.dll\"\nConsole.|"));
        Assert.Contains("WriteLine", _session.Texts("#r \"nuget: Humanizer\"\nConsole.|"));
    }
}
