namespace MlOps.Drift.Monitoring;

/// <summary>Writes alerts as text, such as to a terminal.</summary>
/// <param name="writer">Where to write, such as <see cref="Console.Out"/>. Stays open.</param>
public sealed class TextSink(TextWriter writer) : IAlertSink
{
    private readonly TextWriter _writer = writer ?? throw new ArgumentNullException(nameof(writer));

    /// <inheritdoc/>
    public string Name => "text";

    /// <summary>Gets a value indicating whether every finding of an alert has a line; else only its title is written. Default true.</summary>
    public bool Lines { get; init; } = true;

    /// <inheritdoc/>
    public void Send(MonitorRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (Alert alert in run.Alerts)
        {
            string word = alert.Kind == AlertKind.Resolved ? "RESOLVED" : alert.Severity.ToString().ToUpperInvariant();
            _writer.WriteLine(FormattableString.Invariant($"{run.Until.UtcDateTime:yyyy-MM-dd HH:mm}Z {word} {(Lines ? alert.ToString() : alert.Title)}"));
        }

        _writer.Flush();
    }
}
