using System.Text.Json.Nodes;
using MlOps.Tracking;
using MlOps.Tracking.Stores;

namespace MlOps.Cli.Tests;

public sealed class RunsVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-runs-");
    private readonly Dictionary<string, string> _ids = [];

    public RunsVerbTests()
    {
        using ITrackingStore store = TrackingStore.Open(Store);
        string credit = store.CreateExperiment("credit");
        Add(store, Experiment.DefaultId, "first", "forest", 0.7);
        Add(store, credit, "best", "=forest", 0.9);
        Add(store, credit, "worst", "linear", 0.5);
    }

    private string Store => $"sqlite:///{At("runs.db")}";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void List_FilterAndOrder_ShowsThoseRuns()
    {
        CommandResult result = Runs("list", "--filter", "metrics.auc > 0.6 or params.model = 'linear'", "--order-by", "metrics.auc DESC", "--columns", "name,model", "auc");
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Equal(["3 runs", "name   model    auc", "best   =forest  0.9", "first  forest   0.7", "worst  linear   0.5"], Lines(result));
    }

    [Fact]
    public void List_ExperimentAndMax_SaysThatThereAreMore()
    {
        CommandResult result = Runs("list", "--experiment", "credit", "--max", "1", "--json");
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Single(Lines(result));
        Assert.Contains("more than 1 runs", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_BeginningOfTheId_FindsTheRun()
    {
        CommandResult json = Runs("show", _ids["best"][..8], "--json");
        Assert.True(json.ExitCode == 0, json.Errors);
        Assert.Equal(_ids["best"], (string)JsonNode.Parse(json.Output)!["runId"]!);
        CommandResult text = Runs("show", "best");
        Assert.Contains(_ids["best"], text.Output, StringComparison.Ordinal);
        Assert.Contains("experiment 'credit'", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_TwoRuns_WritesThePage()
    {
        CommandResult result = Runs("compare", "best", _ids["worst"][..8], "--html", At("page.html"));
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("2 runs differ in 1 of 1 parameter", result.Output, StringComparison.Ordinal);
        Assert.Contains("<svg", File.ReadAllText(At("page.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_CsvJsonLinesAndFolder_HoldEveryRun()
    {
        Assert.Equal(0, Runs("export", "--out", At("runs.csv")).ExitCode);
        Assert.Contains("'=forest", File.ReadAllText(At("runs.csv")), StringComparison.Ordinal); // no formula for a spreadsheet
        Assert.Equal(0, Runs("export", "--experiment", "credit", "--out", At("runs.jsonl")).ExitCode);
        Assert.Equal(2, File.ReadAllLines(At("runs.jsonl")).Length);
        Assert.Equal(0, Runs("export", "--filter", "attributes.run_name = 'best'", "--out", At("all/")).ExitCode);
        Assert.True(File.Exists(Path.Combine(At("all"), _ids["best"], "metrics.csv")));
    }

    [Fact]
    public void ListAndShow_TextThatSteersATerminal_IsHarmless()
    {
        using (ITrackingStore store = TrackingStore.Open(Store))
        {
            store.LogParam(_ids["best"], new Param("note", "\u001b[2J\u0007gone"));
        }

        Assert.Contains("\uFFFD[2J\uFFFDgone", Runs("show", "best").Output, StringComparison.Ordinal);
        Assert.Contains("\uFFFD[2J\uFFFDgone", Runs("list", "--experiment", "credit", "--columns", "note").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("there is no run 'gone'", "show", "gone")]
    [InlineData("no experiment 'gone'", "list", "--experiment", "gone")]
    [InlineData("--max is a number", "list", "--max", "0")]
    [InlineData("No run has 'colour'", "list", "--columns", "colour")]
    [InlineData("a .csv file, a .jsonl file or a folder", "export", "--out", "runs.xlsx")]
    [InlineData("Invalid clause", "list", "--filter", "metrics.auc >")]
    public void Runs_BadInput_EndsWith2AndASentence(string told, params string[] arguments)
    {
        CommandResult result = Runs(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(told, result.Errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_StoreThatIsNotThere_IsNotMade()
    {
        CommandResult result = MlopsCommand.Run("runs", "list", "--store", $"sqlite:///{At("other.db")}");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("There is no store", result.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(At("other.db")));
    }

    private static string[] Lines(CommandResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private CommandResult Runs(params string[] arguments) => MlopsCommand.Run(["runs", .. arguments, "--store", Store]);

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private void Add(ITrackingStore store, string experiment, string name, string model, double auc)
    {
        string id = store.CreateRun(new NewRun(experiment) { Name = name }).Info.RunId;
        store.LogBatch(id, [new Metric("auc", auc, 1)], [new Param("model", model)], []);
        _ids[name] = id;
    }
}
