using System.Text.Json.Nodes;
using MlOps.Tracking;
using MlOps.Tracking.Stores;

namespace MlOps.Cli.Tests;

public sealed class CardVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-card-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Model_RunAndDecisions_WriteACardWhoseGapsFailTheCheck()
    {
        string store = $"sqlite:///{At("runs.db")}";
        using (ITrackingStore opened = TrackingStore.Open(store))
        {
            string run = opened.CreateRun(new NewRun(Experiment.DefaultId) { Name = "loans" }).Info.RunId;
            opened.LogBatch(run, [new Metric("auc", 0.9, 1), new Metric("auc_lower", 0.8, 1), new Metric("auc_upper", 0.95, 1)], [new Param("trees", "100")], []);
        }

        string data = File("d.csv", "y,p,g\n1,1,<b>\n0,1,<b>\n1,0,a|b\n0,0,a|b\n");
        CommandResult result = MlopsCommand.Run("card", "model", "--run", "loans", "--store", store, "--data", data, "--label", "y", "--prediction", "p", "--sensitive", "g", "--out", At("card.md"), "--json", "--check");
        Assert.True(result.ExitCode == 1, result.Errors);
        JsonNode json = JsonNode.Parse(result.Output)!;
        Assert.Equal("Model card: loans", (string)json["title"]!);
        Assert.Equal("auc", (string)json["metrics"]![0]!["metric"]!);
        Assert.Equal(0.8, (double)json["metrics"]![0]!["lower"]!);
        Assert.Contains("missing  model-details.owners", result.Errors, StringComparison.Ordinal);
        string markdown = System.IO.File.ReadAllText(At("card.md"));
        Assert.Contains("| trees | 100 |", markdown, StringComparison.Ordinal);
        Assert.Contains("| a\\|b |", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", markdown, StringComparison.Ordinal);

        CommandResult check = MlopsCommand.Run("card", "check", File("card.json", result.Output));
        Assert.Equal(1, check.ExitCode);
        Assert.Contains("missing  model-details.owners", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Risk_TemplateFilledIn_GivesTheClass()
    {
        string questions = MlopsCommand.Run("card", "questions", "risk").Output;
        string answers = questions.Replace("  ai-system:\n", "  ai-system: yes\n", StringComparison.Ordinal).Replace("  excluded:\n", "  excluded: no\n", StringComparison.Ordinal)
            .Replace("  practices:\n", "  practices: [c]\n", StringComparison.Ordinal);
        CommandResult result = MlopsCommand.Run("card", "risk", "--answers", File("system.yaml", answers), "--json", "--check");
        Assert.True(result.ExitCode == 1, result.Errors);
        Assert.Equal(("prohibited", "Art. 5(1)(c)"), ((string)JsonNode.Parse(result.Output)!["class"]!, (string)JsonNode.Parse(result.Output)!["article"]!));
    }

    [Theory]
    [InlineData("answers:\n  gdpr-355: {status: met}\n", "'gdpr-35'")]
    [InlineData("answers: [", "line")]
    public void Checklist_WrongAnswers_NameTheFile(string yaml, string part)
    {
        CommandResult result = MlopsCommand.Run("card", "checklist", "gdpr", "--answers", File("a.yaml", yaml));
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("a.yaml", result.Errors, StringComparison.Ordinal);
        Assert.Contains(part, result.Errors, StringComparison.Ordinal);
    }

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private string File(string name, string text)
    {
        System.IO.File.WriteAllText(At(name), text);
        return At(name);
    }
}
