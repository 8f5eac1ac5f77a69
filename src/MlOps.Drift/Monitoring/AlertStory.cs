namespace MlOps.Drift.Monitoring;

/// <summary>An open alert: what was told, and what has come since.</summary>
internal sealed class AlertStory
{
    public required string Group { get; init; }

    public DateTimeOffset FirstSeen { get; init; }

    public DateTimeOffset LastSeen { get; set; }

    public TimeSpan Lasting { get; set; }

    /// <summary>Time since the last finding.</summary>
    public TimeSpan QuietFor { get; set; }

    public TimeSpan SinceTold { get; set; }

    public AlertSeverity Told { get; set; }

    public AlertSeverity Level { get; set; }

    public int Count { get; set; }

    public int Quiet { get; set; }

    public string Batch { get; set; } = string.Empty;

    /// <summary>What has not been told yet, by line.</summary>
    public Dictionary<string, AlertLine> Untold { get; init; } = new(StringComparer.Ordinal);

    /// <summary>What was told last, for a look at what is open.</summary>
    public IReadOnlyList<AlertLine> LastTold { get; set; } = [];

    internal bool IsResolved(AlertPolicy policy) => Quiet >= policy.ResolveAfter;

    /// <summary>Takes the present findings of a batch; an alert if there is something to tell.</summary>
    internal Alert? Next(string batch, (string Line, Finding Finding, DateTimeOffset Since)[] present, DateTimeOffset now, TimeSpan elapsed, AlertPolicy policy)
    {
        SinceTold += elapsed;
        if (present.Length == 0)
        {
            Quiet++;
            QuietFor += elapsed;
            Level = AlertSeverity.None;
            return IsResolved(policy) ? Notice(AlertKind.Resolved, batch) : null;
        }

        Lasting += Count == 0 ? TimeSpan.Zero : QuietFor + elapsed;
        (Quiet, QuietFor, LastSeen, Batch, Level) = (0, TimeSpan.Zero, now, batch, present.Max(f => f.Finding.Severity));
        Count++;
        foreach ((string line, Finding finding, _) in present)
        {
            AlertLine before = Untold.GetValueOrDefault(line, new AlertLine(finding, 0));
            Untold[line] = new AlertLine(finding.Severity >= before.Finding.Severity ? finding : before.Finding, before.Count + 1);
        }

        return Told == AlertSeverity.None ? Notice(AlertKind.Raised, batch)
            : Level > Told ? Notice(AlertKind.Escalated, batch)
            : SinceTold >= policy.CoolDown ? Notice(AlertKind.Reminder, batch)
            : null;
    }

    internal Alert Tell(AlertKind kind, AlertSeverity severity, string batch)
    {
        IEnumerable<AlertLine> told = Untold.Count > 0 || kind == AlertKind.Resolved ? Untold.Values : LastTold;
        AlertLine[] lines = [.. told
            .OrderByDescending(line => line.Finding.Severity).ThenBy(line => line.Finding.Subject, StringComparer.Ordinal).ThenBy(line => line.Finding.Name, StringComparer.Ordinal)];
        return new Alert(Group, kind, severity, Title(kind, lines), lines, batch, FirstSeen, LastSeen, Lasting, Count);
    }

    private Alert Notice(AlertKind kind, string batch)
    {
        Alert alert = Tell(kind, Level, batch);
        (Told, SinceTold, LastTold) = (Level, TimeSpan.Zero, alert.Lines);
        Untold.Clear();
        return alert;
    }

    private string Title(AlertKind kind, AlertLine[] lines)
    {
        if (kind == AlertKind.Resolved)
        {
            return FormattableString.Invariant($"{Group}: quiet again after {Count} {(Count == 1 ? "batch" : "batches")}");
        }

        string what = lines.Length == 1 ? lines[0].Finding.Message : FormattableString.Invariant($"{lines.Length} findings, first: {lines[0].Finding.Message}");
        return kind switch
        {
            AlertKind.Escalated => $"{Group}: worse: {what}",
            AlertKind.Reminder => FormattableString.Invariant($"{Group}: still, after {Count} batches: {what}"),
            _ => $"{Group}: {what}",
        };
    }
}
