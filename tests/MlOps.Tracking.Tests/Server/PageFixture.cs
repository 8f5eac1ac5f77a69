using System.Globalization;
using System.Text;
using MlOps.Tracking.Registry;
using MlOps.Tracking.Server;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Server;

/// <summary>A small store on SQLite with a server before it, and a browser: what the tests of the page look at.</summary>
public sealed class PageFixture : IDisposable
{
    /// <summary>What would run if any text of the store were ever read as HTML.</summary>
    internal const string Hostile = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";

    private const long Start = 1_790_000_000_000; // 2026-09-21
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mlops-page-");
    private readonly TrackingServer _server;

    public PageFixture()
    {
        Store = TrackingStore.Open("sqlite:///" + Path.Combine(_folder.FullName, "runs.db"));
        Sweep = Store.CreateExperiment("sweep");
        Fill();
        _server = TrackingServer.Start(Store, new ServerOptions { Port = 0 });
    }

    internal ITrackingStore Store { get; }

    internal ChromiumBrowser Browser { get; } = new();

    /// <summary>Gets the experiment with 120 runs: 8 written here in full, the first one the parent of the second, and 112 small ones before them.</summary>
    internal string Sweep { get; }

    /// <summary>Gets the ids of the eight.</summary>
    internal List<string> Runs { get; } = [];

    internal string HostileRun { get; private set; } = "";

    internal string HostileExperiment { get; private set; } = "";

    internal Task<ChromiumTab> OpenAsync(string hash, int width = 1280, int hurry = 1) => Browser.OpenAsync(new Uri(_server.Address, hash), width, hurry: hurry);

    internal string Compare(string more = "") => $"#/compare?{string.Join('&', Runs.Select(run => "run=" + run))}{more}";

    private void Fill()
    {
        for (int i = 0; i < 112; i++)
        {
            Run small = Store.CreateRun(new NewRun(Sweep) { Name = $"small-{i}", StartTime = Start + i });
            Store.LogParam(small.Info.RunId, new Param("lr", "1"));
            Store.UpdateRun(small.Info.RunId, RunStatus.Finished, Start + i + 5);
        }

        string[] models = ["boosting", "forest"];
        for (int i = 0; i < 8; i++)
        {
            Tag[] tags = i == 1 ? [new Tag("mlflow.parentRunId", Runs[0])] : [];
            string run = Store.CreateRun(new NewRun(Sweep) { Name = $"run-{i}", StartTime = Start + 100_000 + 1000 * (8 - i), Tags = tags }).Info.RunId;
            Runs.Add(run);
            Metric[] metrics =
            [
                .. Enumerable.Range(0, 20).Select(step => new Metric("loss", i == 2 && step is 5 or 6 ? double.NaN : Math.Exp(-step * (i + 1) / 20.0), Start + 1000 * step, step)),
                new Metric("acc", 0.5 + 0.05 * i, Start),
            ];
            Param[] parameters = [new("lr", (0.01 * (i + 1)).ToString(CultureInfo.InvariantCulture)), new("model", models[i % 2]), new("seed", "42")];
            Store.LogBatch(run, metrics, parameters, []);
            Store.UpdateRun(run, i == 7 ? RunStatus.Failed : RunStatus.Finished, Start + 200_000);
        }

        Store.LogInputs(Runs[0], [new DatasetInput(new Dataset("churn", "b904da50", "local", "churn.csv"), [new Tag("mlflow.data.context", "training")])]);
        WriteFiles(Runs[0]);
        FillRegistry();
        FillHostile();
    }

    private void WriteFiles(string run)
    {
        IArtifactStore files = Store.OpenArtifacts(Store.GetRun(run).Info.ArtifactUri);
        foreach ((string path, string text) in ((string, string)[])
            [("note.txt", "first\nsecond"), ("tables/small.csv", "a,\"b, c\"\n1,\"x \"\"y\"\"\"\n"), ("report.html", $"<p>Report</p>{Hostile.Replace("document", "parent.document", StringComparison.Ordinal)}"), ("conf.json", "{\"deep\":{\"lr\":0.1}}"),
             ("pic.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"20\"><script>parent.document.title='owned'</script><rect width=\"30\" height=\"20\"/></svg>")])
        {
            files.Write(path, new MemoryStream(Encoding.UTF8.GetBytes(text)));
        }
    }

    private void FillRegistry()
    {
        Store.CreateModel("churn", "Who leaves.");
        for (int i = 0; i < 3; i++)
        {
            Store.CreateVersion(new NewModelVersion("churn", Store.GetRun(Runs[i]).Info.ArtifactUri + "/model") { RunId = Runs[i] });
        }

        Store.SetAlias("churn", "champion", 1, new PromotionNote("anna", "the first"));
        Store.SetAlias("churn", "champion", 2, new PromotionNote("ben", "better", """{"gates":[{"name":"acc","passed":true,"message":"0.95 is at least 0.9"}]}"""));
        Store.RecordPromotion(new PromotionDraft("churn", PromotionAction.Refused, "champion", 3, 2, new PromotionNote("carla", "é", """{"gates":[{"name":"acc","passed":false,"message":"0.84 is below 0.9"}]}""")));
        Store.SetAlias("churn", "champion", 1, new PromotionNote("anna", "errors doubled", IsRollback: true));
    }

    private void FillHostile()
    {
        HostileExperiment = Store.CreateExperiment(Hostile, tags: [new Tag("mlflow.note.content", Hostile)]);
        HostileRun = Store.CreateRun(new NewRun(HostileExperiment) { Name = Hostile, UserId = Hostile, StartTime = Start, Tags = [new Tag("mlflow.note.content", Hostile), new Tag("mlflow.source.name", "javascript:alert(1)"), new Tag("x", Hostile)] }).Info.RunId;
        Store.LogBatch(HostileRun, [new Metric("m", double.PositiveInfinity, Start)], [.. Enumerable.Range(0, 99).Select(i => new Param($"p{i:000}", Hostile))], []);
        Store.LogBatch(HostileRun, [], [.. Enumerable.Range(99, 100).Select(i => new Param($"p{i:000}", $"{i}"))], []);
        Store.LogBatch(HostileRun, [], [.. Enumerable.Range(199, 100).Select(i => new Param($"p{i:000}", $"{i}"))], [new Tag("lines", string.Join('\n', Enumerable.Range(0, 3000)))]);
        Store.LogParam(HostileRun, new Param("long", string.Concat(Enumerable.Repeat("x\n", 3000))));
        Store.UpdateRun(HostileRun, RunStatus.Finished, Start + 1);
        IArtifactStore files = Store.OpenArtifacts(Store.GetRun(HostileRun).Info.ArtifactUri);
        files.Write("<b>name&'.txt", new MemoryStream(Encoding.UTF8.GetBytes(Hostile)));
        Store.CreateModel("<b>model", Hostile);
        Store.CreateVersion(new NewModelVersion("<b>model", "mlflow-artifacts:/1") { RunLink = "javascript:document.title='owned'", RunId = HostileRun, Tags = [new Tag("x", Hostile)] });
        Store.SetAlias("<b>model", "champion", 1, new PromotionNote(Hostile, Hostile, Hostile));
    }

    public void Dispose()
    {
        Browser.Dispose();
        _server.Dispose();
        Store.Dispose();
        _folder.Delete(recursive: true);
    }
}
