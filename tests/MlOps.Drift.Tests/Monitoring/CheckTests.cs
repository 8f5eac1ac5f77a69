using MlOps.Data;
using MlOps.Drift.Monitoring;
using MlOps.Drift.Quality;
using MlOps.Drift.Streaming;
using static MlOps.Drift.Tests.Monitoring.MonitorSamples;

namespace MlOps.Drift.Tests.Monitoring;

public sealed class CheckTests
{
    [Fact]
    public void Drift_AShift_IsAFindingWithTheReportsNumbers()
    {
        CheckResult result = Run(new DriftCheck(Rows(500)), Rows(400, 3));
        Finding finding = Assert.Single(result.Findings);
        DriftTestResult psi = DriftReport.Compare(Rows(500), Rows(400, 3))["x"]["psi"]; // oracle: the report
        Assert.Equal(("x", AlertSeverity.Critical, psi.Statistic, psi.Threshold), (finding.Subject, finding.Severity, finding.Value!.Value, finding.Limit!.Value));
        Assert.Equal(psi.Statistic, result.Measurements.Single(m => m.Subject == "x" && m.Name == "psi").Value);
    }

    [Fact]
    public void Drift_NoShift_IsQuiet() => Assert.Empty(Run(new DriftCheck(Rows(500)), Rows(400)).Findings);

    [Fact]
    public void Drift_EmptyBatch_HasTheStatedSeverity()
    {
        Assert.Equal((AlertSeverity.Warning, "too-few-rows"), Only(new DriftCheck(Rows(500)), Rows(0)));
        Assert.Equal((AlertSeverity.Critical, "too-few-rows"), Only(new DriftCheck(Rows(500)) { TooFew = AlertSeverity.Critical, MinimumRows = 50 }, Rows(49)));
        Assert.Equal((AlertSeverity.Critical, "empty"), Only(new VolumeCheck(new Limits()), Rows(0)));
    }

    [Fact]
    public void Drift_InfiniteValues_AreCountedAndLeftOut()
    {
        double[] x = [.. Rows(400).Numbers("x")];
        (x[3], x[7]) = (double.PositiveInfinity, double.NegativeInfinity);
        CheckResult result = Run(new DriftCheck(Rows(500)), Rows(400).With(Column.Of("x", x)));
        Finding finding = Assert.Single(result.Findings);
        Assert.Equal(("infinite", 2.0), (finding.Name, finding.Value));
        Assert.Contains(result.Measurements, m => m.Subject == "x" && m.Name == "psi");
    }

