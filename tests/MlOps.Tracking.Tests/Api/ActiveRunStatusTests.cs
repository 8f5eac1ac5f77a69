using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Tests.Api;

public sealed class ActiveRunStatusTests : TemporaryStore
{
    [Fact]
    public void Dispose_Ordinary_Finishes()
    {
        using Tracker tracker = Open();
        ActiveRun run = tracker.StartRun();
        run.Dispose();
        run.Dispose();
        Assert.True(run.HasEnded);
        Assert.Equal(RunStatus.Finished, run.Read().Info.Status);
        Assert.NotNull(run.Read().Info.EndTime);
    }

    [Fact]
    public void Using_ExceptionGetsOut_Fails()
    {
        using Tracker tracker = Open();
        string id = "";
        Assert.Throws<InvalidOperationException>(void () =>
        {
            using ActiveRun run = tracker.StartRun();
            id = run.Id;
            throw new InvalidOperationException("out");
        });
        Assert.Equal(RunStatus.Failed, tracker.Store.GetRun(id).Info.Status);
    }

    [Fact]
    public async Task Using_ExceptionGetsOutOfAsyncCode_Fails()
    {
        using Tracker tracker = Open();
        string id = "";
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            using ActiveRun run = tracker.StartRun();
            id = run.Id;
            await Task.Delay(1);
            throw new InvalidOperationException("out");
        });
        Assert.Equal(RunStatus.Failed, tracker.Store.GetRun(id).Info.Status);
    }

    [Fact]
    public void Using_ExceptionCaughtInside_Finishes()
    {
        using Tracker tracker = Open();
        string id;
        using (ActiveRun run = tracker.StartRun())
        {
            id = run.Id;
            try
            {
                throw new InvalidOperationException("inside");
            }
            catch (InvalidOperationException)
            {
                run.Tag("handled", "yes");
            }
        }

        Assert.Equal(RunStatus.Finished, tracker.Store.GetRun(id).Info.Status);
    }

    [Fact]
    public void Using_InsideACatchBlock_Finishes()
    {
        using Tracker tracker = Open();
        string id = "";
        try
        {
            throw new InvalidOperationException("before the run");
        }
        catch (InvalidOperationException)
        {
            using ActiveRun run = tracker.StartRun();
            id = run.Id;
        }

        Assert.Equal(RunStatus.Finished, tracker.Store.GetRun(id).Info.Status);
    }

    [Fact]
    public void Run_BodyThrows_FailsWithMessageAndTraceAndRethrows()
    {
        using Tracker tracker = Open();
        var thrown = new InvalidOperationException("the loss is NaN");
        Assert.Same(thrown, Assert.Throws<InvalidOperationException>(() => tracker.Run("bad", (ActiveRun _) => throw thrown)));
        Run run = Assert.Single(tracker.Runs());
        Assert.Equal((RunStatus.Failed, "System.InvalidOperationException: the loss is NaN"), (run.Info.Status, run.Tag("mlops.exception")));
        using var trace = new StreamReader(tracker.Store.OpenArtifacts(run.Info.ArtifactUri).OpenRead("exception.txt"));
        Assert.Contains(nameof(Run_BodyThrows_FailsWithMessageAndTraceAndRethrows), trace.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_Body_ReturnsItsResultOrTheRun()
    {
        using Tracker tracker = Open();
        Assert.Equal(3, tracker.Run("good", run => 3));
        Run made = tracker.Run("good", run => run.Metric("m", 1));
        Assert.Equal(("good", RunStatus.Finished, 1.0), (made.Info.Name, made.Info.Status, made.Metric("m")));
    }

    [Fact]
    public void Run_Cancelled_IsKilled()
    {
        using Tracker tracker = Open();
        Assert.Throws<OperationCanceledException>(() => tracker.Run("slow", (ActiveRun _) => throw new OperationCanceledException()));
        Assert.Equal(RunStatus.Killed, tracker.Runs()[0].Info.Status);
    }

    [Fact]
    public void Fail_ThenDispose_StaysFailed()
    {
        using Tracker tracker = Open();
        ActiveRun run = tracker.StartRun();
        run.Fail(new InvalidOperationException("x"));
        run.Dispose();
        run.Fail(new InvalidOperationException("y"));
        Assert.Equal((RunStatus.Failed, "System.InvalidOperationException: x"), (run.Read().Info.Status, run.Read().Tag("mlops.exception")));
    }

    [Fact]
    public void Log_AfterTheEnd_SaysHowToGoOn()
    {
        using Tracker tracker = Open();
        ActiveRun run = tracker.StartRun();
        run.Dispose();
        foreach (Action use in (Action[])[() => run.Metric("m", 1), () => run.Log(("a", 1)), () => run.Tag("t", "v"), () => run.Artifact("a.txt", "x"), () => run.Metrics(1, ("m", 1))])
        {
            Assert.Contains($"Resume(\"{run.Id}\")", Assert.Throws<ObjectDisposedException>(use).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Dispose_StoreAway_SaysSoAndCanBeTriedAgain()
    {
        using ITrackingStore inner = TrackingStore.Open(Address);
        ITrackingStore store = Unreliable.Of(inner);
        using var tracker = new Tracker(store, "test", Quiet);
        ActiveRun run = tracker.StartRun();
        ((Unreliable)(object)store).IsAway = true;
        Assert.Equal(TrackingError.TemporarilyUnavailable, Assert.Throws<TrackingException>(() => run.Metric("m", 1)).Error);
        Assert.Throws<TrackingException>(run.Dispose);
        Assert.False(run.HasEnded);
        ((Unreliable)(object)store).IsAway = false;
        run.Dispose();
        Assert.Equal(RunStatus.Finished, run.Read().Info.Status);
    }

    [Fact]
    public void Using_StoreAwayWhileAnExceptionGetsOut_ShowsTheFirst()
    {
        using ITrackingStore inner = TrackingStore.Open(Address);
        ITrackingStore store = Unreliable.Of(inner);
        var tracker = new Tracker(store, "test", Quiet);
        Assert.Equal("the first", Assert.Throws<InvalidOperationException>(void () =>
        {
            using ActiveRun run = tracker.StartRun();
            ((Unreliable)(object)store).IsAway = true;
            throw new InvalidOperationException("the first");
        }).Message);
        ((Unreliable)(object)store).IsAway = false;
        InvalidOperationException second = Assert.Throws<InvalidOperationException>(() => tracker.Run("b", (ActiveRun _) =>
        {
            ((Unreliable)(object)store).IsAway = true;
            throw new InvalidOperationException("the second");
        }));
        Assert.Contains("The store is away.", (string)second.Data["MlOps.Tracking"]!, StringComparison.Ordinal);
        ((Unreliable)(object)store).IsAway = false;
        tracker.Dispose();
    }

    [Fact]
    public void Times_ClockSetBack_NeverGoBehindTheStopwatch()
    {
        var clock = new HandClock();
        long start = clock.Time.ToUnixTimeMilliseconds();
        using Tracker tracker = Open(Quiet with { Store = new StoreOptions { Clock = clock } });
        ActiveRun run = tracker.StartRun();
        (clock.Time, clock.Elapsed) = (clock.Time.AddSeconds(1), TimeSpan.FromSeconds(1));
        run.Metric("m", 1, 1);
        (clock.Time, clock.Elapsed) = (clock.Time.AddHours(-1), TimeSpan.FromSeconds(2));
        run.Metric("m", 2, 2);
        clock.Elapsed = TimeSpan.FromSeconds(5);
        run.Dispose();
        Assert.Equal([start + 1000, start + 2000], tracker.Store.GetMetricHistory(run.Id, "m").Select(m => m.Timestamp));
        Assert.Equal((start, start + 5000, TimeSpan.FromSeconds(5)), (run.Read().Info.StartTime, run.Read().Info.EndTime, run.Read().Duration));
    }
}
