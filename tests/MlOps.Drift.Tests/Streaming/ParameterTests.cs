using MlOps.Drift.Streaming;

namespace MlOps.Drift.Tests.Streaming;

/// <summary>Parameters outside their range are refused by name.</summary>
public sealed class ParameterTests
{
    public static TheoryData<string, Func<DriftDetector>> Refused => new()
    {
        { "minInstances", () => new PageHinkley(minInstances: 0) },
        { "delta", () => new PageHinkley(delta: -0.1) },
        { "delta", () => new PageHinkley(delta: double.NaN) },
        { "threshold", () => new PageHinkley(threshold: 0) },
        { "alpha", () => new PageHinkley(alpha: 0) },
        { "alpha", () => new PageHinkley(alpha: 1.1) },
        { "mode", () => new PageHinkley(mode: (DriftDirection)7) },
        { "minInstances", () => new Cusum(minInstances: 0) },
        { "slack", () => new Cusum(slack: -1) },
        { "threshold", () => new Cusum(threshold: double.PositiveInfinity) },
        { "mode", () => new Cusum(mode: (DriftDirection)(-1)) },
        { "alpha", () => new Ewma(alpha: 0) },
        { "threshold", () => new Ewma(threshold: -4) },
        { "minInstances", () => new Ewma(minInstances: 0) },
        { "delta", () => new Adwin(delta: 0) },
        { "delta", () => new Adwin(delta: 1) },
        { "clock", () => new Adwin(clock: 0) },
        { "maxBuckets", () => new Adwin(maxBuckets: 1) },
        { "minWindowLength", () => new Adwin(minWindowLength: 0) },
        { "gracePeriod", () => new Adwin(gracePeriod: -1) },
        { "version", () => new Adwin(version: (AdwinVersion)9) },
        { "warmStart", () => new Ddm(warmStart: 0) },
        { "warningThreshold", () => new Ddm(warningThreshold: 0) },
        { "driftThreshold", () => new Ddm(driftThreshold: 1) },
        { "warmStart", () => new Eddm(warmStart: 0) },
        { "alpha", () => new Eddm(alpha: 0.8) },
        { "beta", () => new Eddm(beta: 0) },
        { "driftConfidence", () => new HddmA(driftConfidence: 0) },
        { "warningConfidence", () => new HddmA(warningConfidence: 0.0001) },
        { "driftConfidence", () => new HddmW(driftConfidence: 1) },
        { "lambda", () => new HddmW(lambda: 0) },
        { "alpha", () => new Kswin(alpha: -0.1) },
        { "windowSize", () => new Kswin(windowSize: 59) },
        { "statSize", () => new Kswin(statSize: 0) },
        { "window", () => new Kswin(window: [1, double.NaN]) },
        { "windowSize", () => new Stepd(windowSize: 0) },
        { "alphaDrift", () => new Stepd(alphaDrift: 0) },
        { "alphaWarning", () => new Stepd(alphaWarning: 0.001) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Constructor_ParameterOutsideItsRange_IsRefusedByName(string parameter, Func<DriftDetector> make) =>
        Assert.Equal(parameter, Assert.ThrowsAny<ArgumentException>(make).ParamName);

    [Theory]
    [InlineData("ddm", 0.5)]
    [InlineData("eddm", 2)]
    [InlineData("stepd", -1)]
    [InlineData("hddm-a", 1.01)]
    [InlineData("hddm-w", -0.01)]
    public void Update_ValueThatTheDetectorDoesNotWatch_IsRefusedAndChangesNothing(string name, double value)
    {
        DriftDetector detector = TestDetectors.Make(name);
        detector.Update(1);
        string before = detector.ToJson();
        Assert.Equal("value", Assert.Throws<ArgumentOutOfRangeException>(() => detector.Update(value)).ParamName);
        Assert.Equal(before, detector.ToJson());
    }
}