    [Fact]
    public void Drift_TypeChange_IsOneFindingAndTheOtherColumnsAreCompared()
    {
        Table changed = Rows(400, 3).With(Column.Of("kind", [.. Enumerable.Range(0, 400).Select(i => (double)i)]));
        CheckResult result = Run(new DriftCheck(Rows(500)), changed);
        Assert.Equal(["type-changed", "psi"], result.Findings.Select(f => f.Name));
        Assert.Contains("it held text, now it holds numbers", result.Findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Drift_ColumnGoneNewAndAllMissing_AreFindings()
    {
        Table batch = Rows(400).Drop("kind").With(Column.Of("extra", new double[400]), Column.Of("x", Enumerable.Repeat(double.NaN, 400).ToArray()));
        CheckResult result = Run(new DriftCheck(Rows(500)), batch);
        Assert.Equal(["column-missing", "column-new", "no-value"], result.Findings.Select(f => f.Name).Order());
    }

    [Fact]
    public void Drift_NewCategoriesAndMoreMissing_AreFindings()
    {
        Table batch = Rows(400).With(Column.Of("kind", [.. Enumerable.Range(0, 400).Select(i => i % 50 == 0 ? "new" : i % 10 == 1 ? null : "abc"[i % 3].ToString())]));
        CheckResult result = Run(new DriftCheck(Rows(500)), batch);
        Assert.Contains("'kind' has 1 new categories in 8 rows: 'new'", result.Findings.Single(f => f.Name == "new-levels").Message, StringComparison.Ordinal);
        Assert.Equal(0.1, result.Findings.Single(f => f.Name == "missing").Value);
    }

    [Fact]
    public void Drift_NoReferenceYet_IsInformation() =>
        Assert.Equal((AlertSeverity.Info, "no-reference"), Only(new DriftCheck((_, _) => null), Rows(5)));

    [Fact]
    public void Drift_ReferenceOfThePeriod_IsAskedWithThePeriod()
    {
        (DateTimeOffset, DateTimeOffset)? asked = null;
        Run(new DriftCheck((from, until) => { asked = (from, until); return Rows(50); }), Rows(50));
        Assert.Equal((Start, Start.AddDays(1)), asked);
    }

    [Fact]
    public void Latency_Percentiles_EqualNumPys()
    {
        // numpy.percentile([1, 2, 3, 4, 10], [50, 90, 99]) = 3, 7.6, 9.76
        var limits = new Dictionary<double, Limits> { [50] = new(), [90] = new() { WarnAbove = 0.007 }, [99] = new() { AlarmAbove = 0.009 } };
        CheckResult result = Run(new LatencyCheck("ms", limits, 0.001), new Table(Column.Of("ms", 10.0, 1, 3, double.NaN, 2, 4, -5, double.PositiveInfinity)));
        Assert.Equal([0.003, 0.0076, 0.00976], result.Measurements.Select(m => Math.Round(m.Value, 12)));
        Assert.Equal([("impossible", AlertSeverity.Warning), ("p90", AlertSeverity.Warning), ("p99", AlertSeverity.Critical)], result.Findings.Select(f => (f.Name, f.Severity)));
    }

    [Fact]
    public void Metric_NaN_IsAFinding()
    {
        Assert.Equal((AlertSeverity.Warning, "accuracy"), Only(new MetricCheck("accuracy", new Limits { AlarmBelow = 0.8 }), Rows(5)));
        Assert.Equal((AlertSeverity.Critical, "mean"), Only(new MetricCheck("mean", b => b.Rows.Numbers("x").Average(), new Limits { AlarmAbove = 0.1 }), Rows(50)));
    }

    [Fact]
    public void ErrorRate_LabelsThatAreMissing_AreLeftOut()
    {
        var rows = new Table(Column.Of("y", 1.0, 0, double.NaN, 1), Column.Of("p", 1L, 1, 1, 1));
        CheckResult result = Run(new ErrorRateCheck("y", "p", new Limits()), rows);
        Assert.Equal([3, 1 / 3.0], result.Measurements.Select(m => m.Value)); // by hand: one of three is wrong
        Assert.Equal([0.0], Run(new ErrorRateCheck("y", "p", new Limits()), rows.With(Column.Of("y", double.NaN, double.NaN, double.NaN, double.NaN))).Measurements.Select(m => m.Value));
    }

    [Fact]
    public void Stream_ValuesTheDetectorRefuses_AreCounted()
    {
        CheckResult result = Run(new StreamCheck("x", new PageHinkley()), new Table(Column.Of("x", 1, double.NaN, double.PositiveInfinity, 2)));
        Assert.Equal([0.0, 2, 1, 1], result.Measurements.Select(m => m.Value)); // detections, values, missing, refused
        Assert.Equal("refused", Assert.Single(result.Findings).Name);
    }

    [Fact]
    public void Stream_OtherParameters_StartAfresh()
    {
        var check = new StreamCheck("x", new PageHinkley());
        Run(check, Rows(50));
        var other = new StreamCheck("x", new PageHinkley(threshold: 10));
        other.Load(check.Save());
        Assert.Equal(0, other.Detector.Count);
        Assert.Throws<FormatException>(() => other.Load("rubbish"));
    }

    [Fact]
    public void Intake_Irregular_IsCounted()
    {
        Batch batch = Day(0, Rows(5)) with { Intake = new Intake(OutOfOrder: 1, Late: 2, Future: 3, Untimed: 4, Malformed: 5) };
        CheckResult result = new IntakeCheck().Run(batch, default);
        Assert.Equal([1.0, 2, 3, 4, 5], result.Findings.Select(f => f.Value!.Value));
        Assert.Equal(14, batch.Intake.LeftOut);
    }

    [Fact]
    public void Quality_FailedRules_AreFindingsWithTheirSeverity()
    {
        var rules = Expectations.Infer(Rows(500));
        Assert.Empty(Run(new ExpectationsCheck(rules), Rows(400)).Findings);
        CheckResult result = Run(new ExpectationsCheck(rules), Rows(400, 100));
        QualityReport report = rules.Check(Rows(400, 100)); // oracle: the report
        Assert.Equal(report.Results.Count(r => !r.Passed), result.Findings.Count(f => f.Severity >= AlertSeverity.Warning));
        Assert.Contains(result.Findings, f => f.Subject == "x" && f.Value == 400);
        Assert.Equal(result.Measurements.Count, result.Measurements.Select(m => (m.Subject, m.Name)).Distinct().Count());
    }

    private static CheckResult Run(IMonitorCheck check, Table rows) => check.Run(Day(0, rows), default);

    private static (AlertSeverity, string) Only(IMonitorCheck check, Table rows)
    {
        Finding finding = Assert.Single(Run(check, rows).Findings);
        return (finding.Severity, finding.Name);
    }
}
