using System.Globalization;
using System.Text;
using MlOps.Data;

namespace MlOps.Drift.Monitoring;

/// <summary>Writes a first configuration from a reference, with a comment beside every choice.</summary>
public static class MonitorConfigTemplate
{
    private const int FewLevels = 50;

    /// <summary>With fewer rows, chance alone moves a PSI of ten bins beyond 0.1 more often than not.</summary>
    private const int EnoughRows = 200;

    /// <summary>Writes the YAML.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="path">Its file, as it should stand in the configuration.</param>
    public static string Of(Table reference, string path)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(path);
        string? time = reference.Columns.FirstOrDefault(c => c.ValueType == typeof(DateTime))?.Name;
        (string every, int least) = time is null ? ("", 500) : Window(reference.Times(time));
        string[] ignored = [.. reference.Columns.Where(IsIdentifier).Select(c => c.Name)];
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # What to watch, and whom to tell. Every key: docs/monitoring.md
            monitor: {Quoted(Path.GetFileNameWithoutExtension(path))}
            reference: {Quoted(path)}            # {reference.RowCount:N0} rows, {reference.Columns.Count} columns

            window:

            """);
        text.Append(time is null
            ? "  rows: 1000                  # a batch of 1,000 rows; with a column of times: every: 1d, time: COLUMN\n"
            : $"  every: {every,-5}                # 15m, 6h, 1d, 1w or month\n  time: {Quoted(time)}\n  lateness: 1h                # how long a window waits for late rows\n");
        text.Append(CultureInfo.InvariantCulture, $"""

            checks:
              - volume:
                  warn-below: {least,-5}         # half of the usual rows a batch; a batch without rows is critical
              - drift:                      # PSI with its chance threshold, KS or chi-square, as ./mlops drift

            """);
        if (ignored.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"      ignore: [{string.Join(", ", ignored.Select(Quoted))}]   # different in almost every row\n");
        }

        string coolDown = time is null ? "1h" : "3d";
        return text.Append(CultureInfo.InvariantCulture, $$"""
                  psi-moderate: 0.1         # a warning from here on, if chance does not explain it
                  psi-significant: 0.25     # critical from here on
              # - latency: { column: latency_ms, unit: ms, percentiles: { p99: { warn-above: 0.5 } } }   # limits in seconds
              # - error-rate: { label: y, prediction: y_hat, alarm-above: 0.2 }
              # - quality: expectations.yaml                                # ./mlops quality infer writes one
              # - metric: { column: score, of: mean, warn-below: 0.2 }

            alerts:
              minimum: warning              # what lies below is only kept in the history
              cool-down: {{coolDown}}                 # no repeat within this time unless the severity rises
              in-a-row: 1                   # batches in a row before it is told
              resolve-after: 2              # quiet batches before it is told that all is well again

            sinks:
              - console
              # - file: alerts.jsonl
              # - webhook: http://localhost:9000/alerts
              # - prometheus: monitor.prom  # for node_exporter's textfile collector
              # - otlp: http://localhost:4318

            # retention: 400d
            # retrain: { every: 180d, minimum-labels: 500, cost-per-retraining: 2000, cost-per-error: 5 }

            """).ToString();
    }

    /// <summary>The shortest of day, week and month in which the reference usually has enough rows for a comparison, and half of those rows.</summary>
    private static (string Every, int Least) Window(Column<DateTime> times)
    {
        DateTime[] known = [.. Enumerable.Range(0, times.Count).Select(i => times[i]).OfType<DateTime>()];
        double days = known.Length == 0 ? 1 : Math.Max(1, (known.Max() - known.Min()).TotalDays + 1);
        double perDay = known.Length / days;
        (string every, double length) = perDay >= EnoughRows ? ("1d", 1.0) : 7 * perDay >= EnoughRows ? ("1w", 7) : ("month", 30);
        return (every, Math.Max(1, (int)(perDay * length / 2)));
    }

    /// <summary>Text that differs in almost every row.</summary>
    private static bool IsIdentifier(Column column) => column is StringColumn text && text.Levels.Length > Math.Max(FewLevels, (text.Count - text.MissingCount) / 2);

    /// <summary>A YAML scalar that is the text, whatever is in it.</summary>
    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
