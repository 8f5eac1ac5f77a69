using System.Globalization;
using MlOps.Charts;
using MlOps.Drift.Monitoring;

namespace MlOps.Drift.Dashboards;

/// <summary>The charts of a history, by topic. A topic without numbers has none.</summary>
internal static class HistoryCharts
{
    /// <summary>Lines in one chart; more cannot be told apart.</summary>
    private const int Series = 5;

    internal static IEnumerable<(string Heading, IReadOnlyList<ChartOfPage> Charts)> Of(MonitorHistory history)
    {
        yield return ("Volume", [Volume(history)]);
        if (Drift(history) is { Count: > 0 } drift)
        {
            yield return ("Drift", drift);
        }

        if (Quality(history) is { } quality)
        {
            yield return ("Data quality", [quality]);
        }

        if (Grouped(history, MeasurementKind.Latency, "s") is { Count: > 0 } latency)
        {
            yield return ("Latency", latency);
        }

        if (Grouped(history, MeasurementKind.Stream, "") is { Count: > 0 } streams)
        {
            yield return ("Streams", streams);
        }

        if (Grouped(history, MeasurementKind.Metric, "") is { Count: > 0 } metrics)
        {
            yield return ("Metrics", metrics);
        }
    }

    private static ChartOfPage Volume(MonitorHistory history)
    {
        double[] rows = [.. history.Batches.Select(batch => (double)batch.Rows)];
        Figure figure = Chart.Line(Times(history.Batches.Select(batch => batch.Until)), rows, "rows", Role.Current, markers: rows.Length == 1 ? true : null)
            .Titled(Text($"{rows[^1]:N0} rows in the last batch, {rows.Average():N0} on average"), Text($"{rows.Length} batches"))
            .XAxis("end of the batch").YAxis("rows", "per batch");
        Measurement? limited = history.Measurements.LastOrDefault(m => m.Kind == MeasurementKind.Volume && m.Name == "rows" && m.Limit is not null);
        figure = limited is null ? figure : figure.Threshold(limited.Limit!.Value, "limit");
        return new ChartOfPage(figure, ["rows"], [.. history.Batches.Select(batch => (batch.Until, new[] { (double)batch.Rows }))]);
    }

    private static List<ChartOfPage> Drift(MonitorHistory history)
    {
        var charts = new List<ChartOfPage>();
        foreach (IGrouping<string, Measurement> check in history.Measurements.Where(m => m.Kind == MeasurementKind.Drift && m.Name == "psi").GroupBy(m => m.Check))
        {
            string[] columns = [.. check.GroupBy(m => m.Subject).OrderByDescending(column => column.Last().Value).Select(column => column.Key)];
            Measurement[] last = [.. check.GroupBy(m => m.Subject).Select(column => column.Last())];
            Measurement worst = last.MaxBy(m => m.Value)!;
            int over = last.Count(m => m.Value >= m.Limit);
            string rest = columns.Length > Series ? Text($"the {Series} largest of {columns.Length} columns") : Text($"{columns.Length} columns");
            ChartOfPage chart = Lines(
                check.Where(m => columns.Take(Series).Contains(m.Subject)),
                m => m.Subject,
                columns.Take(Series),
                Text($"PSI of {over} of {last.Length} columns above the limit; largest: {worst.Subject}, {worst.Value:0.00}"),
                $"check '{check.Key}', {rest}",
                ("population stability index", "nats"));
            double[] limits = [.. last.Where(m => m.Limit is not null).Select(m => m.Limit!.Value)];
            charts.Add(limits.Length == 0 ? chart : chart with { Figure = chart.Figure.Threshold(limits.Min(), Text($"lowest limit: {limits.Min():0.###}")) });
        }

        return charts;
    }

    private static ChartOfPage? Quality(MonitorHistory history)
    {
        Measurement[] all = [.. history.Measurements.Where(m => m.Kind == MeasurementKind.Quality)];
        if (all.Length == 0)
        {
            return null;
        }

        var broken = all.GroupBy(m => m.Time).Select(batch => (Time: batch.Key, Count: (double)batch.Count(m => m.Value > 0), Rows: batch.Sum(m => m.Value))).ToArray();
        Figure figure = Chart.Line(Times(broken.Select(b => b.Time)), broken.Select(b => b.Count).ToArray(), "expectations broken", Role.Current, markers: broken.Length == 1 ? true : null)
            .Titled(broken[^1].Count == 0 ? "Every expectation held in the last batch" : Text($"{broken[^1].Count:0} expectations were broken in the last batch"), Text($"{broken.Length} batches"))
            .XAxis("end of the batch").YAxis("expectations broken");
        return new ChartOfPage(figure, ["expectations broken", "rows that break one (a row may count more than once)"], [.. broken.Select(b => (b.Time, new[] { b.Count, b.Rows }))]);
    }

    /// <summary>A chart for every check and subject, a line for every name.</summary>
    private static List<ChartOfPage> Grouped(MonitorHistory history, MeasurementKind kind, string unit)
    {
        var charts = new List<ChartOfPage>();
        foreach (var group in history.Measurements.Where(m => m.Kind == kind && double.IsFinite(m.Value)).GroupBy(m => (m.Check, m.Subject)))
        {
            string subject = group.Key.Subject.Length > 0 ? group.Key.Subject : group.Key.Check;
            Measurement[] last = [.. group.GroupBy(m => m.Name).Select(name => name.Last())];
            ChartOfPage chart = Lines(
                group,
                m => m.Name,
                last.Select(m => m.Name).Take(Series),
                Text($"{subject}: {string.Join(", ", last.Take(Series).Select(m => Text($"{m.Name} {m.Value:G3}{(unit.Length > 0 ? " " + unit : "")}")))}"),
                $"check '{group.Key.Check}'",
                (subject, unit));
            foreach (Measurement limited in last.Where(m => m.Limit is not null))
            {
                chart = chart with { Figure = chart.Figure.Threshold(limited.Limit!.Value, $"limit of {limited.Name}") };
            }

            charts.Add(chart);
        }

        return charts;
    }

    private static ChartOfPage Lines(
        IEnumerable<Measurement> measurements, Func<Measurement, string> seriesOf, IEnumerable<string> series, string title, string subtitle, (string Title, string Unit) axis)
    {
        string[] names = [.. series];
        ILookup<string, Measurement> bySeries = measurements.ToLookup(seriesOf);
        Figure? figure = null;
        foreach (string name in names)
        {
            Measurement[] points = [.. bySeries[name]];
            Figure line = Chart.Line(Times(points.Select(m => m.Time)), points.Select(m => m.Value).ToArray(), name, markers: points.Length == 1 ? true : null);
            figure = figure is null ? line : figure.Add(line);
        }

        figure = figure!.Titled(title, subtitle).XAxis("end of the batch");
        DateTimeOffset[] times = [.. names.SelectMany(name => bySeries[name]).Select(m => m.Time).Distinct().Order()];
        var rows = times.Select(time => (time, names.Select(name => bySeries[name].LastOrDefault(m => m.Time == time)?.Value ?? double.NaN).ToArray()));
        return new ChartOfPage(axis.Unit.Length > 0 ? figure.YAxis(axis.Title, axis.Unit) : figure.YAxis(axis.Title), names, [.. rows]);
    }

    private static DateTime[] Times(IEnumerable<DateTimeOffset> times) => [.. times.Select(time => time.UtcDateTime)];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
