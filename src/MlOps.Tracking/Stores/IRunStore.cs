namespace MlOps.Tracking.Stores;

/// <summary>Experiments and runs.</summary>
/// <remarks>
/// Every method is safe to call from several threads, and several processes may have the same store open. What a method was told is there for good
/// when it returns, even if the process is killed the next moment. All throw <see cref="TrackingException"/>: <c>ResourceDoesNotExist</c> for an
/// unknown identifier, <c>InvalidParameterValue</c> for what MLflow's limits refuse (see <see cref="TrackingLimits"/>), for changes of a deleted run and for a
/// bad filter, <c>TemporarilyUnavailable</c> if the store is locked, full or away.
/// </remarks>
public interface IRunStore
{
    /// <summary>Makes an experiment and returns its identifier.</summary>
    /// <param name="name">1 to 500 characters, not taken, not even by a deleted experiment (<c>ResourceAlreadyExists</c>).</param>
    /// <param name="artifactLocation">Where its runs put their files; null lets the store choose.</param>
    /// <param name="tags">Its first tags.</param>
    string CreateExperiment(string name, string? artifactLocation = null, IReadOnlyList<Tag>? tags = null);

    /// <summary>Returns an experiment, deleted or not.</summary>
    Experiment GetExperiment(string experimentId);

    /// <summary>Returns the experiment of a name, deleted or not; null if there is none.</summary>
    Experiment? FindExperiment(string name);

    /// <summary>Gives an experiment another name, under the rules of <see cref="CreateExperiment"/>.</summary>
    void RenameExperiment(string experimentId, string name);

    /// <summary>Deletes an experiment and its runs; they can be restored.</summary>
    void DeleteExperiment(string experimentId);

    /// <summary>Brings back a deleted experiment and its runs.</summary>
    void RestoreExperiment(string experimentId);

    /// <summary>Sets a tag of an experiment.</summary>
    void SetExperimentTag(string experimentId, Tag tag);

    /// <summary>Removes a tag of an experiment.</summary>
    void DeleteExperimentTag(string experimentId, string key);

    /// <summary>Searches experiments.</summary>
    Page<Experiment> SearchExperiments(SearchQuery query, CancellationToken cancellationToken = default);

    /// <summary>Starts a run.</summary>
    Run CreateRun(NewRun run);

    /// <summary>Returns a run, deleted or not.</summary>
    Run GetRun(string runId);

    /// <summary>Changes status, end or name; null leaves as it is. A change of the name changes the tag <c>mlflow.runName</c>.</summary>
    RunInfo UpdateRun(string runId, RunStatus? status = null, long? endTime = null, string? name = null);

    /// <summary>Deletes a run; it can be restored.</summary>
    void DeleteRun(string runId);

    /// <summary>Brings back a deleted run.</summary>
    void RestoreRun(string runId);

    /// <summary>Logs one point.</summary>
    void LogMetric(string runId, Metric metric);

    /// <summary>Logs one parameter.</summary>
    void LogParam(string runId, Param param);

    /// <summary>Sets one tag. The tag <c>mlflow.runName</c> also renames the run.</summary>
    void SetTag(string runId, Tag tag);

    /// <summary>Removes a tag (<c>ResourceDoesNotExist</c> if it is not set).</summary>
    void DeleteTag(string runId, string key);

    /// <summary>Logs many at once: all of it or nothing.</summary>
    /// <remarks>Any number of metrics; the limits of a request to an MLflow server are the server's and the client's business.</remarks>
    void LogBatch(string runId, IReadOnlyList<Metric> metrics, IReadOnlyList<Param> parameters, IReadOnlyList<Tag> tags);

    /// <summary>Notes the data sets that a run uses.</summary>
    void LogInputs(string runId, IReadOnlyList<DatasetInput> inputs);

    /// <summary>Searches runs.</summary>
    Page<Run> SearchRuns(RunQuery query, CancellationToken cancellationToken = default);

    /// <summary>Returns every point of a metric, sorted by (step, timestamp, value); none if the run has no such metric.</summary>
    IReadOnlyList<Metric> GetMetricHistory(string runId, string key, CancellationToken cancellationToken = default);
}
