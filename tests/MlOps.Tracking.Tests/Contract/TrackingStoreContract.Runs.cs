using System.Text.RegularExpressions;

namespace MlOps.Tracking.Tests.Contract;

public abstract partial class TrackingStoreContract
{
    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex RunIdPattern { get; }

    [ContractFact]
    public void CreateRun_New_Runs()
    {
        string experiment = NewExperiment();
        Run run = Store.CreateRun(new NewRun(experiment) { Name = "lr 0.01", UserId = "asha", StartTime = 1_700_000_000_123, Tags = [new Tag("z", "1")] });
        Assert.Matches(RunIdPattern, run.Info.RunId);
        Assert.Equal(
            (experiment, "lr 0.01", "asha", RunStatus.Running, 1_700_000_000_123L, null, LifecycleStage.Active),
            (run.Info.ExperimentId, run.Info.Name, run.Info.UserId, run.Info.Status, run.Info.StartTime, run.Info.EndTime, run.Info.Stage));
        Assert.Contains(run.Info.RunId, run.Info.ArtifactUri, StringComparison.Ordinal);
        Run read = Store.GetRun(run.Info.RunId);
        Assert.Equal(run.Info, read.Info);
        Assert.Equal([new Tag("mlflow.runName", "lr 0.01"), new Tag("z", "1")], read.Tags);
        Assert.Empty(read.Metrics);
        Assert.Empty(read.Params);
        Assert.Empty(read.Inputs);
    }

    [ContractFact]
    public void CreateRun_Names_AreOneThingWithTheTag()
    {
        string experiment = NewExperiment();
        Assert.Equal("tagged", Store.CreateRun(new NewRun(experiment) { Tags = [new Tag("mlflow.runName", "tagged")] }).Info.Name);
        Run invented = Store.CreateRun(new NewRun(experiment));
        Assert.NotEmpty(invented.Info.Name);
        Assert.Contains(new Tag("mlflow.runName", invented.Info.Name), invented.Tags);
        Refused(TrackingError.InvalidParameterValue, () => Store.CreateRun(new NewRun(experiment) { Name = "a", Tags = [new Tag("mlflow.runName", "b")] }));

        Store.SetTag(invented.Info.RunId, new Tag("mlflow.runName", "renamed"));
        Assert.Equal("renamed", Store.GetRun(invented.Info.RunId).Info.Name);
        Store.UpdateRun(invented.Info.RunId, name: "again");
        Assert.Contains(new Tag("mlflow.runName", "again"), Store.GetRun(invented.Info.RunId).Tags);
    }

    [ContractFact]
    public void UpdateRun_ChangesOnlyWhatIsSaid()
    {
        string run = NewRun(name: "n", start: 1000);
        RunInfo info = Store.UpdateRun(run, RunStatus.Failed, endTime: 2500);
        Assert.Equal((RunStatus.Failed, 2500L, "n", 1000L), (info.Status, info.EndTime, info.Name, info.StartTime));
        Assert.Equal(info, Store.GetRun(run).Info);
        info = Store.UpdateRun(run, RunStatus.Finished);
        Assert.Equal((RunStatus.Finished, 2500L), (info.Status, info.EndTime));
    }

    [ContractFact]
    public void DeleteRun_RefusesWritesUntilRestored()
    {
        string run = NewRun();
        Store.DeleteRun(run);
        Assert.Equal(LifecycleStage.Deleted, Store.GetRun(run).Info.Stage);
        Refused(TrackingError.InvalidParameterValue, () => Store.LogMetric(run, new Metric("m", 1, 1)));
        Refused(TrackingError.InvalidParameterValue, () => Store.LogParam(run, new Param("p", "1")));
        Refused(TrackingError.InvalidParameterValue, () => Store.SetTag(run, new Tag("t", "1")));
        Refused(TrackingError.InvalidParameterValue, () => Store.LogBatch(run, [new Metric("m", 1, 1)], [], []));
        Store.RestoreRun(run);
        Store.LogMetric(run, new Metric("m", 1, 1));
        Assert.Single(Store.GetRun(run).Metrics);
    }

    [ContractFact]
    public void FinishedRun_StillTakesWrites()
    {
        string run = NewRun();
        Store.UpdateRun(run, RunStatus.Finished, 10);
        Store.LogMetric(run, new Metric("late", 1, 11));
        Store.SetTag(run, new Tag("late", "yes"));
        Assert.Equal("late", Assert.Single(Store.GetRun(run).Metrics).Key);
    }

