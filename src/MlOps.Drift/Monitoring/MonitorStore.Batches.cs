using System.Text.Json;

namespace MlOps.Drift.Monitoring;

public sealed partial class MonitorStore
{
    /// <summary>How many batches of a monitor were ever stored: it changes when another process stores one.</summary>
    internal long Sequence(string monitor) => _session.Read(() => LastSequence(monitor));

    internal bool Contains(string monitor, string batch) => _session.Read(() => Has(monitor, batch));

    /// <summary>What is stored of one batch.</summary>
    internal MonitorRun Recall(string monitor, Batch batch) => _session.Read(() =>
    {
        (string, object?)[] key = [("$monitor", monitor), ("$id", batch.Id)];
        return new MonitorRun(
            monitor,
            batch.Id,
            batch.From,
            batch.Until,
            Convert.ToInt32(_session.Scalar("SELECT rows FROM batches WHERE monitor = $monitor AND id = $id", key), System.Globalization.CultureInfo.InvariantCulture),
            [.. _session.Rows("SELECT b.id, b.until_time, f.check_name, f.subject, f.name, f.severity, f.message, f.value, f.limit_value, f.look_at FROM findings f JOIN batches b ON b.sequence = f.batch WHERE b.monitor = $monitor AND b.id = $id ORDER BY f.place", StoreRows.Finding, key).Select(f => f.Finding)],
            _session.Rows("SELECT time, batch, kind, check_name, subject, name, value, limit_value FROM measurements WHERE monitor = $monitor AND batch = $id", StoreRows.Measurement, key),
            [],
            IsRepeat: true);
    });

    /// <summary>Stores a batch with all it brought; false, and nothing stored, if it or another batch came in between.</summary>
    internal bool Commit(MonitorRun run, DateTimeOffset recorded, IReadOnlyDictionary<string, string> states, long sequence) => _session.Write(() =>
    {
        if (LastSequence(run.Monitor) != sequence || Has(run.Monitor, run.Batch))
        {
            return false;
        }

        long batch = (long)_session.Scalar(
            "INSERT INTO batches (monitor, id, from_time, until_time, recorded, rows, severity) VALUES ($monitor, $id, $from, $until, $recorded, $rows, $severity); SELECT last_insert_rowid()",
            ("$monitor", run.Monitor), ("$id", run.Batch), ("$from", run.From), ("$until", run.Until), ("$recorded", recorded), ("$rows", run.Rows), ("$severity", run.Worst))!;
        AddMeasurements(run.Monitor, run.Measurements);
        _session.Many(
            "INSERT INTO findings VALUES ($batch, $place, $check, $subject, $name, $severity, $message, $value, $limit, $look)",
            run.Findings.Index(),
            f =>
            [
                ("$batch", batch), ("$place", f.Index), ("$check", f.Item.Check), ("$subject", f.Item.Subject), ("$name", f.Item.Name), ("$severity", f.Item.Severity),
                ("$message", f.Item.Message), ("$value", f.Item.Value), ("$limit", f.Item.Limit), ("$look", f.Item.LookAt),
            ]);
        _session.Many("INSERT INTO alerts (batch, json) VALUES ($batch, $json)", run.Alerts, a => [("$batch", batch), ("$json", JsonSerializer.Serialize(a, Json))]);
        _session.Many("INSERT OR REPLACE INTO states VALUES ($monitor, $name, $state)", states, s => [("$monitor", run.Monitor), ("$name", s.Key), ("$state", s.Value)]);
        return true;
    });

    /// <summary>The saved states of a monitor, with the number of the batch they belong to.</summary>
    internal (long Sequence, Dictionary<string, string> States) States(string monitor) => _session.Read(() => (
        LastSequence(monitor),
        _session.Rows("SELECT name, state FROM states WHERE monitor = $monitor", r => (Name: r.GetString(0), State: r.GetString(1)), ("$monitor", monitor)).ToDictionary(s => s.Name, s => s.State, StringComparer.Ordinal)));

    /// <summary>Alerts that were stored and not sent, as their process ended in between.</summary>
    internal IReadOnlyList<Alert> Untold(string monitor) => _session.Read(() => _session.Rows(
        "SELECT a.json FROM alerts a JOIN batches b ON b.sequence = a.batch WHERE b.monitor = $monitor AND a.told = 0 ORDER BY a.id", r => Parse<Alert>(r.GetString(0)), ("$monitor", monitor)));

    internal void MarkTold(string monitor) => _session.Write(() => _session.Run(
        "UPDATE alerts SET told = 1 WHERE told = 0 AND batch IN (SELECT sequence FROM batches WHERE monitor = $monitor)", ("$monitor", monitor)));

    private bool Has(string monitor, string batch) =>
        _session.Scalar("SELECT 1 FROM batches WHERE monitor = $monitor AND id = $id", ("$monitor", monitor), ("$id", batch)) is not null;

    private long LastSequence(string monitor) =>
        (long)(_session.Scalar("SELECT max(sequence) FROM batches WHERE monitor = $monitor", ("$monitor", monitor)) ?? 0L);
}
