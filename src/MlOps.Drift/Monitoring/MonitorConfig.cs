using MlOps.Data;

namespace MlOps.Drift.Monitoring;

/// <summary>What to watch and whom to tell, as a YAML file says it.</summary>
/// <remarks>The keys are described in <c>docs/monitoring.md</c>. An unknown key, a wrong value or a missing one is an error that names file,
/// line, key and what is expected.</remarks>
public sealed record MonitorConfig
{
    private readonly IReadOnlyList<Func<Table?, IMonitorCheck>> _checks;

    private MonitorConfig(IReadOnlyList<Func<Table?, IMonitorCheck>> checks) => _checks = checks;

    /// <summary>Gets the monitor's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the CSV file with the reference; null if there is none.</summary>
    public string? Reference { get; init; }

    /// <summary>Gets how the stream is cut.</summary>
    public required WindowOptions Window { get; init; }

    /// <summary>Gets when findings become alerts.</summary>
    public AlertPolicy Alerts { get; init; } = new();

    /// <summary>Gets where alerts go.</summary>
    public IReadOnlyList<SinkPlan> Sinks { get; init; } = [];

    /// <summary>Gets how long the history is kept; null keeps all.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Gets when to retrain; null does not decide about it.</summary>
    public RetrainPolicy? Retrain { get; init; }

    /// <summary>Reads a configuration.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="file">Its name in messages; relative paths in it begin at its folder.</param>
    /// <exception cref="InvalidDataException">The text is no configuration; the message names file, line and key.</exception>
    public static MonitorConfig FromYaml(string yaml, string file = "monitor.yaml")
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(file);
        ConfigNode root = ConfigNode.Parse(yaml, file).Knows("monitor", "reference", "window", "checks", "alerts", "sinks", "retention", "retrain");
        string folder = Path.GetDirectoryName(Path.GetFullPath(file)) ?? ".";
        Func<Table?, IMonitorCheck>[] checks = [.. root["checks"].Items().Select(item => ConfigChecks.Read(item.Only(), folder))];
        if (checks.Length == 0)
        {
            throw root["checks"].Wrong("at least one check is needed, such as '- volume: { warn-below: 100 }'");
        }

        return new MonitorConfig(checks)
        {
            Name = root["monitor"].Needed(),
            Reference = root["reference"].Text() is { } reference ? Path.Combine(folder, reference) : null,
            Window = Windows(root["window"]),
            Alerts = Policy(root["alerts"]),
            Sinks = [.. root["sinks"].Items().Select(item => Sink(item.Only(), folder))],
            Retention = root["retention"].Duration(),
            Retrain = root["retrain"].IsThere ? Retraining(root["retrain"]) : null,
        };
    }

    /// <summary>Makes the checks.</summary>
    /// <param name="reference">The table read from <see cref="Reference"/>; null if there is none.</param>
    /// <exception cref="InvalidDataException">A check needs a reference and there is none, or names a column that the reference lacks.</exception>
    public IReadOnlyList<IMonitorCheck> Checks(Table? reference) => [.. _checks.Select(make => make(reference))];

    private static WindowOptions Windows(ConfigNode node)
    {
        if (!node.IsThere)
        {
            throw node.Wrong("is needed, such as 'window: { rows: 1000 }' or 'window: { every: 1d, time: timestamp }'");
        }

        node.Knows("rows", "every", "time", "lateness", "future-tolerance");
        bool monthly = node["every"].Text() == "month";
        var defaults = new WindowOptions();
        var window = new WindowOptions
        {
            Rows = node["rows"].Whole(1),
            Every = monthly ? null : node["every"].Duration(),
            Monthly = monthly,
            TimeColumn = node["time"].Text(),
            Lateness = node["lateness"].Duration() ?? defaults.Lateness,
            FutureTolerance = node["future-tolerance"].Duration() ?? defaults.FutureTolerance,
        };
        try
        {
            window.Check();
        }
        catch (ArgumentException e)
        {
            throw node.Wrong(e.Message.Split(" (Parameter")[0].TrimEnd('.'));
        }

        return window;
    }

    private static AlertPolicy Policy(ConfigNode node)
    {
        var defaults = new AlertPolicy();
        if (!node.IsThere)
        {
            return defaults;
        }

        node.Knows("minimum", "cool-down", "in-a-row", "resolve-after", "group");
        return new AlertPolicy
        {
            Minimum = node["minimum"].Word<AlertSeverity>() ?? defaults.Minimum,
            CoolDown = node["cool-down"].Duration() ?? defaults.CoolDown,
            BatchesInARow = node["in-a-row"].Whole(1) ?? defaults.BatchesInARow,
            ResolveAfter = node["resolve-after"].Whole(1) ?? defaults.ResolveAfter,
            Grouping = node["group"].Word<AlertGrouping>() ?? defaults.Grouping,
        };
    }

    private static SinkPlan Sink(ConfigNode node, string folder)
    {
        var webhook = new WebhookOptions();
        switch (node.Key)
        {
            case "console":
                return new SinkPlan("console", "", webhook);
            case "file" or "prometheus":
                return new SinkPlan(node.Key, Path.Combine(folder, node.Needed()), webhook);
            case "otlp":
                return new SinkPlan("otlp", Url(node), webhook);
            case "webhook" when node.IsMap:
                node.Knows("url", "timeout", "attempts", "headers");
                return new SinkPlan("webhook", Url(node["url"]), webhook with
                {
                    Timeout = node["timeout"].Duration() ?? webhook.Timeout,
                    Attempts = node["attempts"].Whole(1) ?? webhook.Attempts,
                    Headers = node["headers"].Entries().ToDictionary(e => e.Key, e => e.Value.Needed(), StringComparer.Ordinal),
                });
            case "webhook":
                return new SinkPlan("webhook", Url(node), webhook);
            default:
                throw node.Wrong("is no sink; known are console, file, webhook, prometheus, otlp");
        }
    }

    private static string Url(ConfigNode node) =>
        Uri.TryCreate(node.Needed(), UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            ? node.Needed()
            : throw node.Wrong($"expected a URL such as http://localhost:9000/alerts, got '{node.Needed()}'");

    private static RetrainPolicy Retraining(ConfigNode node)
    {
        node.Knows("mode", "every", "baseline-error-rate", "tolerance", "label-delay", "minimum-labels", "cool-down", "cost-per-retraining", "cost-per-error", "horizon", "recovered");
        var defaults = new RetrainPolicy();
        RetrainCosts? costs = null;
        if (node["cost-per-retraining"].IsThere || node["cost-per-error"].IsThere)
        {
            node["cost-per-retraining"].Needed();
            node["cost-per-error"].Needed();
            costs = new RetrainCosts(node["cost-per-retraining"].Number()!.Value, node["cost-per-error"].Number()!.Value);
            costs = costs with { Horizon = node["horizon"].Duration() ?? costs.Horizon, Recovered = node["recovered"].Number() ?? costs.Recovered };
        }

        return defaults with
        {
            Mode = node["mode"].Word<RetrainMode>() ?? defaults.Mode,
            Every = node["every"].Duration() ?? defaults.Every,
            BaselineErrorRate = node["baseline-error-rate"].Number(),
            Tolerance = node["tolerance"].Number() ?? defaults.Tolerance,
            LabelDelay = node["label-delay"].Duration() ?? defaults.LabelDelay,
            MinimumLabels = node["minimum-labels"].Whole(0) ?? defaults.MinimumLabels,
            CoolDown = node["cool-down"].Duration() ?? defaults.CoolDown,
            Costs = costs,
        };
    }
}
