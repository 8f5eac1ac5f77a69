using System.Text.RegularExpressions;

namespace MlOps.Cli.Tests;

/// <summary>The C# of a guide runs as it stands, from the repository's folder.</summary>
public sealed partial class GuideTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName(); // what a guide saves goes there

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("learning.md")]
    public void Guide_ItsCode_Runs(string guide)
    {
        string text = File.ReadAllText(Path.Combine(MlopsCommand.RepositoryRoot, "docs", guide));
        string[] blocks = [.. CSharpBlock().Matches(text).Select(match => match.Groups[1].Value.Replace("\"loans.onnx\"", Literal(_file), StringComparison.Ordinal))];
        Assert.NotEmpty(blocks);
        using var notebook = new TestNotebook([$"Directory.SetCurrentDirectory({Literal(MlopsCommand.RepositoryRoot)});", .. blocks]);
        CommandResult run = MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output);
        Assert.True(run.ExitCode == 0, run.Errors + string.Join('\n', Enumerable.Range(2, blocks.Length).SelectMany(notebook.TextsOf)));
    }

    private static string Literal(string text) => $"@\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
