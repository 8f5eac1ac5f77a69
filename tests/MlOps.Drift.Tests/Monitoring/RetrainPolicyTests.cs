using FsCheck;
using FsCheck.Fluent;
using MlOps.Drift.Monitoring;
using static MlOps.Drift.Tests.Monitoring.MonitorSamples;

namespace MlOps.Drift.Tests.Monitoring;

public sealed class RetrainPolicyTests
{
    private static readonly RetrainPolicy Policy = new() { Mode = RetrainMode.Trigger, BaselineErrorRate = 0.1, Costs = new RetrainCosts(1000, 1) };

    public static TheoryData<string, RetrainAction, PeriodSignals> Cases() => new()
    {
        // The list of week 12, section 13, row by row.
        { "missing in 40", RetrainAction.Repair, Month(0, 0.5) with { Broken = ["'income' is missing in 40 % of the rows"], Drift = DriftLevel.Significant } },
        { "differ between training and serving", RetrainAction.Repair, Month(0, 0.3) with { Skew = 0.02 } },
        { "it is the season", RetrainAction.Nothing, Month(0, 0.1) with { Drift = DriftLevel.Significant, SeasonalDrift = DriftLevel.None } },
        { "the inputs moved", RetrainAction.Investigate, Month(0, 0.1) with { Drift = DriftLevel.Significant } },
        { "concept shift", RetrainAction.Retrain, Month(0, 0.3) },
        { "covariate shift", RetrainAction.Retrain, Month(0, 0.3) with { Drift = DriftLevel.Moderate } },
        { "the order of the scores holds", RetrainAction.Recalibrate, Month(0, 0.3) with { Auc = 0.8, CalibrationError = 0.2 } },
        { "stand still", RetrainAction.Nothing, Month(0, 0.1) },
        { "not known", RetrainAction.Nothing, Month(0, null) },
        { "fresh labels", RetrainAction.Investigate, Month(0, 0.3) with { Labels = 60 } },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Decide_ARowOfTheList_GivesItsAction(string because, RetrainAction action, PeriodSignals now)
    {
        RetrainDecision decision = Policy.Decide([now]);
        Assert.Equal(action, decision.Action);
        Assert.Contains(decision.Because, reason => reason.Contains(because, StringComparison.Ordinal));
    }

    [Fact]
    public void Decide_Saving_IsTheFormulaByHand()
    {
        // 10,000 predictions in 31 days; 0.8 · (0.3 − 0.1) · 10,000 / 31 · 90 · 1 = 4,645.16…
        RetrainDecision decision = Policy.Decide([Month(0, 0.3)]);
        Assert.Equal(0.8 * (0.3 - 0.1) * 10_000 / 31 * 90, decision.ExpectedSaving, 1e-9);
        Assert.Equal(1000, decision.ExpectedCost);
    }

    [Fact]
    public void Decide_WhenItDoesNotPay_DoesNothing()
    {
        RetrainDecision decision = (Policy with { Costs = new RetrainCosts(5000, 1) }).Decide([Month(0, 0.3)]);
        Assert.Equal(RetrainAction.Nothing, decision.Action);
        Assert.Contains(decision.Because, b => b.Contains("does not pay", StringComparison.Ordinal));
    }

    [Fact]
    public void Decide_RiseWithinSamplingError_IsNoRise() =>
        Assert.Equal(RetrainAction.Nothing, Policy.Decide([Month(0, 0.15) with { Labels = 40 }]).Action); // 0.15 − 1.645·√(0.15·0.85/40) = 0.057

    [Fact]
    public void Decide_AfterARetraining_CoolsDownAndRollsBack()
    {
        DateTimeOffset last = Start.AddMonths(1);
        PeriodSignals[] history = [Month(0, 0.2), Month(1, 0.2)];
        Assert.Equal(RetrainAction.Investigate, (Policy with { CoolDown = TimeSpan.FromDays(60) }).Decide(history, last).Action);
        Assert.Equal(RetrainAction.Rollback, Policy.Decide([Month(0, 0.2), Month(1, 0.3)], last).Action);
    }

    [Fact]
    public void Decide_ByTheCalendar_RetrainsWhenDue()
    {
        RetrainPolicy calendar = Policy with { Mode = RetrainMode.Schedule, Every = TimeSpan.FromDays(60) };
        Assert.Equal(RetrainAction.Nothing, calendar.Decide([Month(0, 0.1)]).Action);
        Assert.Equal(RetrainAction.Retrain, calendar.Decide([Month(0, 0.1), Month(1, 0.1), Month(2, 0.1)]).Action);
        Assert.Equal(RetrainAction.Investigate, calendar.Decide([Month(0, 0.3)]).Action);
    }

    [Fact]
    public void Replay_AStep_CostsWhatTheHandSays()
    {
        // Errors 0.1, 0.1, then 0.3 for four months of 10,000 predictions; labels at once. Retrained after the third: 0.8 of 0.2 is recovered.
        PeriodSignals[] history = [Month(0, 0.1), Month(1, 0.1), Month(2, 0.3), Month(3, 0.3), Month(4, 0.3), Month(5, 0.3)];
        RetrainReplay replay = (Policy with { Tolerance = 0.05 }).Replay(history);
        Assert.Equal([Start.AddMonths(3)], replay.Retrainings);
        Assert.Equal(10_000 * (0.2 + (3 * 0.04)), replay.CostOfErrors, 1e-6);
        Assert.Equal(10_000 * 4 * 0.2, replay.CostIfNever, 1e-6);
        Assert.Equal(1000, replay.CostOfRetraining);
    }

    [Fact]
    public void Replay_LabelsThatComeLate_AreNotKnownBefore()
    {
        PeriodSignals[] history = [Month(0, 0.1), Month(1, 0.1), Month(2, 0.3), Month(3, 0.3), Month(4, 0.3), Month(5, 0.3)];
        RetrainReplay replay = (Policy with { Tolerance = 0.05, LabelDelay = TimeSpan.FromDays(59) }).Replay(history);
        Assert.Equal(Start.AddMonths(5), replay.Retrainings[0]); // the labels of March arrive in the last days of May
    }

    [Fact]
    public void Replay_AnyHistory_IsDeterministicAndNeverCostsMoreErrorsThanNever()
    {
        var config = Config.QuickThrowOnFailure.WithMaxTest(200).WithReplay(20260101UL, 17UL);
        var anyHistory = (from errors in Gen.Choose(0, 40).ArrayOf(18) from drift in Gen.Choose(0, 2).ArrayOf(18) select (errors, drift)).ToArbitrary();
        Prop.ForAll(anyHistory, h =>
        {
            PeriodSignals[] history = [.. Enumerable.Range(0, 18).Select(i => Month(i, h.errors[i] / 100.0) with { Drift = (DriftLevel)h.drift[i] })];
            RetrainReplay replay = Policy.Replay(history);
            return replay.ToString() == Policy.Replay([.. history.Reverse()]).ToString() && replay.CostOfErrors <= replay.CostIfNever + 1e-9;
        }).Check(config);
    }

    [Fact]
    public void Read_AHistory_GivesTheSignals()
    {
        using var store = MonitorStore.InMemory();
        using var monitor = new ModelMonitor("m", [new DriftCheck(Rows(500)), new DriftCheck(Rows(500, 3), name: "season")], new MonitorOptions { Store = store });
        monitor.Run(Day(0, Rows(400, 3)));
        store.Add("m", new Measurement(Start.AddDays(1), "", MeasurementKind.Metric, "labels", "", "accuracy", 0.75), new Measurement(Start.AddDays(1), "", MeasurementKind.Metric, "labels", "", "labels", 300));
        PeriodSignals signals = Assert.Single(PeriodSignals.Read(monitor.History()));
        Assert.Equal((400L, 0.25, 300L, DriftLevel.Significant, (DriftLevel?)DriftLevel.None), (signals.Predictions, signals.ErrorRate!.Value, signals.Labels, signals.Drift, signals.SeasonalDrift));
    }

    [Fact]
    public async Task Runner_OneDecision_RunsOnceAndAFailureMayBeTriedAgain()
    {
        using var store = MonitorStore.InMemory();
        int runs = 0;
        var runner = new RetrainRunner("m", store, (_, _) => ++runs == 1 ? throw new InvalidOperationException("no disk") : Task.CompletedTask);
        RetrainDecision decision = Policy.Decide([Month(0, 0.3)]);
        Assert.Contains("no disk", await runner.RunAsync(decision), StringComparison.Ordinal);
        Assert.Equal(DecisionStatus.Failed, store.Read("m").Decisions[0].Status);
        Assert.Null(await runner.RunAsync(decision));
        Assert.Contains("has run", await runner.RunAsync(decision), StringComparison.Ordinal);
        StoredDecision stored = Assert.Single(store.Read("m").Decisions);
        Assert.Equal((2, 2, DecisionStatus.Done, decision.Because[0]), (runs, stored.Attempts, stored.Status, stored.Decision.Because[0]));
    }

    [Fact]
    public async Task Runner_WhileOneRuns_NoOtherStarts()
    {
        using var store = MonitorStore.InMemory();
        var clock = new TestClock(Start);
        var gate = new TaskCompletionSource();
        var runner = new RetrainRunner("m", store, (_, _) => gate.Task, clock);
        Task<string?> first = runner.RunAsync(Policy.Decide([Month(0, 0.3)]));
        Assert.Contains("is running", await runner.RunAsync(Policy.Decide([Month(1, 0.3)])), StringComparison.Ordinal);
        clock.Now = Start.AddDays(2); // the lease is over: a process that died must not block for ever
        Task<string?> second = runner.RunAsync(Policy.Decide([Month(1, 0.3)]));
        gate.SetResult();
        Assert.Null(await first);
        Assert.Null(await second);
    }

    private static PeriodSignals Month(int month, double? error) =>
        new(Start.AddMonths(month), Start.AddMonths(month + 1), 10_000) { ErrorRate = error, Labels = error is null ? 0 : 5000, Auc = 0.8, CalibrationError = 0.01 };
}
