using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using MlOps.Kernel.Engine;
using MlOps.Kernel.Languages;
using MlOps.Kernel.Tests.Engine;

namespace MlOps.Kernel.Tests.Languages;

/// <summary>docs/polyglot.md says what is so.</summary>
public sealed class DocumentationTests
{
    private static readonly string s_page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../docs/polyglot.md"));

    [UnixFact]
    public async Task Examples_OfThePage_RunInOrder()
    {
        string folder = Directory.CreateTempSubdirectory("polyglot").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "helpers.cs"), "int Twice(int x) => 2 * x;");
        using var session = new Session(new EngineOptions { WorkingDirectory = folder });
        string[] examples = [.. Regex.Matches(s_page, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];

        List<string> shown = [];
        foreach (string example in examples)
        {
            RanCell cell = await session.Run(example);
            Assert.True(cell.Status == CellStatus.Ok, example + (cell.Result.Error is null ? "" : cell.Traceback));
            shown.Add(cell.Stdout + cell.Value);
        }

        Assert.Equal(["0.5", "", "1 numbers.txt\n", "", "", "Oslo 11 good morning\n", "42"], shown);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Page_EveryBuiltInDirective_IsThere() => Assert.All(
        BuiltInDirectives.All,
        directive => Assert.Contains("#!" + directive.Description.Name, s_page, StringComparison.Ordinal));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
