using MlOps.Tracking.Registry;
using MlOps.Tracking.Stores;
using MlOps.Tracking.Tests.Contract;

namespace MlOps.Tracking.Tests.Registry;

/// <summary>What the registry does on every kind of store, with a clock that the test moves.</summary>
public abstract partial class ModelRegistryContract : IDisposable
{
    private static readonly PromotionNote s_asha = new("asha", "tried on the newest quarter");

    private readonly ManualClock _clock = new();
    private ITrackingStore? _store;

    private ITrackingStore Store => _store ??= Open(Options);

    private ModelRegistry Models => new(Store, _clock);

    protected StoreOptions Options => new() { Clock = _clock };

    public virtual void Dispose()
    {
        _store?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the test's store; a second time the same.</summary>
    protected abstract ITrackingStore Open(StoreOptions options);

    private static string Unique(string prefix = "credit") => $"{prefix}-{Guid.NewGuid():N}";

    private static TrackingException Refused(TrackingError error, Action action)
    {
        TrackingException exception = Assert.Throws<TrackingException>(action);
        Assert.Equal(error, exception.Error);
        return exception;
    }

    /// <summary>Makes a model whose versions have runs with the given accuracies; NaN is logged, null is not.</summary>
    private string NewModel(params double?[] accuracies)
    {
        string model = Unique();
        Store.CreateModel(model);
        foreach (double? accuracy in accuracies)
        {
            AddVersion(model, accuracy);
        }

        return model;
    }

    private void AddVersion(string model, double? accuracy)
    {
        string run = Store.CreateRun(new NewRun()).Info.RunId;
        if (accuracy is { } value)
        {
            Store.LogMetric(run, new Metric("acc", value, 0));
        }

        Store.CreateVersion(new NewModelVersion(model, "s3://models/" + run) { RunId = run });
    }

    private void Promote(string model, int version, string alias = "champion")
    {
        PromotionResult result = Models.Promote(model, version, alias, [], s_asha);
        Assert.True(result.Promoted);
    }

    private int? Champion(string model) => Store.GetModel(model).Aliases.Where(alias => alias.Alias == "champion").Select(alias => (int?)alias.Version).FirstOrDefault();

    private GateResult Check(string model, int version, Gate gate) => Assert.Single(Models.Promote(model, version, "trial", [gate], s_asha).Gates);

    [ContractFact]
    public void Promote_EveryGatePasses_MovesAndKeepsTheEvidence()
    {
        string model = NewModel(0.9, 0.93);
        Promote(model, 1);
        PromotionResult result = Models.Promote(model, 2, "champion", [Gate.Metric("acc", atLeast: 0.9), Gate.NotWorse("acc")], s_asha with { Evidence = "ticket 7" });
        Assert.Equal((true, 1, 2), (result.Promoted, result.Previous, Champion(model)));
        Assert.Equal(
            """{"gates":[{"name":"acc ≥ 0.9","passed":true,"message":"acc is 0.93","value":0.93,"limit":0.9},{"name":"acc not worse than champion","passed":true,"message":"acc is 0.93, 0.9 in version 1","value":0.93,"limit":0.9}],"given":"ticket 7"}""",
            result.Entry!.Evidence);
        Assert.Equal(("asha", "tried on the newest quarter", PromotionAction.AliasSet), (result.Entry.Actor, result.Entry.Reason, result.Entry.Action));
        Assert.Equal(result.Entry, Store.GetPromotionLog(model)[^1]);
    }

    [ContractFact]
    public void Promote_OneGateFails_NothingMovesAndTheRefusalIsNoted()
    {
        string model = NewModel(0.9, 0.8);
        Promote(model, 1);
        int ran = 0;
        PromotionResult result = Models.Promote(
            model, 2, "champion", [Gate.NotWorse("acc", by: 0.01), Gate.Of("throws", bool (_) => throw new InvalidOperationException("no labels")), Gate.Of("counts", _ => ++ran == 1)], s_asha);
        Assert.Equal((false, 1, 1), (result.Promoted, Champion(model), ran)); // the gate after the failed ones ran too
        Assert.Equal([false, false, true], result.Gates.Select(gate => gate.Passed));
        Assert.Equal("could not be checked: InvalidOperationException: no labels", result.Gates[1].Message);
        PromotionEntry entry = Store.GetPromotionLog(model)[^1];
        Assert.Equal((PromotionAction.Refused, "champion", 2, 1), (entry.Action, entry.Target, entry.Version, entry.Previous));
        Assert.Contains("no labels", entry.Evidence, StringComparison.Ordinal);
        Assert.StartsWith($"'{model}' version 2 is refused as champion: 2 of 3 gates failed; champion is version 1 as before\n  FAILED  acc not worse", result.ToString(), StringComparison.Ordinal);
        Assert.Contains("FAILED", result.ToMimeBundle()["text/html"], StringComparison.Ordinal);
    }

    [ContractFact]
    public void Promote_VersionHasTheAliasAlready_IsNoNews()
    {
        string model = NewModel(0.9);
        Promote(model, 1);
        int before = Store.GetPromotionLog(model).Count;
        PromotionResult again = Models.Promote(model, 1, "champion", [Gate.NotWorse("acc")], s_asha);
        Assert.Equal((true, 1, null), (again.Promoted, again.Previous, again.Entry));
        Assert.Equal(before, Store.GetPromotionLog(model).Count);
    }

    [ContractFact]
    public void Promote_UnknownVersionOrBadAlias_Throws()
    {
        string model = NewModel(0.9);
        Refused(TrackingError.ResourceDoesNotExist, () => Models.Promote(model, 2, "champion", [], s_asha));
        Refused(TrackingError.ResourceDoesNotExist, () => Models.Promote(Unique(), 1, "champion", [], s_asha));
        Refused(TrackingError.InvalidParameterValue, () => Models.Promote(model, 1, "latest", [], s_asha));
        Refused(TrackingError.InvalidParameterValue, () => Models.Promote(model, 1, "v1", [Gate.Of("fails", _ => false)], s_asha)); // not even a refusal is noted
        Assert.Empty(Store.GetPromotionLog(model));
    }

    [ContractFact]
    public void MetricGate_Limits_IncludeTheirEnds()
    {
        string model = NewModel(0.9, double.NaN, null);
        Assert.True(Check(model, 1, Gate.Metric("acc", atLeast: 0.9)).Passed);
        Assert.True(Check(model, 1, Gate.Metric("acc", atMost: 0.9)).Passed);
        Assert.True(Check(model, 1, Gate.Metric("acc", 0.9, 0.9)).Passed);
        Assert.Equal(new GateResult("acc ≥ 0.91", false, "acc is 0.9", 0.9, 0.91), Check(model, 1, Gate.Metric("acc", atLeast: 0.91)));
        Assert.Equal(new GateResult("0.1 ≤ acc ≤ 0.2", false, "acc is 0.9", 0.9, 0.2), Check(model, 1, Gate.Metric("acc", 0.1, 0.2)));
        Assert.Equal(new GateResult("acc ≥ 0", false, "acc is NaN", double.NaN, 0), Check(model, 2, Gate.Metric("acc", atLeast: 0)));
        Assert.Equal("the run of version 3 has no metric 'acc'", Check(model, 3, Gate.Metric("acc", atLeast: 0)).Message);
        Assert.Equal("the run of version 1 has no metric 'f1'; it has acc", Check(model, 1, Gate.Metric("f1", atLeast: 0)).Message);
        Store.CreateVersion(new NewModelVersion(model, "s3://b/m"));
        Assert.Equal("version 4 names no run", Check(model, 4, Gate.Metric("acc", atLeast: 0)).Message);
        Store.CreateVersion(new NewModelVersion(model, "s3://b/m") { RunId = new string('0', 32) });
        Assert.Contains("is not there", Check(model, 5, Gate.Metric("acc", atLeast: 0)).Message, StringComparison.Ordinal);
    }

    [ContractFact]
    public void NotWorseGate_FirstPromotionPasses_ThenComparesWithTolerance()
    {
        string model = NewModel(0.9, 0.89, 0.88, double.NaN, null, 0.95);
        Assert.Equal("nothing is champion yet", Check(model, 4, Gate.NotWorse("acc")).Message); // not even a NaN is worse than nothing
        Promote(model, 1);
        Assert.True(Check(model, 2, Gate.NotWorse("acc", by: 0.02)).Passed);
        Assert.False(Check(model, 3, Gate.NotWorse("acc", by: 0.01)).Passed);
        Assert.True(Check(model, 3, Gate.NotWorse("acc", higherIsBetter: false)).Passed);
        Assert.False(Check(model, 6, Gate.NotWorse("acc", higherIsBetter: false)).Passed);
        Assert.False(Check(model, 6, Gate.NotWorse("acc", by: -0.06)).Passed); // must be better by 0.06
        Assert.False(Check(model, 4, Gate.NotWorse("acc", by: 1)).Passed); // NaN
        Assert.Equal("the run of version 5 has no metric 'acc'", Check(model, 5, Gate.NotWorse("acc")).Message);
        Assert.Equal("version 1 is champion itself", Check(model, 1, Gate.NotWorse("acc")).Message);
        Promote(model, 4);
        Assert.False(Check(model, 6, Gate.NotWorse("acc", by: 1)).Passed); // the one in use is NaN: nothing can be said
        Promote(model, 5);
        Assert.Equal("the run of version 5 has no metric 'acc'", Check(model, 6, Gate.NotWorse("acc")).Message);
    }

    [ContractFact]
    public void ApprovedGate_CountsDifferentPeopleAndNotTheAuthor()
    {
        string model = NewModel(0.9, 0.9);
        Assert.Equal("nobody has approved", Check(model, 1, Gate.Approved()).Message);
        PromotionEntry approval = Models.Approve(model, 1, "asha", "mine");
        Assert.Equal((PromotionAction.Approved, 1, "asha", "mine"), (approval.Action, approval.Version, approval.Actor, approval.Reason));
        Assert.True(Check(model, 1, Gate.Approved()).Passed);
        Assert.False(Check(model, 1, Gate.Approved(notBy: "asha")).Passed);
        Models.Approve(model, 1, "asha", "again");
        Assert.False(Check(model, 1, Gate.Approved(times: 2)).Passed);
        Models.Approve(model, 1, "bela", "checked");
        Assert.Equal(new GateResult("approved by 2", true, "approved by asha, bela", 2, 2), Check(model, 1, Gate.Approved(times: 2)));
        Assert.False(Check(model, 2, Gate.Approved()).Passed); // another version
        Refused(TrackingError.ResourceDoesNotExist, () => Models.Approve(model, 3, "asha", ""));
        Assert.Throws<ArgumentException>(() => Models.Approve(model, 1, " ", ""));
    }

    [ContractFact]
    public void ApprovedGate_ModelMadeAnew_StartsAfresh()
    {
        string model = NewModel(0.9);
        Models.Approve(model, 1, "asha", "");
        Store.DeleteModel(model);
        Store.CreateModel(model);
        AddVersion(model, 0.1);
        Assert.False(Check(model, 1, Gate.Approved()).Passed);
        string renamed = Unique();
        Models.Approve(model, 1, "asha", "");
        Store.RenameModel(model, renamed);
        Assert.True(Check(renamed, 1, Gate.Approved()).Passed);
    }

    [ContractFact]
    public void Rollback_Repeated_WalksBackAndPromotionsStartFromThere()
    {
        string model = NewModel(1, 1, 1, 1);
        foreach (int version in new[] { 1, 2, 3 })
        {
            Promote(model, version);
        }

        PromotionResult back = Models.Rollback(model, "champion", "bela", "errors doubled");
        Assert.Equal((true, 2, 3, PromotionAction.RolledBack, "bela", "errors doubled"), (back.Promoted, back.Version, back.Previous, back.Entry!.Action, back.Entry.Actor, back.Entry.Reason));
        Assert.Equal(1, Models.Rollback(model, "champion", "bela", "").Version);
        TrackingException nothing = Refused(TrackingError.InvalidParameterValue, () => Models.Rollback(model, "champion", "bela", ""));
        Assert.Contains("version 1 has it, and no version before that is left", nothing.Message, StringComparison.Ordinal);
        Promote(model, 4);
        Assert.Equal(1, Models.Rollback(model, "champion", "bela", "").Version); // not 2 or 3: they were undone
    }

    [ContractFact]
    public void Rollback_DeletedVersions_ArePassedOver()
    {
        string model = NewModel(1, 1, 1, 1);
        foreach (int version in new[] { 1, 2, 3, 2, 4 })
        {
            Promote(model, version);
        }

        Store.DeleteVersion(model, 2);
        Assert.Equal(3, Models.Rollback(model, "champion", "bela", "").Version);
        Store.DeleteVersion(model, 3); // the one in use: its alias goes with it
        Assert.Null(Champion(model));
        Assert.Equal(1, Models.Rollback(model, "champion", "bela", "").Version);
        Refused(TrackingError.InvalidParameterValue, () => Models.Rollback(model, "champion", "bela", ""));
    }

    [ContractFact]
    public void Rollback_AliasRemoved_GoesBackToItsLast()
    {
        string model = NewModel(1, 1);
        Promote(model, 1);
        Promote(model, 2);
        Store.DeleteAlias(model, "champion");
        Assert.Equal((2, null), (Models.Rollback(model, "champion", "bela", "").Version, (int?)null));
        Assert.Equal(1, Models.Rollback(model, "champion", "bela", "").Version);
        TrackingException never = Refused(TrackingError.InvalidParameterValue, () => Models.Rollback(model, "challenger", "bela", ""));
        Assert.Contains("no version has ever had it", never.Message, StringComparison.Ordinal);
    }

    [ContractFact]
    public void Rollback_RenamedModel_RemembersAndModelMadeAnewDoesNot()
    {
        string model = NewModel(1, 1);
        Promote(model, 1);
        Promote(model, 2);
        string renamed = Unique();
        Store.RenameModel(model, renamed);
        Assert.Equal(1, Models.Rollback(renamed, "champion", "bela", "").Version);

        Store.CreateModel(model);
        AddVersion(model, 1);
        AddVersion(model, 1);
        Promote(model, 2);
        Refused(TrackingError.InvalidParameterValue, () => Models.Rollback(model, "champion", "bela", "")); // version 1 of the other model is none of this one
    }

    [ContractFact]
    public void Rollback_RandomStories_WalkLikeAnUndoStack()
    {
        // Brute force: the stack of versions that held the alias, kept as things happen instead of read from the log.
        var random = new Random(20260501);
        for (int story = 0; story < 6; story++)
        {
            string model = NewModel([.. Enumerable.Repeat((double?)1, 6)]);
            var held = new List<int>();
            var deleted = new HashSet<int>();
            int? current = null;
            for (int step = 0; step < 25; step++)
            {
                int version = random.Next(1, 7);
                switch (random.Next(10))
                {
                    case < 4 when !deleted.Contains(version):
                        Promote(model, version);
                        if (current != version)
                        {
                            held.Add(version);
                            current = version;
                        }

                        break;
                    case 4:
                        Store.DeleteAlias(model, "champion");
                        current = null;
                        break;
                    case 5 when deleted.Count < 3 && !deleted.Contains(version):
                        Store.DeleteVersion(model, version);
                        deleted.Add(version);
                        held.RemoveAll(v => v == version);
                        current = current == version ? null : current;
                        break;
                    case > 5:
                        while (held.Count > 0 && held[^1] == current)
                        {
                            held.RemoveAt(held.Count - 1);
                        }

                        if (held.Count == 0)
                        {
                            Refused(TrackingError.InvalidParameterValue, () => Models.Rollback(model, "champion", "x", ""));
                            held.AddRange(current is { } still ? [still] : Array.Empty<int>());
                        }
                        else
                        {
                            current = held[^1];
                            Assert.Equal(current, Models.Rollback(model, "champion", "x", "").Version);
                        }

                        break;
                }

                Assert.Equal(current, Champion(model));
            }
        }
    }
}
