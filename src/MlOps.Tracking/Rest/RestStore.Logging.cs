using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Rest;

/// <content>What runs log.</content>
internal sealed partial class RestStore
{
    /// <inheritdoc/>
    public void LogMetric(string runId, Metric metric)
    {
        TrackingLimits.CheckMetric(metric);
        using JsonBody body = JsonBody.Start().Text("run_id"u8, runId).Metric(metric);
        try
        {
            Post("runs/log-metric", body);
        }
        catch (TrackingException e) when (e.Error == TrackingError.BadRequest && double.IsNaN(metric.Value))
        {
            if (!HasPoint(runId, metric))
            {
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void LogParam(string runId, Param param)
    {
        param = TrackingLimits.Checked(param);
        using JsonBody body = JsonBody.Start().Text("run_id"u8, runId).Text("key"u8, param.Key).Text("value"u8, param.Value);
        Post("runs/log-parameter", body);
    }

    /// <inheritdoc/>
    public void SetTag(string runId, Tag tag)
    {
        tag = TrackingLimits.Checked(tag);
        using JsonBody body = JsonBody.Start().Text("run_id"u8, runId).Text("key"u8, tag.Key).Text("value"u8, tag.Value);
        Post("runs/set-tag", body);
    }

    /// <inheritdoc/>
    public void DeleteTag(string runId, string key)
    {
        using JsonBody body = JsonBody.Start().Text("run_id"u8, runId).Text("key"u8, key);
        PostOnce("runs/delete-tag", body, () => !GetRun(runId).Tags.Any(tag => tag.Key == key));
    }

    /// <inheritdoc/>
    /// <remarks>
    /// What exceeds a request's limits (1,000 items in all, 100 parameters, 100 tags) goes in several, each all or nothing. Parameters go first: only they can be refused for what the
    /// run holds already, and then nothing else has been written. If the server goes away in between, the rest is missing; the same batch again completes it and doubles nothing.
    /// </remarks>
    public void LogBatch(string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<Tag> tags)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(tags);
        for (int i = 0; i < metrics.Count; i++)
        {
            TrackingLimits.CheckMetric(metrics[i]);
        }

        ReadOnlySpan<Param> allParams = CheckedParams(parameters);
        ReadOnlySpan<Tag> allTags = CheckedTags(tags);
        int metricsSent = 0, paramsSent = 0, tagsSent = 0;
        do
        {
            int someParams = Math.Min(TrackingLimits.BatchPairs, allParams.Length - paramsSent);
            bool lastParams = paramsSent + someParams == allParams.Length;
            int someTags = lastParams ? Math.Min(TrackingLimits.BatchPairs, allTags.Length - tagsSent) : 0;
            int someMetrics = lastParams ? Math.Min(TrackingLimits.BatchItems - someParams - someTags, metrics.Count - metricsSent) : 0;
            SendBatch(runId, metrics, metricsSent, someMetrics, allParams.Slice(paramsSent, someParams), allTags.Slice(tagsSent, someTags));
            (metricsSent, paramsSent, tagsSent) = (metricsSent + someMetrics, paramsSent + someParams, tagsSent + someTags);
        }
        while (metricsSent < metrics.Count || paramsSent < allParams.Length || tagsSent < allTags.Length);
    }

    /// <inheritdoc/>
    public void LogInputs(string runId, IReadOnlyList<DatasetInput> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        using JsonBody body = JsonBody.Start().Text("run_id"u8, runId).Inputs(inputs);
        Post("runs/log-inputs", body);
    }

    private void SendBatch(string runId, IReadOnlyList<Metric> metrics, int from, int count, ReadOnlySpan<Param> parameters, ReadOnlySpan<Tag> tags)
    {
        using JsonBody body = JsonBody.Start().Text("run_id"u8, runId).Metrics(metrics, from, count).Params(parameters).Tags("tags"u8, tags);
        try
        {
            Post("runs/log-batch", body);
        }
        catch (TrackingException e) when (e.Error == TrackingError.BadRequest)
        {
            Metric[] news = [.. metrics.Skip(from).Take(count).Distinct().Where(metric => !double.IsNaN(metric.Value) || !HasPoint(runId, metric))];
            if (news.Length == count)
            {
                throw;
            }

            using JsonBody rest = JsonBody.Start().Text("run_id"u8, runId).Metrics(news, 0, news.Length).Params(parameters).Tags("tags"u8, tags);
            Post("runs/log-batch", rest);
        }
    }

    /// <summary>Returns whether a run has a point. MLflow's database stores refuse a NaN that they have already, though any other repeated point is fine.</summary>
    private bool HasPoint(string runId, Metric metric) => GetMetricHistory(runId, metric.Key).Contains(metric);

    private static Param[] CheckedParams(IReadOnlyList<Param> parameters)
    {
        if (parameters.Count == 0)
        {
            return [];
        }

        var all = new Param[parameters.Count];
        var keys = new HashSet<string>(parameters.Count, StringComparer.Ordinal);
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = TrackingLimits.Checked(parameters[i]);
            if (!keys.Add(all[i].Key))
            {
                throw TrackingLimits.Invalid($"The parameter '{all[i].Key}' is twice in one batch.");
            }
        }

        return all;
    }

    private static Tag[] CheckedTags(IReadOnlyList<Tag> tags)
    {
        var all = new Tag[tags.Count];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = TrackingLimits.Checked(tags[i]);
        }

        return all;
    }
}
