namespace MlOps.Tracking.Tests.Contract;

public abstract partial class TrackingStoreContract
{
    [ContractFact]
    public void Metric_Summary_IsTheGreatestByStepTimeAndValue()
    {
        string run = NewRun();
        Store.LogMetric(run, new Metric("loss", 0.5, 2000, 1));
        Store.LogMetric(run, new Metric("loss", 0.9, 1000, 2)); // the clock went back; the step counts
        Store.LogMetric(run, new Metric("loss", 0.1, 1000, 2));
        Store.LogMetric(run, new Metric("loss", 7.0, 9000, 0));
        Assert.Equal(new Metric("loss", 0.9, 1000, 2), Assert.Single(Store.GetRun(run).Metrics));
        Assert.Equal(
            [new Metric("loss", 7.0, 9000, 0), new Metric("loss", 0.5, 2000, 1), new Metric("loss", 0.1, 1000, 2), new Metric("loss", 0.9, 1000, 2)],
            Store.GetMetricHistory(run, "loss"));
        Assert.Empty(Store.GetMetricHistory(run, "accuracy"));
    }

    [ContractFact]
    public void Metric_SamePointAgain_IsOnePoint()
    {
        string run = NewRun();
        var point = new Metric("acc", 0.75, 1000, 3);
        Store.LogMetric(run, point);
        Store.LogMetric(run, point);
        Store.LogBatch(run, [point, point, point with { Step = 4 }], [], []);
        Store.LogMetric(run, new Metric("acc", double.NaN, 1000, 3));
        Store.LogMetric(run, new Metric("acc", double.NaN, 1000, 3));
        Assert.Equal([double.NaN, 0.75, 0.75], Store.GetMetricHistory(run, "acc").Select(metric => metric.Value));
    }

    [ContractFact]
    public void Metric_EveryDouble_ComesBackAsItWas()
    {
        string run = NewRun();
        double[] values = [0.1 + 0.2, -1e-308, double.Epsilon, double.MaxValue, double.MinValue, double.NaN, double.PositiveInfinity, double.NegativeInfinity, 1.0 / 3, 123456789012345678];
        for (int i = 0; i < values.Length; i++)
        {
            Store.LogMetric(run, new Metric("value", values[i], 5000, i));
        }

        Assert.Equal(values, Store.GetMetricHistory(run, "value").Select(metric => metric.Value));
        Store.LogBatch(run, [new Metric("nan", double.NaN, 1), new Metric("up", double.PositiveInfinity, 1), new Metric("down", double.NegativeInfinity, 1)], [], []);
        Assert.Equal(
            [("down", double.NegativeInfinity), ("nan", double.NaN), ("up", double.PositiveInfinity)],
            Store.GetRun(run).Metrics.Where(metric => metric.Key != "value").Select(metric => (metric.Key, metric.Value)));
    }

    [ContractFact]
    public void Metric_NanIsTheLeastValueOfAStep()
    {
        string run = NewRun();
        Store.LogMetric(run, new Metric("m", double.NegativeInfinity, 1, 1));
        Store.LogMetric(run, new Metric("m", double.NaN, 1, 1));
        Assert.Equal(double.NegativeInfinity, Assert.Single(Store.GetRun(run).Metrics).Value);
        Store.LogMetric(run, new Metric("m", double.NaN, 1, 2));
        Assert.Equal(double.NaN, Assert.Single(Store.GetRun(run).Metrics).Value);
    }

    [ContractFact]
    public void Metric_NegativeStepsAndTimes_AreKept()
    {
        string run = NewRun();
        Store.LogMetric(run, new Metric("m", 1, 0, -5));
        Store.LogMetric(run, new Metric("m", 2, 1, -6));
        Assert.Equal(new Metric("m", 1, 0, -5), Assert.Single(Store.GetRun(run).Metrics));
        Assert.Equal([-6L, -5L], Store.GetMetricHistory(run, "m").Select(metric => metric.Step));
    }

    [ContractFact]
    public void LogBatch_ThousandsOfPoints_AreAllThere()
    {
        string run = NewRun();
        Metric[] metrics = [.. Enumerable.Range(0, 2_500).Select(i => new Metric("loss", 1.0 / (i + 1), 1_000 + i, i))];
        Param[] parameters = [.. Enumerable.Range(0, 130).Select(i => new Param($"p{i:000}", $"{i}"))];
        Tag[] tags = [.. Enumerable.Range(0, 130).Select(i => new Tag($"t{i:000}", $"{i}"))];
        Store.LogBatch(run, metrics, parameters, tags);
        Assert.Equal(metrics, Store.GetMetricHistory(run, "loss"));
        Run read = Store.GetRun(run);
        Assert.Equal(metrics[^1], Assert.Single(read.Metrics));
        Assert.Equal(parameters, read.Params);
        Assert.Equal(131, read.Tags.Count);
    }
}
