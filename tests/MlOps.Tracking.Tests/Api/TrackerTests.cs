using System.Diagnostics;

namespace MlOps.Tracking.Tests.Api;

public sealed class TrackerTests : TemporaryStore
{
    [Fact]
    public void New_UnknownExperiment_MakesItAndFindsItAgain()
    {
        using Tracker first = Open();
        using Tracker second = Open();
        Assert.Equal(("test", first.Experiment.Id), (second.Experiment.Name, second.Experiment.Id));
        Assert.NotEqual(Experiment.DefaultId, first.Experiment.Id);
    }

    [Fact]
    public void New_DeletedExperiment_SaysWhatToDo()
    {
        using (Tracker tracker = Open())
        {
            tracker.Store.DeleteExperiment(tracker.Experiment.Id);
        }

        TrackingException e = Assert.Throws<TrackingException>(() => Open());
        Assert.Contains("RestoreExperiment", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StartRun_Plain_HasMlflowsTagsAndTheProcess()
    {
        using Tracker tracker = Open(Quiet with { User = "asha" });
        using ActiveRun active = tracker.StartRun("first");
        Run run = active.Read();
        Assert.Equal(("first", "asha", RunStatus.Running, null), (run.Info.Name, run.Info.UserId, run.Info.Status, run.Info.EndTime));
        Assert.Equal(("asha", "LOCAL", "first"), (run.Tag("mlflow.user"), run.Tag("mlflow.source.type"), run.Tag("mlflow.runName")));
        Assert.NotNull(run.Tag("mlflow.source.name"));
        Assert.StartsWith($"{Environment.ProcessId} ", run.Tag("mlops.process"), StringComparison.Ordinal);
    }

    [Fact]
    public void StartRun_SeedAndTags_AreLogged()
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun(seed: 42, tags: [new Tag("mlflow.user", "ravi"), new Tag("team", "credit")]);
        Assert.Equal(("42", "ravi", "credit"), (run.Read().Param("seed"), run.Read().Tag("mlflow.user"), run.Read().Tag("team")));
    }

    [Fact]
    public void StartRun_OfARun_IsItsPart()
    {
        using Tracker tracker = Open();
        using ActiveRun sweep = tracker.StartRun("sweep");
        using ActiveRun fold = sweep.StartRun("fold-1");
        using ActiveRun other = tracker.StartRun("other", parent: sweep);
        Assert.Equal((sweep.Id, sweep.Id, null), (fold.Read().Tag("mlflow.parentRunId"), other.Read().Tag("mlflow.parentRunId"), sweep.Read().Tag("mlflow.parentRunId")));
    }

    [Fact]
    public void Current_Nested_IsTheInnermostThatIsOpen()
    {
        using Tracker tracker = Open();
        Assert.Null(tracker.Current);
        using ActiveRun outer = tracker.StartRun("outer");
        using (ActiveRun inner = tracker.StartRun("inner"))
        {
            Assert.Same(inner, tracker.Current);
        }

        Assert.Same(outer, tracker.Current);
    }

    [Fact]
    public async Task Current_ParallelRuns_IsEachFlowsOwn()
    {
        using Tracker tracker = Open();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            using ActiveRun run = tracker.StartRun($"run-{i}");
            await Task.Delay(20);
            Assert.Same(run, tracker.Current);
        })));
        Assert.Null(tracker.Current);
    }

    [Fact]
    public async Task Current_InAnotherFlow_IsTheLastOpenRun()
    {
        using Tracker tracker = Open();
        using ActiveRun run = await Task.Run(() => tracker.StartRun("cell 1")); // as a notebook's cell: what it set in its flow is gone after it
        Assert.Same(run, tracker.Current);
    }

    [Fact]
    public void Resume_EndedRun_RunsAgainAndAdds()
    {
        using Tracker tracker = Open();
        ActiveRun run = tracker.StartRun("a");
        run.Metric("loss", 1, 1);
        run.Dispose();
        using (ActiveRun again = tracker.Resume(run.Id))
        {
            Assert.Equal(RunStatus.Running, again.Read().Info.Status);
            again.Metric("loss", 0.5, 2);
        }

        Assert.Equal(RunStatus.Finished, tracker.Store.GetRun(run.Id).Info.Status);
        Assert.Equal([1, 0.5], tracker.Store.GetMetricHistory(run.Id, "loss").Select(m => m.Value));
    }

    [Fact]
    public void Resume_DeletedOrUnknown_IsRefused()
    {
        using Tracker tracker = Open();
        ActiveRun run = tracker.StartRun("a");
        run.Dispose();
        tracker.Store.DeleteRun(run.Id);
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => tracker.Resume(run.Id)).Error);
        Assert.Equal(TrackingError.ResourceDoesNotExist, Assert.Throws<TrackingException>(() => tracker.Resume(new string('0', 32))).Error);
    }

    [Fact]
    public void Runs_Filter_FindsWhatMatchesInOrder()
    {
        using Tracker tracker = Open();
        for (int i = 0; i < 5; i++)
        {
            using ActiveRun run = tracker.StartRun($"run-{i}");
            run.Log(("model", i % 2 == 0 ? "tree" : "line"));
            run.Metric("acc", 0.5 + (i * 0.1));
        }

        Assert.Equal(["run-4", "run-2"], tracker.Runs("metrics.acc > 0.6 and params.model = 'tree'", "metrics.acc DESC").Select(run => run.Info.Name));
        Assert.Equal(5, tracker.Runs().Count);
        Assert.Equal(TrackingError.InvalidParameterValue, Assert.Throws<TrackingException>(() => tracker.Runs("metrics.acc >")).Error);
    }

    [Fact]
    public void Search_MoreThanAPage_WalksThroughAll()
    {
        using Tracker tracker = Open();
        for (int i = 0; i < 1203; i++)
        {
            tracker.Store.CreateRun(new NewRun(tracker.Experiment.Id) { Name = $"{i}" });
        }

        Assert.Equal(1203, tracker.Search().Select(run => run.Info.RunId).Distinct().Count());
    }

    [Fact]
    public void Dispose_OpenRuns_EndsThem()
    {
        Tracker tracker = Open();
        ActiveRun outer = tracker.StartRun("outer");
        ActiveRun inner = outer.StartRun("inner");
        tracker.Dispose();
        tracker.Dispose();
        using Tracker again = Open();
        Assert.Equal([RunStatus.Finished, RunStatus.Finished], new[] { outer.Id, inner.Id }.Select(id => again.Store.GetRun(id).Info.Status));
        Assert.Throws<ObjectDisposedException>(() => tracker.StartRun());
        Assert.Throws<ObjectDisposedException>(() => tracker.Runs());
    }

    [Fact]
    public void Abandoned_KilledProcess_IsFoundWithAllItLogged()
    {
        using Process child = StartChild("track-until-killed", Address);
        string id = child.StandardOutput.ReadLine()!;
        using Tracker tracker = Open();
        Assert.Empty(tracker.Abandoned());
        child.Kill();
        child.WaitForExit();
        Assert.Equal([id], tracker.Abandoned().Select(run => run.Info.RunId));
        Run run = Assert.Single(tracker.EndAbandoned());
        Assert.Equal((RunStatus.Running, 0.5), (run.Info.Status, run.Metric("loss")));
        Assert.Equal((RunStatus.Killed, run.Metrics[0].Timestamp), (tracker.Store.GetRun(id).Info.Status, tracker.Store.GetRun(id).Info.EndTime));
        Assert.Empty(tracker.Abandoned());
    }

    [Theory]
    [InlineData("throws", RunStatus.Failed)]
    [InlineData("forgets", RunStatus.Finished)]
    [InlineData("gives up", RunStatus.Failed)]
    public void ProcessExit_OpenRun_EndsIt(string how, RunStatus status)
    {
        using Process child = StartChild("track-and-leave", Address, how);
        string id = child.StandardOutput.ReadLine()!;
        child.StandardError.ReadToEnd();
        child.WaitForExit();
        using Tracker tracker = Open();
        Run run = tracker.Store.GetRun(id);
        Assert.Equal(status, run.Info.Status);
        Assert.Equal(how == "throws" ? "System.InvalidOperationException: nobody catches this" : null, run.Tag("mlops.exception"));
    }

    [Fact]
    public void Environment_Variables_AreHonouredAsMlflowDoes()
    {
        string id;
        using (Tracker tracker = Open(experiment: "from the environment"))
        {
            using ActiveRun run = tracker.StartRun("first");
            id = run.Id;
        }

        var start = new ProcessStartInfo("dotnet", [typeof(Child).Assembly.Location, "track-as-told"]) { RedirectStandardOutput = true };
        start.Environment["MLFLOW_TRACKING_URI"] = Address;
        start.Environment["MLFLOW_EXPERIMENT_NAME"] = "from the environment";
        start.Environment["MLFLOW_RUN_ID"] = id;
        using Process child = Process.Start(start)!;
        Assert.Equal(["from the environment", id, "another", "variable cleared"], child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void TwoProcesses_OneRun_LoseNothing()
    {
        using Tracker tracker = Open();
        using ActiveRun run = tracker.StartRun("shared");
        using Process child = StartChild("track-into", Address, run.Id);
        for (int i = 0; i < 200; i++)
        {
            run.Metric("here", i, i);
        }

        Assert.Equal("done", child.StandardOutput.ReadToEnd().Trim());
        run.Metric("here", 200, 200);
        Assert.Equal((201, 200), (tracker.Store.GetMetricHistory(run.Id, "here").Count, tracker.Store.GetMetricHistory(run.Id, "there").Count));
    }

    internal static int UntilKilled(string address)
    {
        var tracker = new Tracker(address, "test", Quiet);
        ActiveRun run = tracker.StartRun("to be killed");
        run.Metric("loss", 0.5);
        Console.WriteLine(run.Id);
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }

    internal static int AndLeave(string address, string how)
    {
        var tracker = new Tracker(address, "test", Quiet);
        Console.WriteLine(tracker.StartRun("left open").Id);
        return how switch
        {
            "throws" => throw new InvalidOperationException("nobody catches this"),
            "gives up" => 3,
            _ => 0,
        };
    }

    internal static int AsTold()
    {
        using var tracker = new Tracker(options: Quiet);
        Console.WriteLine(tracker.Experiment.Name);
        using ActiveRun run = tracker.StartRun("another name");
        Console.WriteLine(run.Id);
        using ActiveRun next = tracker.StartRun("next");
        Console.WriteLine(next.Id == run.Id ? "the same" : "another");
        Console.WriteLine(Environment.GetEnvironmentVariable("MLFLOW_RUN_ID") is null ? "variable cleared" : "variable still there");
        return 0;
    }

    internal static int Into(string address, string id)
    {
        using var tracker = new Tracker(address, "test", Quiet);
        using ActiveRun run = tracker.Resume(id);
        for (int i = 0; i < 200; i++)
        {
            run.Metric("there", i, i);
        }

        Console.WriteLine("done");
        return 0;
    }
}
