namespace MlOps.Tracking.Tests.Api;

public sealed class ReproductionTests : TemporaryStore
{
    [Fact]
    public void Reproduce_NothingChanged_FindsAllTheSame()
    {
        string file = Path.Join(Folder, "train.csv");
        File.WriteAllText(file, "x\n1\n");
        using Tracker tracker = Open(new TrackerOptions { CodeFolder = Folder });
        Run run = tracker.Run("full", run => run.Data("train", file), seed: 42);
        ReproductionReport report = tracker.Reproduce(run);
        Assert.Equal(["commit"], report.Problems.Select(item => item.Name)); // the folder is no work tree
        Assert.Equal(ReproductionStatus.Missing, report.Problems[0].Status);
        Assert.Contains(report.Items, item => item is { Kind: "environment", Name: "dotnet", Status: ReproductionStatus.Same } && item.Then == Environment.Version.ToString());
        Assert.Contains(report.Items, item => item is { Kind: "package", Name: "Npgsql", Status: ReproductionStatus.Same });
        Assert.Contains(report.Items, item => item is { Kind: "seed", Then: "42" });
    }

    [Fact]
    public void Reproduce_DataChangedOrGone_SaysWhich()
    {
        string changed = Path.Join(Folder, "changed.csv");
        string gone = Path.Join(Folder, "gone.csv");
        File.WriteAllText(changed, "x\n1\n");
        File.WriteAllText(gone, "x\n1\n");
        using Tracker tracker = Open();
        Run run = tracker.Run("r", run =>
        {
            run.Data("changed", changed);
            run.Data("gone", gone);
        });
        File.WriteAllText(changed, "x\n2\n");
        File.Delete(gone);
        ReproductionReport report = tracker.Reproduce(run);
        Assert.Equal(
            [("changed", ReproductionStatus.Different), ("gone", ReproductionStatus.Missing)],
            report.Items.Where(item => item.Kind == "data").OrderBy(item => item.Name, StringComparer.Ordinal).Select(item => (item.Name, item.Status)));
        Assert.False(report.CanReproduce);
    }

    [Fact]
    public void Reproduce_AnotherEnvironment_ShowsThenAndNow()
    {
        using Tracker tracker = Open();
        Run run = tracker.Run("r", run => run.Artifact("environment.json", """{"dotnet": "9.0.1", "packages": {"Npgsql": "8.0.0", "Gone": "1.0"}}"""), seed: 1);
        ReproductionReport report = tracker.Reproduce(run);
        Assert.Equal(("9.0.1", Environment.Version.ToString(), ReproductionStatus.Different), Item("dotnet"));
        Assert.Equal(("8.0.0", ReproductionStatus.Different), (Item("Npgsql").Then, Item("Npgsql").Status));
        Assert.Equal(("1.0", null, ReproductionStatus.Missing), Item("Gone"));
        Assert.Contains("different  package Npgsql: 8.0.0 → ", report.ToString(), StringComparison.Ordinal);

        (string? Then, string? Now, ReproductionStatus Status) Item(string name)
        {
            ReproductionItem item = report.Items.Single(item => item.Name == name);
            return (item.Then, item.Now, item.Status);
        }
    }

    [Fact]
    public void Reproduce_UncommittedChanges_CannotBeDoneAgain()
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun(tags: [new Tag("mlflow.source.git.commit", new string('a', 40)), new Tag("mlops.git.dirty", "true")]);
        ReproductionItem item = tracker.Reproduce(run.Read()).Items.Single(item => item.Name == "changes");
        Assert.Equal((ReproductionStatus.Missing, "uncommitted changes"), (item.Status, item.Then));
    }

    [Fact]
    public void Reproduce_AnotherClientsRun_SaysWhatWasNotNoted()
    {
        using Tracker tracker = Open();
        Run run = tracker.Store.CreateRun(new NewRun(tracker.Experiment.Id));
        Assert.Equal(["code commit", "data sets", "seed ", "environment environment.json"], tracker.Reproduce(run).Problems.Select(item => $"{item.Kind} {item.Name}"));
        Assert.Contains("not noted", tracker.Reproduce(run).ToMimeBundle()["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void StartRun_ByDefault_KeepsNoEnvironmentVariable()
    {
        using Tracker tracker = Open(new TrackerOptions());
        using ActiveRun run = tracker.StartRun();
        using var reader = new StreamReader(tracker.Store.OpenArtifacts(run.Info.ArtifactUri).OpenRead("environment.json"));
        string json = reader.ReadToEnd();
        Assert.Contains(Environment.Version.ToString(), json, StringComparison.Ordinal);
        Assert.DoesNotContain(Environment.GetEnvironmentVariable("PATH")!, json, StringComparison.Ordinal);
        Assert.DoesNotContain("HOME", json, StringComparison.Ordinal);
    }
}
