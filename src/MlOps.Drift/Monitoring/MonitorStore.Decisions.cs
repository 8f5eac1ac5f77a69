using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace MlOps.Drift.Monitoring;

public sealed partial class MonitorStore
{
    /// <summary>Stores a decision; one that is there already stays as it is.</summary>
    /// <returns>Whether it is new.</returns>
    public bool Add(string monitor, RetrainDecision decision)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(monitor);
        ArgumentNullException.ThrowIfNull(decision);
        return _session.Write(() => Insert(monitor, decision)) > 0;
    }

    /// <summary>Claims the right to start a decision's pipeline. Only one decision of a monitor runs at a time.</summary>
    /// <param name="monitor">The monitor's name.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="now">The time.</param>
    /// <param name="lease">After this time a run that never reported back, as its process died, no longer stands in the way.</param>
    /// <returns>Null if claimed, else why not.</returns>
    internal string? Claim(string monitor, RetrainDecision decision, DateTimeOffset now, TimeSpan lease) => _session.Write(() =>
    {
        Insert(monitor, decision);
        var running = _session.Rows("SELECT id, started FROM decisions WHERE monitor = $monitor AND status = $running", r => (Id: r.GetString(0), Started: new DateTimeOffset(r.GetInt64(1), TimeSpan.Zero)), ("$monitor", monitor), ("$running", DecisionStatus.Running));
        foreach ((string id, DateTimeOffset started) in running)
        {
            if ((now - started).Duration() < lease)
            {
                return id == decision.Id ? "this decision's pipeline is running" : $"the pipeline of decision '{id}' is running";
            }

            _session.Run("UPDATE decisions SET status = $failed, error = 'never reported back' WHERE monitor = $monitor AND id = $id", ("$failed", DecisionStatus.Failed), ("$monitor", monitor), ("$id", id));
        }

        if ((long)_session.Scalar("SELECT status FROM decisions WHERE monitor = $monitor AND id = $id", ("$monitor", monitor), ("$id", decision.Id))! == (long)DecisionStatus.Done)
        {
            return "this decision's pipeline has run";
        }

        _session.Run("UPDATE decisions SET status = $running, attempts = attempts + 1, started = $now, error = NULL WHERE monitor = $monitor AND id = $id", ("$running", DecisionStatus.Running), ("$now", now), ("$monitor", monitor), ("$id", decision.Id));
        return null;
    });

    internal void Close(string monitor, RetrainDecision decision, string? error) => _session.Write(() => _session.Run(
        "UPDATE decisions SET status = $status, error = $error WHERE monitor = $monitor AND id = $id",
        ("$status", error is null ? DecisionStatus.Done : DecisionStatus.Failed), ("$error", error), ("$monitor", monitor), ("$id", decision.Id)));

    private int Insert(string monitor, RetrainDecision decision) => _session.Run(
        "INSERT OR IGNORE INTO decisions (id, monitor, time, json, status, attempts) VALUES ($id, $monitor, $time, $json, $status, 0)",
        ("$id", decision.Id), ("$monitor", monitor), ("$time", decision.When), ("$json", JsonSerializer.Serialize(decision, Json)), ("$status", DecisionStatus.Taken));

    private static StoredDecision StoredDecisionOf(SqliteDataReader row) =>
        new(Parse<RetrainDecision>(row.GetString(0)), (DecisionStatus)row.GetInt32(1), row.GetInt32(2), row.IsDBNull(3) ? null : row.GetString(3));
}
