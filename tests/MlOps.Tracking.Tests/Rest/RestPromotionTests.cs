using MlOps.Tracking.Registry;
using MlOps.Tracking.Rest;
using MlOps.Tracking.Tests.Contract;

namespace MlOps.Tracking.Tests.Rest;

/// <summary>The promotion log on a server that keeps none.</summary>
[Needs(typeof(MlflowServer))]
public sealed class RestPromotionTests(RestContractTests.Modern fixture) : IClassFixture<RestContractTests.Modern>
{
    private static string Model(RestStore store, int versions = 1)
    {
        string name = $"m-{Guid.NewGuid():N}";
        store.CreateModel(name, tags: [new Tag("team", "risk")]);
        for (int i = 0; i < versions; i++)
        {
            store.CreateVersion(new NewModelVersion(name, "s3://b/m"));
        }

        return name;
    }

    [ContractFact]
    public void Log_OfOneModel_IsAChainAndNoTag()
    {
        using RestStore store = fixture.Server.Open();
        string name = Model(store, 2);
        for (int i = 0; i < 12; i++)
        {
            store.SetAlias(name, "champion", 1 + (i % 2), new PromotionNote("asha", $"turn {i}"));
        }

        IReadOnlyList<PromotionEntry> log = store.GetPromotionLog(name);
        string previous = PromotionEntry.Origin;
        for (int i = 0; i < 12; i++) // also beyond 9, where texts would sort otherwise than numbers
        {
            Assert.Equal((i + 1, previous, $"turn {i}"), (log[i].Number, log[i].PreviousHash, log[i].Reason));
            previous = log[i].ComputeHash();
            Assert.Equal(previous, log[i].Hash);
        }

        Assert.Equal([new Tag("team", "risk")], store.GetModel(name).Tags);
        Assert.Equal(log, store.GetPromotionLog().Where(entry => entry.Model == name));
    }

    [ContractFact]
    public void Log_TwoClientsOfOneProcessEach_BothAreThere()
    {
        using RestStore store = fixture.Server.Open();
        string name = Model(store);
        Parallel.For(0, 20, i => store.RecordPromotion(new PromotionDraft(name, PromotionAction.Approved, "", 1, null, new PromotionNote($"p{i}"))));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"p{i}").Order(), store.GetPromotionLog(name).Select(entry => entry.Actor).Order());
    }

    [ContractFact]
    public void Log_LongEvidence_IsLeftOutAndSaysSo()
    {
        using RestStore store = fixture.Server.Open();
        string name = Model(store);
        PromotionEntry entry = store.RecordPromotion(new PromotionDraft(name, PromotionAction.Refused, "", 1, null, new PromotionNote("ci", "no", new string('e', 6000))));
        Assert.Equal("""{"left_out":"6000 characters"}""", entry.Evidence);
        Assert.Equal(entry, Assert.Single(store.GetPromotionLog(name)));
    }

    [ContractFact]
    public void Log_SpoiltTag_IsNamed()
    {
        using RestStore store = fixture.Server.Open();
        string name = Model(store);
        store.SetModelTag(name, new Tag("mlops.promotion.1", "nothing"));
        Assert.Contains("mlops.promotion.1", Assert.Throws<TrackingException>(() => store.GetPromotionLog(name)).Message, StringComparison.Ordinal);
    }

    [ContractFact]
    public void Rename_TakesTheLogAlong()
    {
        using RestStore store = fixture.Server.Open();
        string name = Model(store);
        store.SetAlias(name, "champion", 1);
        store.RenameModel(name, name + "x");
        Assert.Equal([PromotionAction.AliasSet, PromotionAction.ModelRenamed], store.GetPromotionLog(name + "x").Select(entry => entry.Action));
        Assert.Empty(store.GetPromotionLog(name));
    }
}
