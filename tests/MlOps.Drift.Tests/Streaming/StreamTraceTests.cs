using MlOps.Drift.Streaming;

namespace MlOps.Drift.Tests.Streaming;

public sealed class StreamTraceTests
{
    public static TheoryData<string, string> All => TestDetectors.All;

    [Theory]
    [MemberData(nameof(All))]
    public void Run_AnyDetector_WritesDownWhatTheDetectorSays(string name, string kind)
    {
        double[] values = TestStreams.Make(kind, 1);
        StreamTrace trace = StreamTrace.Run(TestDetectors.Make(name), values);
        DriftDetector detector = TestDetectors.Make(name);
        var steps = values.Select((value, i) => (Index: i, Drift: detector.Update(value), Warning: detector.WarningDetected, detector.Statistic, detector.Limit)).ToList();
        Assert.NotEmpty(trace.Drifts);
        Assert.Equal(steps.Where(step => step.Drift).Select(step => step.Index), trace.Drifts);
        Assert.Equal(steps.Where(step => step.Warning).Select(step => step.Index), trace.Warnings);
        Assert.Equal(steps.Select(step => step.Statistic), trace.Statistic);
        Assert.Equal(steps.Select(step => step.Limit), trace.Limit);
        Assert.Contains($"at value {trace.Drifts[0]}", trace.ToString(), StringComparison.Ordinal);
        Assert.Contains("drift", trace.Chart().ToString(), StringComparison.Ordinal);
        Assert.Contains("<svg", trace.StatisticChart().ToSvg(), StringComparison.Ordinal);
        Assert.Equal(trace.ToString(), trace.ToMimeBundle()["text/plain"]);
    }

    /// <summary>The documented statistic and limit are those the code evaluates: it drifts exactly where one passes the other.</summary>
    [Theory]
    [InlineData("page-hinkley", "sudden")]
    [InlineData("cusum", "sudden")]
    [InlineData("ewma", "sudden")]
    [InlineData("ddm", "errors")]
    [InlineData("hddm-w", "errors")]
    [InlineData("stepd", "errors")]
    public void Run_DetectorWithALimit_DriftsExactlyWhereTheStatisticExceedsIt(string name, string kind)
    {
        StreamTrace trace = StreamTrace.Run(TestDetectors.Make(name), TestStreams.Make(kind, 1));
        Assert.Equal(trace.Drifts, Enumerable.Range(0, trace.Values.Count).Where(i => trace.Statistic[i] > trace.Limit[i]));
    }

    [Theory]
    [InlineData("hddm-a", "errors")]
    [InlineData("kswin", "sudden")]
    public void Run_DetectorWithAClosedLimit_DriftsExactlyWhereTheStatisticReachesIt(string name, string kind)
    {
        StreamTrace trace = StreamTrace.Run(TestDetectors.Make(name), TestStreams.Make(kind, 1));
        Assert.Equal(trace.Drifts, Enumerable.Range(0, trace.Values.Count).Where(i => trace.Statistic[i] >= trace.Limit[i]));
    }

    [Fact]
    public void Run_NaN_NamesItsIndexAndLeavesTheDetectorAlone()
    {
        var detector = new Cusum();
        ArgumentException error = Assert.Throws<ArgumentException>(() => StreamTrace.Run(detector, [1, double.PositiveInfinity]));
        Assert.Contains("values[1]", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, detector.Count);
    }

    [Fact]
    public void Run_NoValue_IsRefused() => Assert.Equal("values", Assert.Throws<ArgumentException>(() => StreamTrace.Run(new Ddm(), [])).ParamName);

    [Fact]
    public void Run_DetectorOfSomebodyElse_HasNoStatistic()
    {
        StreamTrace trace = StreamTrace.Run(new EveryTenth(), TestStreams.Make("stationary", 1, 25));
        Assert.Equal([9, 19], trace.Drifts);
        Assert.Equal("EveryTenth", trace.Detector);
        Assert.Throws<InvalidOperationException>(trace.StatisticChart);
    }

    [Fact]
    public void ToString_Detector_SaysParametersAndStateInALine()
    {
        var detector = new Ddm();
        Assert.Equal("ddm (warmStart 30, warningThreshold 2, driftThreshold 3): 0 values, no drift", detector.ToString());
        detector.UpdateUntilDrift([.. Enumerable.Repeat(0.0, 40), 1]);
        Assert.Equal(
            "ddm (warmStart 30, warningThreshold 2, driftThreshold 3): 41 values, drift, error rate + deviation 0.048481 (limit 0)", detector.ToString()); // p = 1/41, s = √(1/41·40/41/41)
    }

    private sealed class EveryTenth : IDriftDetector
    {
        public long Count { get; private set; }

        public bool DriftDetected => Count % 10 == 0;

        public bool WarningDetected => false;

        public bool Update(double value)
        {
            Count++;
            return DriftDetected;
        }

        public void Reset() => Count = 0;

        public string ToJson() => "";
    }
}