    [ContractFact]
    public void Run_Unknown_DoesNotExist()
    {
        string nobody = Guid.NewGuid().ToString("N");
        Refused(TrackingError.ResourceDoesNotExist, () => Store.GetRun(nobody));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.UpdateRun(nobody, RunStatus.Finished));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.LogMetric(nobody, new Metric("m", 1, 1)));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.LogParam(nobody, new Param("p", "1")));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.SetTag(nobody, new Tag("t", "1")));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.LogBatch(nobody, [new Metric("m", 1, 1)], [], []));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.GetMetricHistory(nobody, "m"));
        Refused(TrackingError.ResourceDoesNotExist, () => Store.DeleteRun(nobody));
    }

    [ContractFact]
    public void Param_SameAgainIsFineAnotherIsRefused()
    {
        string run = NewRun();
        Store.LogParam(run, new Param("lr", "0.01"));
        Store.LogParam(run, new Param("lr", "0.01"));
        Refused(TrackingError.InvalidParameterValue, () => Store.LogParam(run, new Param("lr", "0.02")));
        Store.LogParam(run, new Param("empty", ""));
        Store.LogParam(run, new Param("group/nested key", "ü\n\t'\"<>&"));
        Assert.Equal([new Param("empty", ""), new Param("group/nested key", "ü\n\t'\"<>&"), new Param("lr", "0.01")], Store.GetRun(run).Params);
    }

    [ContractFact]
    public void Param_TenThousandLines_IsCutToMlflowsLimit()
    {
        string run = NewRun();
        string text = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"line {i}\n"));
        Store.LogParam(run, new Param("text", text));
        Assert.Equal(text[..6000], Assert.Single(Store.GetRun(run).Params).Value);
        Store.LogParam(run, new Param("text", text)); // the same again is the same after the cut
    }

    [ContractFact]
    public void Tag_IsReplacedCutAndDeleted()
    {
        string run = NewRun(name: "n");
        Store.SetTag(run, new Tag("t", "1"));
        Store.SetTag(run, new Tag("t", new string('x', 9000)));
        Assert.Equal(8000, Store.GetRun(run).Tags.Single(tag => tag.Key == "t").Value.Length);
        Store.DeleteTag(run, "t");
        Assert.Equal([new Tag("mlflow.runName", "n")], Store.GetRun(run).Tags);
        Refused(TrackingError.ResourceDoesNotExist, () => Store.DeleteTag(run, "t"));
    }

    [ContractFact]
    public void Keys_BadOnes_AreRefusedEverywhere()
    {
        string run = NewRun();
        foreach (string key in new[] { "", "../up", "/abs", "a//b", "semi;colon", new string('k', 251) })
        {
            Refused(TrackingError.InvalidParameterValue, () => Store.LogMetric(run, new Metric(key, 1, 1)));
            Refused(TrackingError.InvalidParameterValue, () => Store.LogParam(run, new Param(key, "1")));
            Refused(TrackingError.InvalidParameterValue, () => Store.SetTag(run, new Tag(key, "1")));
        }

        string longest = new('k', 250);
        Store.LogBatch(run, [new Metric(longest, 1, 1)], [new Param(longest, "1")], [new Tag(longest, "1")]);
        Assert.Equal(longest, Assert.Single(Store.GetRun(run).Metrics).Key);
    }

    [ContractFact]
    public void LogBatch_OneBadItem_WritesNothing()
    {
        string run = NewRun();
        Store.LogParam(run, new Param("lr", "0.01"));
        Refused(TrackingError.InvalidParameterValue, () => Store.LogBatch(run, [new Metric("m", 1, 1)], [new Param("new", "1"), new Param("lr", "0.02")], [new Tag("t", "1")]));
        Refused(TrackingError.InvalidParameterValue, () => Store.LogBatch(run, [new Metric("m", 1, 1), new Metric("bad;key", 1, 1)], [], []));
        Refused(TrackingError.InvalidParameterValue, () => Store.LogBatch(run, [], [new Param("twice", "1"), new Param("twice", "2")], []));
        Run read = Store.GetRun(run);
        Assert.Empty(read.Metrics);
        Assert.Equal([new Param("lr", "0.01")], read.Params);
        Assert.DoesNotContain(read.Tags, tag => tag.Key == "t");
    }

    [ContractFact]
    public void LogInputs_IsNotedOnce()
    {
        string run = NewRun();
        var input = new DatasetInput(new Dataset("loans", "d1g3st", "local", """{"uri":"loans.csv"}""", """{"columns":[]}""", """{"num_rows":3}"""), [new Tag("mlflow.data.context", "training")]);
        Store.LogInputs(run, [input]);
        Store.LogInputs(run, [input]);
        DatasetInput read = Assert.Single(Store.GetRun(run).Inputs);
        Assert.Equal(input.Dataset, read.Dataset);
        Assert.Equal(input.Tags, read.Tags);
    }

    [ContractFact]
    public void ManyThreads_LogToOneRun_NothingIsLost()
    {
        string run = NewRun();
        Parallel.For(0, 8, thread =>
        {
            for (int i = 0; i < 25; i++)
            {
                Store.LogMetric(run, new Metric($"m{thread}", i, 1000 + i, i));
                Store.SetTag(run, new Tag($"t{thread}", $"{i}"));
            }

            Store.LogParam(run, new Param($"p{thread}", "1"));
        });
        Run read = Store.GetRun(run);
        Assert.Equal((8, 8, 9), (read.Metrics.Count, read.Params.Count, read.Tags.Count));
        Assert.All(read.Metrics, metric => Assert.Equal(24, metric.Value));
        Assert.Equal(25, Store.GetMetricHistory(run, "m3").Count);
    }
}
