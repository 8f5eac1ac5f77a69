namespace MlOps.Drift.Monitoring;

/// <summary>The open alerts, as a receiver knows them from what it was sent.</summary>
internal sealed class AlertBoard
{
    private readonly SortedDictionary<string, Alert> _open = new(StringComparer.Ordinal);

    internal IReadOnlyList<Alert> Open => [.. _open.Values];

    internal void Take(IEnumerable<Alert> alerts)
    {
        foreach (Alert alert in alerts)
        {
            if (alert.Kind == AlertKind.Resolved)
            {
                _open.Remove(alert.Group);
            }
            else
            {
                _open[alert.Group] = alert;
            }
        }
    }
}
