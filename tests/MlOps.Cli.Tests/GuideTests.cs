using System.Text.RegularExpressions;
using MlOps.Data;

namespace MlOps.Cli.Tests;

/// <summary>The C# of a guide runs as it stands, top to bottom, in a folder that has the course's data sets.</summary>
public sealed partial class GuideTests
{
    [Theory]
    [InlineData("benchmarking.md")]
    [InlineData("cards-and-checklists.md")]
    [InlineData("compressing-onnx-files.md")]
    [InlineData("data-quality.md")]
    [InlineData("distillation.md")]
    [InlineData("drift-in-sql.md")]
    [InlineData("explaining-pictures.md")]
    [InlineData("explaining.md")]
    [InlineData("fairness.md")]
    [InlineData("int8.md")]
    [InlineData("learning.md")]
    [InlineData("mitigation.md")]
    [InlineData("model-registry.md")]
    [InlineData("multivariate-drift.md")]
    [InlineData("number-formats.md")]
    [InlineData("performance-without-labels.md")]
    [InlineData("privacy.md")]
    [InlineData("proxies-and-individuals.md")]
    [InlineData("pruning.md")]
    [InlineData("quantizing.md")]
    [InlineData("shapley-values.md")]
    [InlineData("sketches.md")]
    [InlineData("streaming-drift.md")]
    [InlineData("tracking-server.md")]
    [InlineData("tracking.md")]
    [InlineData("tree-shap.md")]
    [InlineData("watch-a-model.md")]
    [InlineData("windows-and-thresholds.md")]
    public void Guide_ItsCode_Runs(string guide)
    {
        string text = File.ReadAllText(Path.Combine(MlopsCommand.RepositoryRoot, "docs", guide));
        string[] blocks = [.. CSharpBlock().Matches(text).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(blocks);
        using var notebook = new TestNotebook(blocks);
        CopyLoans(notebook);

        CommandResult run = MlopsCommand.Run("execute", notebook.Input, "-o", notebook.Output);

        Assert.True(run.ExitCode == 0, run.Errors + string.Join('\n', Enumerable.Range(1, blocks.Length).SelectMany(notebook.TextsOf)));
    }

    private static void CopyLoans(TestNotebook notebook)
    {
        const string Loans = "loan-applications";
        string folder = Path.Combine(notebook.At("datasets"), Loans);
        Directory.CreateDirectory(folder);
        File.Copy(DataSets.PathOf(Loans, MlopsCommand.RepositoryRoot), Path.Combine(folder, Loans + ".csv"));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
