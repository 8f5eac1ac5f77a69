using Microsoft.Data.Sqlite;
using MlOps.Course.Tests;
using MlOps.Kernel.Engine;

namespace MlOps.Cli.Tests;

/// <summary>The C# of a document runs as it stands, top to bottom, as the cells of one notebook; a text block right below a block is what it shows.</summary>
/// <remarks>All in this process, each document in an engine of its own: the compiler warms up once.</remarks>
[Collection(GuideFolder.Alone)]
public sealed class GuideTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    /// <summary>Blocks that are no cell of a notebook: the document, how the block begins, and where it is tested instead.</summary>
    private static readonly (string Document, string Begins, string Reason)[] s_elsewhere =
    [
        ("docs/student.md", "#!exercise 12.3", "replaces a file of the course; CheckVerbTests submit from a cell in a copy of it"),
        ("docs/instructor.md", "namespace Week12;", "a starter is a file, and scripts have no namespaces; the tests of the exercises compile the real ones"),
        ("docs/instructor.md", "public interface ISpan", "tests are compiled with the exercises' project"),
        ("docs/polyglot.md", "#!mermaid", "starts a browser; the kernel's tests of diagrams do"),
    ];

    public static TheoryData<string> Guides() => new(
        MarkdownDocument.Names(MlopsCommand.RepositoryRoot).Where(name => Load(name).Blocks.Any(block => IsRun(name, block))));

    [Theory]
    [MemberData(nameof(Guides))]
    public async Task Guide_ItsCode_RunsAndShowsWhatItSays(string guide)
    {
        using var folder = new GuideFolder();
        using var engine = new NotebookEngine(CourseEngine.Options with { WorkingDirectory = folder.FullName });
        List<string> differences = [];
        foreach (FencedBlock block in Load(guide).Blocks.Where(block => IsRun(guide, block)))
        {
            List<CellOutput> shown = [];
            CellResult result = await engine.RunAsync(block.Text, new CellOptions { Label = $"{guide}, line {block.Line}", Timeout = s_limit }, shown.Add);
            Assert.True(result.Error is null, result.Error is { } error ? string.Join('\n', error.Traceback) : null);
            if (block.Shows is { } expected && Difference(expected, string.Concat(shown.Select(TextOf))) is { } difference)
            {
                differences.Add($"line {block.Line} shows\n{difference}\n");
            }
        }

        foreach (IDisposable left in engine.Variables.Select(variable => variable.Value).OfType<IDisposable>())
        {
            left.Dispose(); // what holds a file of the folder
        }

        SqliteConnection.ClearAllPools();
        Assert.True(differences.Count == 0, $"{guide}\n{string.Join('\n', differences)}");
    }

    [Fact]
    public void Exceptions_AreBlocksThatAreThere() => Assert.All(
        s_elsewhere, exception => Assert.Contains(Load(exception.Document).Blocks, block => block.Text.StartsWith(exception.Begins, StringComparison.Ordinal)));

    private static MarkdownDocument Load(string name) => MarkdownDocument.Load(Path.Combine(MlopsCommand.RepositoryRoot, name));

    private static bool IsRun(string document, FencedBlock block) => block.Language == "csharp"
        && !s_elsewhere.Any(exception => exception.Document == document && block.Text.StartsWith(exception.Begins, StringComparison.Ordinal));

    /// <summary>Compares line by line; a last line "…" stands for what follows. Returns what is shown instead, or null.</summary>
    private static string? Difference(string expected, string shown)
    {
        string[] wanted = Lines(expected);
        string[] got = Lines(shown);
        if (wanted[^1] == "…")
        {
            wanted = wanted[..^1];
            got = got[..Math.Min(wanted.Length, got.Length)];
        }

        return wanted.SequenceEqual(got) ? null : string.Join('\n', got);
    }

    private static string[] Lines(string text) => [.. text.Trim('\n').Split('\n').Select(line => line.TrimEnd())];

    private static string TextOf(CellOutput output) => output switch
    {
        StreamOutput stream => stream.Text,
        DisplayOutput display => display.Bundle["text/plain"] + "\n",
        ResultOutput result => result.Bundle["text/plain"] + "\n",
        _ => string.Empty,
    };
}
