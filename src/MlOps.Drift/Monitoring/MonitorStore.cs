using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOps.Drift.Monitoring;

/// <summary>The history of monitors in a local SQLite file: measurements, findings, alerts, states and decisions.</summary>
/// <remarks>
/// Several monitors and several processes may share a file; readers never wait for a writer. What a batch brings is stored in one
/// transaction: a process that is killed, a full disk or a lock leave all of it or nothing, and the batch can be sent again. Commits are
/// flushed to the disk.
/// <para>Thread-safe. Every member throws <see cref="MonitorStoreException"/> when the file is locked for too long, full, damaged or not ours.</para>
/// </remarks>
public sealed partial class MonitorStore : IDisposable
{
    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly StoreSession _session;

    private MonitorStore(string path, TimeSpan patience) => _session = new StoreSession(path, patience);

    /// <summary>Gets the file; <c>:memory:</c> for a store without one.</summary>
    public string Path => _session.Path;

    /// <summary>Opens a store, or makes it.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="patience">How long to wait for another process's writing; 5 seconds if null.</param>
    /// <exception cref="MonitorStoreException">The file is no store, is damaged, cannot be written or is locked.</exception>
    public static MonitorStore Open(string path, TimeSpan? patience = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new(path, patience ?? TimeSpan.FromSeconds(5));
    }

    /// <summary>Makes a store that lives as long as the object.</summary>
    public static MonitorStore InMemory() => new(":memory:", TimeSpan.FromSeconds(5));

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    /// <summary>Returns the names of the monitors that have left something here, in ordinal order.</summary>
    public IReadOnlyList<string> Monitors() => _session.Read(() => _session.Rows(
        "SELECT monitor FROM batches UNION SELECT monitor FROM measurements UNION SELECT monitor FROM decisions ORDER BY 1", r => r.GetString(0)));

    /// <summary>Returns what is known of a monitor in a stretch of time.</summary>
    /// <param name="monitor">The monitor's name; one that is not there gives an empty history.</param>
    /// <param name="from">The start, included; the beginning if null.</param>
    /// <param name="until">The end, included; the end if null. A batch counts by the end of its period.</param>
    public MonitorHistory Read(string monitor, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        ArgumentNullException.ThrowIfNull(monitor);
        (string, object?)[] range = [("$monitor", monitor), ("$from", from ?? DateTimeOffset.MinValue), ("$until", until ?? DateTimeOffset.MaxValue)];
        return _session.Read(() => new MonitorHistory(
            monitor,
            _session.Rows("SELECT id, from_time, until_time, recorded, rows, severity FROM batches WHERE monitor = $monitor AND until_time BETWEEN $from AND $until ORDER BY until_time, sequence", StoreRows.Batch, range),
            _session.Rows("SELECT time, batch, kind, check_name, subject, name, value, limit_value FROM measurements WHERE monitor = $monitor AND time BETWEEN $from AND $until ORDER BY time, batch, check_name, subject, name", StoreRows.Measurement, range),
            _session.Rows("SELECT b.id, b.until_time, f.check_name, f.subject, f.name, f.severity, f.message, f.value, f.limit_value, f.look_at FROM findings f JOIN batches b ON b.sequence = f.batch WHERE b.monitor = $monitor AND b.until_time BETWEEN $from AND $until ORDER BY b.until_time, b.sequence, f.place", StoreRows.Finding, range),
            _session.Rows("SELECT a.json FROM alerts a JOIN batches b ON b.sequence = a.batch WHERE b.monitor = $monitor AND b.until_time BETWEEN $from AND $until ORDER BY b.until_time, a.id", r => Parse<Alert>(r.GetString(0)), range),
            _session.Rows("SELECT json, status, attempts, error FROM decisions WHERE monitor = $monitor AND time BETWEEN $from AND $until ORDER BY time, id", StoredDecisionOf, range)));
    }

    /// <summary>Adds numbers that became known after their batch, such as an accuracy once the labels have arrived.</summary>
    /// <remarks>A number with the same time, batch, check, subject and name as a stored one takes its place.</remarks>
    public void Add(string monitor, params IEnumerable<Measurement> measurements)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(monitor);
        ArgumentNullException.ThrowIfNull(measurements);
        Measurement[] all = [.. measurements];
        _session.Write(() =>
        {
            AddMeasurements(monitor, all);
            return all.Length;
        });
    }

    /// <summary>Deletes batches, with their findings and alerts, and measurements and decisions that are older than a time. States stay.</summary>
    /// <returns>The number of batches deleted.</returns>
    /// <remarks>A batch that was deleted and is sent again counts as new.</remarks>
    public int Prune(DateTimeOffset olderThan) => _session.Write(() =>
    {
        _session.Run("DELETE FROM measurements WHERE time < $time", ("$time", olderThan));
        _session.Run("DELETE FROM decisions WHERE time < $time AND status <> $running", ("$time", olderThan), ("$running", DecisionStatus.Running));
        return _session.Run("DELETE FROM batches WHERE until_time < $time", ("$time", olderThan));
    });

    /// <summary>Limits the size of the file: for tests of a full disk.</summary>
    internal void LimitPages(int pages) => _session.Run(FormattableString.Invariant($"PRAGMA max_page_count = {pages}"));

    private static T Parse<T>(string json) => JsonSerializer.Deserialize<T>(json, Json) ?? throw new JsonException("A stored record is null.");

    private void AddMeasurements(string monitor, IEnumerable<Measurement> measurements) => _session.Many(
        "INSERT OR REPLACE INTO measurements VALUES ($monitor, $time, $batch, $kind, $check, $subject, $name, $value, $limit)",
        measurements,
        m =>
        [
            ("$monitor", monitor), ("$time", m.Time), ("$batch", m.Batch), ("$kind", m.Kind.ToString()), ("$check", m.Check),
            ("$subject", m.Subject), ("$name", m.Name), ("$value", m.Value), ("$limit", m.Limit),
        ]);
}
