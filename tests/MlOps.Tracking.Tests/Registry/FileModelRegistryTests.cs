using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Registry;

public sealed class FileModelRegistryTests : ModelRegistryContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mlops-registry-").FullName;

    private string Runs => Path.Combine(_folder, "mlruns");

    private string LogFile => Path.Combine(Runs, "promotions.jsonl");

    private string PendingFile => Path.Combine(Runs, ".promotions.pending");

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    protected override ITrackingStore Open(StoreOptions options) => TrackingStore.Open(Runs, options);

    private static void TwoVersions(ITrackingStore store)
    {
        store.CreateModel("m", "what it is", [new Tag("team", "risk")]);
        store.CreateVersion(new NewModelVersion("m", "s3://b/m") { RunId = new string('a', 32), Tags = [new Tag("k/deep", "v")] });
        store.CreateVersion(new NewModelVersion("m", "s3://b/n") { Description = "second", RunLink = "http://page", UserId = "asha" });
    }

    [Fact]
    public void Files_AreLaidOutAsMlflows()
    {
        using ITrackingStore store = Open(Options);
        TwoVersions(store);
        store.SetAlias("m", "champion", 2);
        store.DeleteVersion("m", 1);

        // The layout that MLflow 2.17 writes: facts, §2.2. 1777626000000 is 2026-05-01 09:00 UTC.
        Assert.Equal("aliases: {}\ncreation_timestamp: 1777626000000\ndescription: what it is\nlast_updated_timestamp: 1777626000000\nname: m\n", Read("models/m/meta.yaml"));
        Assert.Equal("risk", Read("models/m/tags/team"));
        Assert.Equal("2", Read("models/m/aliases/champion"));
        Assert.Equal("v", Read("models/m/version-1/tags/k/deep"));
        Assert.Equal(
            "aliases: []\ncreation_timestamp: 1777626000000\ncurrent_stage: None\ndescription: second\nlast_updated_timestamp: 1777626000000\nname: m\nrun_id: null\nrun_link: http://page\nsource: s3://b/n\n"
            + "status: READY\nstatus_message: null\nstorage_location: s3://b/n\nuser_id: asha\nversion: 2\n",
            Read("models/m/version-2/meta.yaml"));
        Assert.Contains("current_stage: Deleted_Internal\n", Read("models/m/version-1/meta.yaml"), StringComparison.Ordinal);
        Assert.Equal(2, File.ReadAllLines(LogFile).Length);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Runs, ".trash")));
    }

    [Fact]
    public void Files_OfMlflows_AreRead()
    {
        // As MLflow 2.17 leaves them: nulls, a number as a version, an alias without a line's end, a deleted version, and a folder that is no version.
        Write("models/fraud/meta.yaml", "aliases:\n  champion: '2'\ncreation_timestamp: 1700000000000\ndescription: null\nlast_updated_timestamp: 1700000000500\nname: fraud\n");
        Write("models/fraud/tags/team", "risk");
        Write("models/fraud/aliases/champion", "2");
        foreach ((int version, string stage) in new[] { (1, "Archived"), (2, "Production"), (3, "Deleted_Internal") })
        {
            Write(
                $"models/fraud/version-{version}/meta.yaml",
                $"aliases: []\ncreation_timestamp: 1700000000{version}00\ncurrent_stage: {stage}\ndescription: null\nlast_updated_timestamp: 1700000000{version}00\nname: fraud\nrun_id: 0123456789abcdef0123456789abcdef\nrun_link: null\n"
                + $"source: /srv/mlruns/0/0123456789abcdef0123456789abcdef/artifacts/model\nstatus: READY\nstatus_message: null\nstorage_location: null\nuser_id: null\nversion: {version}\n");
        }

        Write("models/fraud/version-2/tags/validated", "yes");
        Write("models/fraud/version-x/meta.yaml", "a: 1\n");
        Write("models/broken/meta.yaml", "[");
        Directory.CreateDirectory(Path.Combine(Runs, "models", "half"));
        using ITrackingStore store = Open(Options);
        RegisteredModel model = Assert.Single(store.SearchModels(new SearchQuery()).Items);
        Assert.Equal(("fraud", "", 1700000000500L), (model.Name, model.Description, model.LastUpdatedTime));
        Assert.Equal([new ModelAlias("champion", 2)], model.Aliases);
        Assert.Equal([(2, ModelStage.Production), (1, ModelStage.Archived)], model.LatestVersions.Select(version => (version.Version, version.Stage)));
        ModelVersion champion = store.GetVersionByAlias("fraud", "champion");
        Assert.Equal([new Tag("validated", "yes")], champion.Tags);
        Assert.Equal(("0123456789abcdef0123456789abcdef", "", ""), (champion.RunId, champion.RunLink, champion.UserId));
        Assert.Equal(4, store.CreateVersion(new NewModelVersion("fraud", "s3://b/m")).Version); // 3 is deleted, and not given again
        Assert.Equal(TrackingError.InternalError, Assert.Throws<TrackingException>(() => store.GetModel("broken")).Error);
        Assert.Equal(TrackingError.ResourceDoesNotExist, Assert.Throws<TrackingException>(() => store.GetModel("half")).Error);
        Assert.Equal("half", store.CreateModel("half").Name);
    }

    [Theory]
    [InlineData("../0")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    public void Names_ThatArePaths_FindNothing(string name)
    {
        using ITrackingStore store = Open(Options);
        Assert.Equal(TrackingError.ResourceDoesNotExist, Assert.Throws<TrackingException>(() => store.GetModel(name)).Error);
        Assert.Equal(TrackingError.ResourceDoesNotExist, Assert.Throws<TrackingException>(() => store.DeleteModel(name)).Error);
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => store.CreateModel(name)).Error);
        Assert.Empty(store.SearchVersions(new SearchQuery { Filter = $"name = '{name}'" }).Items);
    }

    [Fact]
    public void Names_TooLongForAFolder_AreRefusedAndLinksNotFollowed()
    {
        using ITrackingStore store = Open(Options);
        Assert.Contains("255", Assert.Throws<TrackingException>(() => store.CreateModel(new string('漢', 100))).Message, StringComparison.Ordinal);
        TwoVersions(store);
        Directory.CreateSymbolicLink(Path.Combine(Runs, "models", "link"), Path.Combine(Runs, "models", "m"));
        Assert.Equal(TrackingError.ResourceDoesNotExist, Assert.Throws<TrackingException>(() => store.GetModel("link")).Error);
        Assert.Single(store.SearchModels(new SearchQuery()).Items);
    }

    [Fact]
    public void Log_LineCutShort_IsLeftOutAndMendedByTheNext()
    {
        using ITrackingStore store = Open(Options);
        TwoVersions(store);
        store.SetAlias("m", "champion", 1);
        File.AppendAllText(LogFile, "{\"number\":2,\"time\":17");
        Assert.Single(store.GetPromotionLog());
        store.SetAlias("m", "champion", 2);
        Assert.Equal(2, store.GetPromotionLog().Count);
        Assert.True(new ModelRegistry(store).VerifyLog().Passed);
        Assert.EndsWith("}\n", File.ReadAllText(LogFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Log_ChangedByHand_IsFound()
    {
        using ITrackingStore store = Open(Options);
        TwoVersions(store);
        store.SetAlias("m", "champion", 1, new PromotionNote("asha"));
        store.SetAlias("m", "champion", 2, new PromotionNote("bela"));
        string whole = File.ReadAllText(LogFile);
        File.WriteAllText(LogFile, whole.Replace("\"asha\"", "\"carla\"", StringComparison.Ordinal));
        Assert.Equal(1, new ModelRegistry(store).VerifyLog().Broken);
        File.WriteAllText(LogFile, "no JSON\n" + whole);
        Assert.Contains("Line 1", Assert.Throws<TrackingException>(() => new ModelRegistry(store).VerifyLog()).Message, StringComparison.Ordinal);
        File.WriteAllText(LogFile, whole + "no JSON\n");
        Assert.Contains("last line", Assert.Throws<TrackingException>(() => store.SetAlias("m", "champion", 1)).Message, StringComparison.Ordinal); // nothing can be tied to it
        Assert.Equal(2, store.GetVersionByAlias("m", "champion").Version);
    }

    [Theory]
    [InlineData(4000)]
    [InlineData(5000)]
    [InlineData(70_000)]
    public void Log_LongLines_AreFoundFromTheEnd(int length)
    {
        using ITrackingStore store = Open(Options);
        TwoVersions(store);
        for (int i = 0; i < 4; i++)
        {
            store.SetAlias("m", "champion", 1 + (i % 2), new PromotionNote("asha", new string('x', length + i)));
        }

        Assert.Equal(4, store.GetPromotionLog().Count);
        Assert.True(new ModelRegistry(store).VerifyLog().Passed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Process_DiedWithinAPromotion_TheNextEndsIt(bool filesHadChanged)
    {
        using ITrackingStore store = Open(Options);
        TwoVersions(store);
        store.SetAlias("m", "champion", 1);
        PromotionEntry next = PromotionRules.Next(new PromotionDraft("m", PromotionAction.AliasSet, "champion", 2, 1, new PromotionNote("asha", "why")), store.GetPromotionLog()[^1], 1777626000000);
        File.WriteAllBytes(PendingFile, [.. PromotionJson.Line(next), (byte)'\n']);
        if (filesHadChanged)
        {
            Write("models/m/aliases/champion", "2");
        }

        Assert.Equal(next, store.GetPromotionLog()[^1]); // whoever looks at the log ends it too
        Assert.Equal(2, store.GetVersionByAlias("m", "champion").Version);
        Assert.False(File.Exists(PendingFile));
        Assert.True(new ModelRegistry(store).VerifyLog().Passed);

        File.WriteAllBytes(PendingFile, [.. PromotionJson.Line(next), (byte)'\n']); // it died after the log told, before the note went
        store.SetAlias("m", "champion", 1);
        Assert.Equal(3, store.GetPromotionLog().Count);
        Assert.False(File.Exists(PendingFile));
    }

    [Fact]
    public void Process_DiedWithinARename_TheNextEndsIt()
    {
        using ITrackingStore store = Open(Options);
        TwoVersions(store);
        PromotionEntry rename = PromotionRules.Next(new PromotionDraft("m", PromotionAction.ModelRenamed, "other", null, null, PromotionNote.None), null, 1777626000000);
        File.WriteAllBytes(PendingFile, [.. PromotionJson.Line(rename), (byte)'\n']);
        Directory.Move(Path.Combine(Runs, "models", "m"), Path.Combine(Runs, "models", "other"));
        store.UpdateModel("other", "another change");
        Assert.Contains("name: other\n", Read("models/other/meta.yaml"), StringComparison.Ordinal);
        Assert.Contains("name: other\n", Read("models/other/version-2/meta.yaml"), StringComparison.Ordinal);
        Assert.Equal(rename, Assert.Single(store.GetPromotionLog()));
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(Runs, path));

    private void Write(string path, string text)
    {
        string file = Path.Combine(Runs, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
