using System.Text.Json.Nodes;
using MlOps.Tracking;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Cli.Tests;

public sealed class ModelsVerbTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-models-");

    public ModelsVerbTests()
    {
        using ITrackingStore store = TrackingStore.Open(Store);
        store.CreateModel("credit");
        Add(store, 0.85);
        Add(store, 0.80);
    }

    private string Store => $"sqlite:///{Path.Combine(_folder.FullName, "runs.db")}";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Promote_GateFails_EndsWith1AndMovesNothing()
    {
        Assert.Equal(0, Promote("1").ExitCode);
        CommandResult refused = Promote("2", "--require", "auc >= 0.7", "--not-worse", "auc");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("passed  auc ≥ 0.7: auc is 0.8", refused.Output, StringComparison.Ordinal);
        Assert.Contains("FAILED  auc not worse than champion: auc is 0.8, 0.85 in version 1", refused.Output, StringComparison.Ordinal);
        Assert.Contains("\"champion\":1", Models("list", "--json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Rollback_AfterTwoPromotions_GoesBackAndTheLogIsWhole()
    {
        Assert.Equal(0, Promote("1").ExitCode);
        Assert.Equal(0, Promote("2", "--not-worse", "auc", "--by", "0.1", "--actor", "ravi", "--reason", "smaller").ExitCode);
        CommandResult back = Models("rollback", "credit", "--alias", "champion", "--reason", "complaints");
        Assert.True(back.ExitCode == 0, back.Errors);
        Assert.Contains("version 1 is champion now", back.Output, StringComparison.Ordinal);
        CommandResult log = Models("log", "credit", "--verify", "--json");
        Assert.Equal(0, log.ExitCode);
        JsonNode json = JsonNode.Parse(log.Output)!;
        Assert.True((bool)json["verified"]!);
        Assert.Equal(["AliasSet", "AliasSet", "RolledBack"], json["entries"]!.AsArray().Select(entry => (string)entry!["action"]!));
        Assert.Equal("ravi", (string)json["entries"]![1]!["actor"]!);
        Assert.Equal(1, Models("log", "--verify", "--expect", new string('1', 64)).ExitCode);
        string today = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Contains("smaller", Models("at", "credit", "--alias", "champion", "--date", today).Output, StringComparison.Ordinal);
        Assert.Contains("no version of 'credit' was champion then", Models("at", "credit", "--alias", "champion", "--date", "2001-05-03").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Approve_ByAnother_OpensTheGate()
    {
        Assert.Equal(1, Promote("1", "--approved", "1", "--actor", "asha").ExitCode);
        Assert.Equal(0, Models("approve", "credit", "1", "--actor", "asha").ExitCode);
        Assert.Equal(1, Promote("1", "--approved", "1", "--actor", "asha").ExitCode); // one's own does not count
        Assert.Equal(0, Models("approve", "credit", "1", "--actor", "ravi").ExitCode);
        Assert.Equal(0, Promote("1", "--approved", "1", "--actor", "asha").ExitCode);
    }

    [Fact]
    public void Show_Model_ListsVersionsAndLineage()
    {
        CommandResult result = Models("show", "credit");
        Assert.True(result.ExitCode == 0, result.Errors);
        Assert.Contains("'credit' version 2", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse(Models("show", "credit", "--json").Output)!.AsArray().Count);
    }

    [Theory]
    [InlineData("gone", "show", "gone")]
    [InlineData("cannot go back", "rollback", "credit", "--alias", "champion", "--reason", "x")]
    [InlineData("--require takes a limit", "promote", "credit", "1", "--alias", "champion", "--require", "auc > 0.8")]
    [InlineData("A version is a number", "promote", "credit", "first", "--alias", "champion")]
    [InlineData("--date is a day", "at", "credit", "--alias", "champion", "--date", "3 May")]
    public void Models_BadInput_EndsWith2AndASentence(string told, params string[] arguments)
    {
        CommandResult result = Models(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(told, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    private static void Add(ITrackingStore store, double auc)
    {
        Run run = store.CreateRun(new NewRun());
        store.LogMetric(run.Info.RunId, new Metric("auc", auc, 1));
        store.CreateVersion(new NewModelVersion("credit", run.Info.ArtifactUri) { RunId = run.Info.RunId });
    }

    private CommandResult Promote(string version, params string[] more) => Models(["promote", "credit", version, "--alias", "champion", .. more]);

    private CommandResult Models(params string[] arguments) => MlopsCommand.Run(["models", .. arguments, "--store", Store]);
}
