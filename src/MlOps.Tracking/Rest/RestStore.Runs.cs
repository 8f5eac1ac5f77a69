using System.Text.Json;
using MlOps.Tracking.Search;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking.Rest;

/// <content>Runs.</content>
internal sealed partial class RestStore
{
    /// <inheritdoc/>
    public Run CreateRun(NewRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        Tag[] tags = [.. run.Tags.Select(TrackingLimits.Checked)];
        Tag mark = RequestTag(out string request);
        using JsonBody body = JsonBody.Start().Text("experiment_id"u8, run.ExperimentId).Text("user_id"u8, run.UserId)
            .Text("run_name"u8, string.IsNullOrEmpty(run.Name) ? null : run.Name)
            .Number("start_time"u8, run.StartTime ?? Clock.GetUtcNow().ToUnixTimeMilliseconds()) // MLflow's servers take none for 1970
            .Tags("tags"u8, tags, mark);
        return Create("runs/create", body, static json => RestRows.Run(json.Needed("run"u8)), () => Made(new RunQuery([run.ExperimentId]), request));
    }

    /// <inheritdoc/>
    public Run GetRun(string runId) => Get(GetOf("runs/get", ("run_id", runId)), static json => RestRows.Run(json.Needed("run"u8)));

    /// <inheritdoc/>
    public RunInfo UpdateRun(string runId, RunStatus? status = null, long? endTime = null, string? name = null)
    {
        using JsonBody body = JsonBody.Start().Text("run_id"u8, runId).Text("status"u8, status is { } told ? StatusOf(told) : null).Number("end_time"u8, endTime).Text("run_name"u8, name);
        return _server.Read(PostOf("runs/update", body), static json => RestRows.Info(json.Needed("run_info"u8)))!;
    }

    /// <inheritdoc/>
    public void DeleteRun(string runId)
    {
        using JsonBody body = JsonBody.Start().Text("run_id"u8, runId);
        PostOnce("runs/delete", body, () => GetRun(runId).Info.Stage == LifecycleStage.Deleted);
    }

    /// <inheritdoc/>
    public void RestoreRun(string runId)
    {
        using JsonBody body = JsonBody.Start().Text("run_id"u8, runId);
        PostOnce("runs/restore", body, () => GetRun(runId).Info.Stage == LifecycleStage.Active);
    }

    /// <inheritdoc/>
    public Page<Run> SearchRuns(RunQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        TrackingLimits.CheckPage(query.MaxResults, RunQuery.Most);
        CheckStrict(query.StrictMlflow, query.Filter, FilterTarget.Runs);
        return query.ExperimentIds.Count == 0 ? new Page<Run>([]) : SearchRuns(query, RestRows.Run, cancellationToken);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> GetMetricHistory(string runId, string key, CancellationToken cancellationToken = default)
    {
        List<Metric> points = [];
        try
        {
            ReadHistory(runId, key, points, cancellationToken);
        }
        catch (TrackingException e) when (e.Error == TrackingError.ResourceDoesNotExist)
        {
            // MLflow's file store says so of a metric, too; whether it is the run is asked below.
        }

        if (points.Count == 0)
        {
            GetRun(runId); // MLflow's database stores return nothing for a run that does not exist
            return points;
        }

        points.Sort(static (a, b) => a.Step != b.Step ? a.Step.CompareTo(b.Step) : a.Timestamp != b.Timestamp ? a.Timestamp.CompareTo(b.Timestamp) : a.Value.CompareTo(b.Value));
        int kept = 1;
        for (int i = 1; i < points.Count; i++)
        {
            if (points[i] != points[kept - 1]) // MLflow's file store keeps a point that was repeated twice
            {
                points[kept++] = points[i];
            }
        }

        points.RemoveRange(kept, points.Count - kept);
        return points;
    }

    private static string StatusOf(RunStatus status) => status switch
    {
        RunStatus.Scheduled => "SCHEDULED",
        RunStatus.Finished => "FINISHED",
        RunStatus.Failed => "FAILED",
        RunStatus.Killed => "KILLED",
        _ => "RUNNING",
    };

    private void ReadHistory(string runId, string key, List<Metric> points, CancellationToken cancellationToken)
    {
        const string Page = "25000"; // MLflow's own most; 3.x returns an empty page if nothing is said, 2.x all in one answer whatever is said
        string? token = null;
        do
        {
            string? before = token;
            token = Get(
                GetOf("metrics/get-history", ("run_id", runId), ("metric_key", key), ("max_results", Page), ("page_token", before)),
                json =>
                {
                    points.AddRange(json.List("metrics"u8, RestRows.Metric));
                    return json.TextOrNull("next_page_token"u8);
                },
                cancellationToken);
            if (token is { Length: > 0 } && token == before)
            {
                throw new TrackingException(TrackingError.InternalError, $"{Address} names the same page of a metric's history as the next one again and again.");
            }
        }
        while (token is { Length: > 0 });
    }

    private Page<T> SearchRuns<T>(RunQuery query, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using JsonBody body = JsonBody.Start().Texts("experiment_ids"u8, query.ExperimentIds).Text("filter"u8, query.Filter).Text("run_view_type"u8, ViewOf(query.View))
            .Number("max_results"u8, query.MaxResults).Texts("order_by"u8, query.OrderBy).Text("page_token"u8, query.PageToken);
        AskForMore(body, query.StrictMlflow, query.Filter, FilterTarget.Runs);
        return _server.Read(PostOf("runs/search", body), json => PageOf(json, "runs"u8, read), cancellationToken)!;
    }

    /// <summary>Returns the run that a certain request made.</summary>
    private Run? Made(RunQuery where, string request) =>
        SearchRuns(where with { Filter = $"tags.`{RestRows.RequestTag}` = '{request}'", View = ViewType.All, MaxResults = 1 }, RestRows.Run, default).Items is [Run made, ..] ? made : null;
}
