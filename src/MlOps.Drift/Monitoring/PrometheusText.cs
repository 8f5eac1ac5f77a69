namespace MlOps.Drift.Monitoring;

/// <summary>Writes how a monitor stands in Prometheus' text format 0.0.4.</summary>
/// <remarks>
/// Serve it with the content type <see cref="ContentType"/>. Families, all with the label <c>model</c>, the monitor's name:
/// <c>model_feature_drift_score</c> and <c>model_feature_drift_threshold</c> {check, feature, test}; <c>model_drifted_share_ratio</c> {check};
/// <c>model_batch_rows</c>; <c>model_irregular_rows</c> {reason}; <c>model_latency_seconds</c> {check, column, percentile};
/// <c>model_quality_failing_rows</c> {check, column, expectation}; <c>model_stream_values</c> {check, series, what}; <c>model_metric</c> and
/// <c>model_metric_limit</c> {check, metric}; <c>model_findings</c> {check, severity}; <c>model_alert_open</c> {group, severity};
/// <c>model_batches_total</c>; <c>model_last_batch_timestamp_seconds</c>. No label takes its values from rows.
/// </remarks>
public static class PrometheusText
{
    /// <summary>The content type; Prometheus 3 refuses an answer without it.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>Writes a snapshot. Lines end in <c>\n</c>, the last one too.</summary>
    public static string Of(MonitorSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var families = new PrometheusFamilies(("model", snapshot.Monitor));
        families.Add("model_batches_total", "counter", "Batches taken since the process started.", snapshot.Batches);
        if (snapshot.Last is { } last)
        {
            families.Add("model_last_batch_timestamp_seconds", "gauge", "End of the last batch's period, in Unix time.", (last.Until.UtcDateTime - DateTime.UnixEpoch).TotalSeconds);
            AddMeasurements(families, last.Measurements);
            foreach (var group in last.Findings.GroupBy(f => (f.Check, f.Severity)))
            {
                families.Add("model_findings", "gauge", "Findings of the last batch.", group.Count(), ("check", group.Key.Check), ("severity", Lower(group.Key.Severity)));
            }
        }

        foreach (Alert alert in snapshot.Open)
        {
            families.Add("model_alert_open", "gauge", "1 for every open alert.", 1, ("group", alert.Group), ("severity", Lower(alert.Severity)));
        }

        return families.ToString();
    }

    private static void AddMeasurements(PrometheusFamilies families, IReadOnlyList<Measurement> measurements)
    {
        foreach (Measurement m in measurements)
        {
            (string name, string help, (string, string)[] labels) = Family(m);
            families.Add(name, "gauge", help, m.Value, labels);
            if (m.Limit is { } limit && m.Kind == MeasurementKind.Drift && m.Subject.Length > 0)
            {
                families.Add("model_feature_drift_threshold", "gauge", "Where drift begins: below it for tests whose name ends in -p, from it on for others.", limit, labels);
            }
            else if (m.Limit is { } line && m.Kind == MeasurementKind.Metric)
            {
                families.Add("model_metric_limit", "gauge", "The limit of a number.", line, labels);
            }
        }
    }

    private static (string Name, string Help, (string, string)[] Labels) Family(Measurement m) => m.Kind switch
    {
        MeasurementKind.Drift when m.Subject.Length > 0 => ("model_feature_drift_score", "Statistic of a drift test of a column in the last batch.", [("check", m.Check), ("feature", m.Subject), ("test", m.Name)]),
        MeasurementKind.Drift => ("model_drifted_share_ratio", "Share of the columns that drifted in the last batch.", [("check", m.Check)]),
        MeasurementKind.Volume when m.Name == "rows" => ("model_batch_rows", "Rows of the last batch.", []),
        MeasurementKind.Volume => ("model_irregular_rows", "Rows that came late, out of order, without a time and the like.", [("reason", m.Name)]),
        MeasurementKind.Latency => ("model_latency_seconds", "Percentiles of durations in the last batch.", [("check", m.Check), ("column", m.Subject), ("percentile", m.Name)]),
        MeasurementKind.Quality => ("model_quality_failing_rows", "Rows that break an expectation in the last batch.", [("check", m.Check), ("column", m.Subject), ("expectation", m.Name)]),
        MeasurementKind.Stream => ("model_stream_values", "What a streaming detector saw in the last batch.", [("check", m.Check), ("series", m.Subject), ("what", m.Name)]),
        _ => ("model_metric", "A number of the last batch.", [("check", m.Check), ("metric", m.Name)]),
    };

    private static string Lower(AlertSeverity severity) => severity.ToString().ToLowerInvariant();
}
