using System.Globalization;
using System.Text.Json;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Server;

/// <summary><c>metrics/…</c>: curves.</summary>
internal static class MetricEndpoints
{
    private const int MostRuns = 100;
    private const int MostStepsPerRun = 2500;
    private const int MostPoints = 25_000;

    internal static void AddTo(RouteTable routes) => routes
        .Get("metrics/get-history", History)
        .Get("metrics/get-history-bulk", Bulk)
        .Get("metrics/get-history-bulk-interval", Interval);

    /// <summary>All points, or a page of them. Absent and 0 are all: an old client sends neither, and cannot go on from a page.</summary>
    private static void History(Exchange exchange)
    {
        RequestFields fields = exchange.Fields;
        string run = fields.RunId();
        IReadOnlyList<Metric> points = exchange.Store.GetMetricHistory(run, fields.Required("metric_key"), exchange.Cancelled);
        long length = fields.Whole("max_results") ?? 0;
        if (length < 0)
        {
            throw TrackingLimits.Invalid(string.Create(CultureInfo.InvariantCulture, $"Invalid value {length} for parameter 'max_results': 0, which is all, or more is expected."));
        }

        long first = Math.Min(PageToken.Read(fields.Text("page_token")), points.Count);
        long end = length == 0 ? points.Count : Math.Min(first + length, points.Count);
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        if (first < end)
        {
            writer.WriteStartArray("metrics"u8);
            for (int i = (int)first; i < end; i++)
            {
                writer.WriteMetric(points[i]);
            }

            writer.WriteEndArray();
        }

        writer.WriteNextPage(end < points.Count ? PageToken.Of(end) : null);
        writer.WriteEndObject();
    }

    private static void Bulk(Exchange exchange)
    {
        RequestFields fields = exchange.Fields;
        IReadOnlyList<string> runs = Runs(fields, "run_id");
        string key = fields.Required("metric_key");
        long most = Math.Clamp(fields.Whole("max_results") ?? MostPoints, 0, MostPoints);
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        writer.WriteStartArray("metrics"u8); // this one is not left out: MLflow writes it by hand
        foreach (string run in runs.Order(StringComparer.Ordinal))
        {
            foreach (Metric point in exchange.Store.GetMetricHistory(run, key, exchange.Cancelled))
            {
                if (most-- <= 0)
                {
                    break;
                }

                writer.WriteMetric(point, run);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Points of several runs at the same steps, at most <c>max_results</c> of them evenly chosen, and the first and last of every run.</summary>
    private static void Interval(Exchange exchange)
    {
        RequestFields fields = exchange.Fields;
        IReadOnlyList<string> runs = Runs(fields, "run_ids");
        string key = fields.Required("metric_key");
        long most = fields.Whole("max_results") ?? MostStepsPerRun;
        if (most is < 1 or > MostStepsPerRun)
        {
            throw TrackingLimits.Invalid(string.Create(CultureInfo.InvariantCulture, $"max_results must be between 1 and {MostStepsPerRun}; got {most}."));
        }

        (long? start, long? end) = (fields.Whole("start_step"), fields.Whole("end_step"));
        if (start is null != end is null)
        {
            throw TrackingLimits.Invalid("If either start_step or end_step is specified, both must be specified.");
        }

        if (start > end)
        {
            throw TrackingLimits.Invalid(string.Create(CultureInfo.InvariantCulture, $"end_step must not be before start_step; got start_step={start} and end_step={end}."));
        }

        IReadOnlyList<Metric>[] curves = [.. runs.Select(run => exchange.Store.GetMetricHistory(run, key, exchange.Cancelled))];
        HashSet<long> steps = StepsOf(curves, start ?? 0, end ?? long.MaxValue, (int)most);
        using Utf8JsonWriter writer = exchange.Write();
        writer.WriteStartObject();
        if (steps.Count > 0)
        {
            writer.WriteStartArray("metrics"u8);
            for (int i = 0; i < curves.Length; i++)
            {
                int written = 0;
                foreach (Metric point in curves[i])
                {
                    if (written < MostPoints && steps.Contains(point.Step))
                    {
                        writer.WriteMetric(point, runs[i]);
                        written++;
                    }
                }
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static HashSet<long> StepsOf(IReadOnlyList<Metric>[] curves, long start, long end, int most)
    {
        long[] all = [.. curves.SelectMany(curve => curve).Select(point => point.Step).Where(step => step >= start && step <= end).Distinct().Order()];
        HashSet<long> chosen = [];
        if (all.Length <= most)
        {
            chosen.UnionWith(all);
            return chosen;
        }

        for (int i = 0; i < most; i++)
        {
            chosen.Add(all[(int)((long)i * all.Length / most)]);
        }

        chosen.Add(all[^1]);
        foreach (IReadOnlyList<Metric> curve in curves)
        {
            if (curve.Count > 0) // sorted by step
            {
                chosen.Add(curve[0].Step);
                chosen.Add(curve[^1].Step);
            }
        }

        chosen.RemoveWhere(step => step < start || step > end);
        return chosen;
    }

    private static IReadOnlyList<string> Runs(RequestFields fields, string name)
    {
        IReadOnlyList<string> runs = fields.Texts(name);
        return runs.Count switch
        {
            0 => throw TrackingLimits.Missing(name),
            > MostRuns => throw TrackingLimits.Invalid(string.Create(CultureInfo.InvariantCulture, $"At most {MostRuns} {name} can be asked for at once. Got {runs.Count}.")),
            _ => runs,
        };
    }
}
