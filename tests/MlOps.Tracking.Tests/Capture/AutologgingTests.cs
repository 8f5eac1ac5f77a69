using System.Diagnostics;
using MlOps.Tracking.Capture;
using MlOps.Tracking.Stores;
using MlOps.Tracking.Tests.Api;

namespace MlOps.Tracking.Tests.Capture;

/// <summary>Events as MlOps.Learning's LearningEvents documents them, raised by hand: this assembly does not know that library.</summary>
public sealed class AutologgingTests : TemporaryStore
{
    private static long s_id = 1_000_000; // of no fit of another test
    private readonly DiagnosticListener _learner = new("MlOps.Learning");
    private readonly string _estimator = "Estimator" + Guid.NewGuid().ToString("N")[..8];

    [Fact]
    public void Fit_NoRunOpen_GetsARunOfItsOwn()
    {
        using Tracker tracker = Open();
        using (tracker.Autolog())
        {
            Fit(id => Epochs(id, 3));
        }

        Run run = Only(tracker);
        Assert.Equal((_estimator, RunStatus.Finished), (run.Info.Name, run.Info.Status));
        Assert.Equal((_estimator, "100", "7", "3", "null"), (run.Param("estimator"), run.Param("training_rows"), run.Param("training_columns"), run.Param("depth"), run.Param("limit")));
        Assert.Equal((0.875, 0.25), (run.Metric("training_accuracy"), run.Metric("fit_seconds")));
        Assert.Equal([1, 0.5, 1.0 / 3], tracker.Store.GetMetricHistory(run.Info.RunId, "loss").Select(m => m.Value));
    }

    [Fact]
    public void Fit_RunOpen_IsLoggedIntoItAndTheNextIsItsPart()
    {
        using Tracker tracker = Open();
        using Autologging log = tracker.Autolog();
        ActiveRun mine = tracker.StartRun("mine", seed: 7);
        Fit(settings: [KeyValuePair.Create<string, object?>("depth", 1), KeyValuePair.Create<string, object?>("seed", 9)]);
        Fit(settings: [KeyValuePair.Create<string, object?>("depth", 2)]);
        Assert.False(mine.HasEnded);
        mine.Dispose();
        Run whole = mine.Read();
        Run part = tracker.Runs().Single(run => run.Info.RunId != mine.Id);
        Assert.Equal(("1", "7", "9"), (whole.Param("depth"), whole.Param("seed"), whole.Param($"{_estimator}.seed")));
        Assert.Equal(("2", mine.Id, RunStatus.Finished), (part.Param("depth"), part.Tag("mlflow.parentRunId"), part.Info.Status));
        Assert.Empty(log.Problems);
    }

    [Fact]
    public void Fit_InsideAFit_AddsItsEpochsOnly()
    {
        using Tracker tracker = Open();
        using (tracker.Autolog())
        {
            Fit(outer =>
            {
                long inner = Begin("Trainer", outer, [KeyValuePair.Create<string, object?>("depth", 99)]);
                Epochs(inner, 2);
                End(inner);
            });
        }

        Run run = Only(tracker);
        Assert.Equal(("3", 0.5), (run.Param("depth"), run.Metric("loss")));
    }

    [Fact]
    public void Fit_ThatFails_FailsItsRun()
    {
        using Tracker tracker = Open();
        using (tracker.Autolog())
        {
            End(Begin(_estimator, 0, []), succeeded: false);
        }

        Assert.Equal(RunStatus.Failed, Only(tracker).Info.Status);
    }

    [Fact]
    public void Fit_Parallel_GetARunEach()
    {
        using Tracker tracker = Open();
        using (Autologging log = tracker.Autolog(trainingScore: false))
        {
            Parallel.For(0, 6, i => Fit(id => Epochs(id, 2)));
            Assert.Empty(log.Problems);
        }

        Assert.Equal(6, tracker.Runs().Count);
        Assert.All(tracker.Runs(), run => Assert.Equal((RunStatus.Finished, null, 0.5), (run.Info.Status, run.Tag("mlflow.parentRunId"), run.Metric("loss"))));
        Assert.All(tracker.Runs(), run => Assert.Null(run.Metric("training_accuracy")));
    }

    [Fact]
    public void Fit_StoreAwayOrStrangePayload_IsNotFailed()
    {
        using ITrackingStore inner = TrackingStore.Open(Address);
        ITrackingStore store = Unreliable.Of(inner);
        using var tracker = new Tracker(store, "test", Quiet);
        using Autologging log = tracker.Autolog();
        ((Unreliable)(object)store).IsAway = true;
        Fit(id => Epochs(id, 1));
        ((Unreliable)(object)store).IsAway = false;
        _learner.Write("FitBegun", new Dictionary<string, object?> { ["id"] = 5L, ["parent"] = "no number" });
        Assert.Equal(["FitBegun: The store is away.", "FitBegun: "], log.Problems.Select(p => p[..Math.Min(p.Length, p.StartsWith("FitBegun: The", StringComparison.Ordinal) ? 29 : 10)]));
    }

    [Fact]
    public void Fit_AfterDispose_IsNotLogged()
    {
        using Tracker tracker = Open();
        tracker.Autolog().Dispose();
        Fit();
        Assert.Empty(tracker.Runs());
    }

    private Run Only(Tracker tracker) => tracker.Runs().Single(run => run.Param("estimator") == _estimator);

    private void Fit(Action<long>? during = null, KeyValuePair<string, object?>[]? settings = null)
    {
        long id = Begin(_estimator, 0, settings ?? [KeyValuePair.Create<string, object?>("depth", 3), KeyValuePair.Create<string, object?>("limit", null)]);
        during?.Invoke(id);
        End(id);
    }

    private long Begin(string estimator, long parent, KeyValuePair<string, object?>[] settings)
    {
        long id = Interlocked.Increment(ref s_id);
        _learner.Write("FitBegun", new Dictionary<string, object?> { ["id"] = id, ["parent"] = parent, ["estimator"] = estimator, ["settings"] = settings, ["rows"] = 100, ["columns"] = 7 });
        return id;
    }

    private void Epochs(long id, int epochs)
    {
        for (int epoch = 1; epoch <= epochs; epoch++)
        {
            _learner.Write("EpochEnded", new Dictionary<string, object?> { ["id"] = id, ["epoch"] = epoch, ["metrics"] = new[] { KeyValuePair.Create("loss", 1.0 / epoch) } });
        }
    }

    private void End(long id, bool succeeded = true) => _learner.Write("FitEnded", new Dictionary<string, object?>
    {
        ["id"] = id,
        ["seconds"] = 0.25,
        ["succeeded"] = succeeded,
        ["scoreName"] = succeeded ? "accuracy" : null,
        ["score"] = succeeded ? () => 0.875 : (Func<double>?)null,
    });
}
