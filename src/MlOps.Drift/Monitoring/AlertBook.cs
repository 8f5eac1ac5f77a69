using System.Text.Json;

namespace MlOps.Drift.Monitoring;

/// <summary>Turns the findings of batch after batch into alerts: grouped, with a cool-down, and with a notice when all is quiet again.</summary>
/// <remarks>
/// Three things hold for every group, whatever the order of batches and clocks. <b>No rise is lost</b>: the severity last told is never below
/// that of the present findings. <b>No repeat</b>: between two alerts without a rise lies the cool-down, or a resolved notice. <b>No
/// finding is lost</b>: what came while the alert was silent is in its next one.
/// <para>A finding belongs to a group from its <see cref="AlertPolicy.BatchesInARow"/>th batch in a row on, or at once when the group's
/// alert is open. Time is summed up from batch to batch; a step back of the clock counts as no time, so that it can neither make a duration
/// negative nor silence an alert for longer than the cool-down.</para>
/// Not thread-safe.
/// </remarks>
/// <param name="policy">When to tell and how often; the defaults if null.</param>
public sealed class AlertBook(AlertPolicy? policy = null)
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };
    private readonly AlertPolicy _policy = policy ?? new AlertPolicy();
    private SortedDictionary<string, AlertStory> _open = new(StringComparer.Ordinal);
    private Dictionary<string, FindingStreak> _streaks = new(StringComparer.Ordinal);
    private DateTimeOffset? _last;

    /// <summary>Gets the alerts that are open, as they were or would be told.</summary>
    public IReadOnlyList<Alert> Open => [.. _open.Values.Select(story => story.Tell(AlertKind.Reminder, story.Level, story.Batch))];

    /// <summary>Takes the findings of a batch.</summary>
    /// <param name="batch">The batch's id.</param>
    /// <param name="findings">All its findings; none if it was quiet.</param>
    /// <param name="now">The time of the batch.</param>
    /// <returns>The alerts to send, in the order of their groups.</returns>
    public IReadOnlyList<Alert> Take(string batch, IReadOnlyList<Finding> findings, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(findings);
        TimeSpan elapsed = _last is { } last && now > last ? now - last : TimeSpan.Zero; // a clock set back gives none
        _last = now;

        var alerts = new List<Alert>();
        ILookup<string, (string Line, Finding Finding, DateTimeOffset Since)> groups = Ripe(findings, now).ToLookup(f => Group(f.Finding), StringComparer.Ordinal);
        foreach (string group in groups.Select(g => g.Key).Union(_open.Keys).Order(StringComparer.Ordinal).ToArray())
        {
            (string Line, Finding Finding, DateTimeOffset Since)[] present = [.. groups[group]];
            if (!_open.TryGetValue(group, out AlertStory? story))
            {
                story = new AlertStory { Group = group, FirstSeen = present.Min(f => f.Since) };
                _open.Add(group, story);
            }

            if (story.Next(batch, present, now, elapsed, _policy) is { } alert)
            {
                alerts.Add(alert);
            }

            if (story.IsResolved(_policy))
            {
                _open.Remove(group);
            }
        }

        return alerts;
    }

    /// <summary>Returns the state as text; a book loaded from it goes on exactly.</summary>
    public string Save() => JsonSerializer.Serialize(new Saved([.. _open.Values], _streaks, _last), Json);

    /// <summary>Goes on from a saved state.</summary>
    /// <exception cref="FormatException">The text is no saved state.</exception>
    public void Load(string state)
    {
        try
        {
            Saved saved = JsonSerializer.Deserialize<Saved>(state, Json) ?? throw new JsonException("The text is null.");
            _open = new SortedDictionary<string, AlertStory>(saved.Open.ToDictionary(s => s.Group), StringComparer.Ordinal);
            _streaks = new Dictionary<string, FindingStreak>(saved.Streaks, StringComparer.Ordinal);
            _last = saved.Last;
        }
        catch (JsonException e)
        {
            throw new FormatException($"This is no saved state of alerts: {e.Message}", e);
        }
    }

    private string Group(Finding finding) => _policy.Grouping switch
    {
        AlertGrouping.Check => finding.Check,
        AlertGrouping.Subject => finding.Subject.Length == 0 ? finding.Check : $"{finding.Check} {finding.Subject}",
        _ => "batch",
    };

    /// <summary>The findings that count, each with the name of its line; two of one name in a batch are two lines.</summary>
    private List<(string Line, Finding Finding, DateTimeOffset Since)> Ripe(IReadOnlyList<Finding> findings, DateTimeOffset now)
    {
        var ripe = new List<(string, Finding, DateTimeOffset)>();
        var streaks = new Dictionary<string, FindingStreak>(StringComparer.Ordinal);
        foreach (Finding finding in findings.Where(f => f.Severity != AlertSeverity.None && f.Severity >= _policy.Minimum))
        {
            string line = string.Join('\u001f', finding.Check, finding.Subject, finding.Name);
            for (int twin = 2; streaks.ContainsKey(line); twin++)
            {
                line = string.Join('\u001f', finding.Check, finding.Subject, finding.Name, twin);
            }

            FindingStreak streak = _streaks.TryGetValue(line, out FindingStreak? before) ? before with { Batches = before.Batches + 1 } : new FindingStreak(1, now);
            streaks.Add(line, streak);
            if (streak.Batches >= _policy.BatchesInARow || _open.ContainsKey(Group(finding)))
            {
                ripe.Add((line, finding, streak.Since));
            }
        }

        _streaks = streaks;
        return ripe;
    }

    private sealed record Saved(IReadOnlyList<AlertStory> Open, Dictionary<string, FindingStreak> Streaks, DateTimeOffset? Last);
}
