using MlOps.Drift.Monitoring;

namespace MlOps.Drift.Tests.Monitoring;

public sealed class MonitorConfigTests
{
    private const string Good = """
        monitor: loans
        reference: ref.csv
        window: { every: 1d, time: ts, lateness: 1h }
        checks:
          - volume: { warn-below: 100, alarm-above: 1e6 }
          - drift: { columns: [x], psi-moderate: 0.15, minimum-rows: 50 }
          - latency: { column: ms, unit: ms, percentiles: { p99: { warn-above: 0.5 } } }
          - metric: { column: x, of: missing, warn-above: 0.1 }
          - error-rate: { label: y, prediction: p, alarm-above: 0.2 }
          - stream: { label: y, prediction: p, detector: ddm }
          - stream: { column: x, detector: page-hinkley, threshold: 10, direction: up }
        alerts: { minimum: critical, cool-down: 6h, in-a-row: 2, resolve-after: 3, group: subject }
        sinks:
          - console
          - file: alerts.jsonl
          - webhook: { url: "http://localhost:1/x", timeout: 2s, headers: { Authorization: secret } }
          - prometheus: m.prom
          - otlp: http://localhost:4318
        retention: 400d
        retrain: { mode: trigger, cost-per-retraining: 100, cost-per-error: 2, minimum-labels: 10 }
        """;

    [Fact]
    public void FromYaml_EveryKey_IsRead()
    {
        var config = MonitorConfig.FromYaml(Good, "/data/m.yaml");
        Assert.Equal(("loans", "/data/ref.csv", TimeSpan.FromDays(400)), (config.Name, config.Reference, config.Retention));
        Assert.Equal((TimeSpan.FromDays(1), "ts", TimeSpan.FromHours(1)), (config.Window.Every, config.Window.TimeColumn, config.Window.Lateness));
        Assert.Equal(new AlertPolicy { Minimum = AlertSeverity.Critical, CoolDown = TimeSpan.FromHours(6), BatchesInARow = 2, ResolveAfter = 3, Grouping = AlertGrouping.Subject }, config.Alerts);
        Assert.Equal(["console", "file", "webhook", "prometheus", "otlp"], config.Sinks.Select(s => s.Kind));
        Assert.Equal("secret", config.Sinks[2].Webhook.Headers["Authorization"]);
        Assert.Equal((RetrainMode.Trigger, 2.0, 10L), (config.Retrain!.Mode, config.Retrain.Costs!.PerError, config.Retrain.MinimumLabels));
        Assert.Equal(["volume", "drift", "latency", "missing of x", "error-rate", "stream errors", "stream x"], config.Checks(MonitorSamples.Rows(10)).Select(c => c.Name));
    }

    [Theory]
    [InlineData("cool-down", "cooldwn", "m.yaml, line 12: unknown key 'cooldwn' under 'alerts'; did you mean 'cool-down'?")]
    [InlineData("6h", "six hours", "m.yaml, line 12: 'cool-down': expected a time such as 90s, 15m, 6h, 7d or 2w, got 'six hours'.")]
    [InlineData("group: subject", "group: column", "m.yaml, line 12: 'group': expected one of check, subject, batch, got 'column'.")]
    [InlineData("in-a-row: 2", "in-a-row: 0", "m.yaml, line 12: 'in-a-row': expected a whole number of at least 1, got '0'.")]
    [InlineData("- volume:", "- volum:", "m.yaml, line 5: 'volum': is no check; known are")]
    [InlineData("monitor: loans", "monitor:", "m.yaml, line 1: 'monitor': is needed.")]
    [InlineData("every: 1d, time: ts, lateness: 1h", "every: 1d", "m.yaml, line 3: 'window': A window of time needs the column that holds the time of a row.")]
    [InlineData("every: 1d, time: ts, lateness: 1h", "every: 1d, rows: 5, time: ts", "m.yaml, line 3: 'window': A window has either a number of rows")]
    [InlineData("http://localhost:4318", "localhost", "m.yaml, line 18: 'otlp': expected a URL")]
    [InlineData("detector: ddm", "detector: dmm", "m.yaml, line 10: 'detector': is one of adwin, cusum, ddm")]
    [InlineData("detector: ddm", "detector: ddm, threshold: 3", "m.yaml, line 10: 'threshold': ddm has no such parameter; it has min-instances.")]
    [InlineData("threshold: 10", "threshold: -1", "m.yaml, line 11: 'stream': ")]
    [InlineData("psi-moderate: 0.15", "psi-moderate: 0", "m.yaml, line 6: 'drift': ")]
    [InlineData("monitor: loans", "monitor: [", "m.yaml: this is no YAML")]
    [InlineData("monitor: loans", "monitor: 'loans", "m.yaml, line ")]
    public void FromYaml_AMistake_NamesFileLineKeyAndWhatIsExpected(string right, string wrong, string told)
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => MonitorConfig.FromYaml(Good.Replace(right, wrong, StringComparison.Ordinal), "m.yaml"));
        Assert.StartsWith(told, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromYaml_Empty_SaysHowToGetOne() =>
        Assert.Contains("monitor init", Assert.Throws<InvalidDataException>(() => MonitorConfig.FromYaml("", "m.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void Checks_DriftWithoutReferenceOrColumn_SaysSo()
    {
        var config = MonitorConfig.FromYaml(Good.Replace("[x]", "[z]", StringComparison.Ordinal), "m.yaml");
        Assert.Contains("'reference: train.csv'", Assert.Throws<InvalidDataException>(() => config.Checks(null)).Message, StringComparison.Ordinal);
        Assert.Contains("has no column 'z'. There are: x, kind", Assert.Throws<InvalidDataException>(() => config.Checks(MonitorSamples.Rows(10))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Template_AnyReference_CanBeRead()
    {
        Data.Table reference = MonitorSamples.Rows(200).Rename("x", "it's: a #column").With(Data.Column.Of("id", [.. Enumerable.Range(0, 200).Select(i => $"row {i}")]));
        var config = MonitorConfig.FromYaml(MonitorConfigTemplate.Of(reference, "o'brien.csv"), "m.yaml");
        Assert.Equal("o'brien", config.Name);
        IMonitorCheck drift = config.Checks(reference).Single(c => c.Name == "drift");
        Assert.Empty(drift.Run(MonitorSamples.Day(0, reference), default).Findings);
    }
}
