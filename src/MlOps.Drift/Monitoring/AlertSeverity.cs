namespace MlOps.Drift.Monitoring;

/// <summary>How urgent a finding or an alert is. Compare with <c>&gt;=</c>.</summary>
public enum AlertSeverity
{
    /// <summary>In order.</summary>
    None,

    /// <summary>Worth keeping in the history.</summary>
    Info,

    /// <summary>Somebody should look at it soon.</summary>
    Warning,

    /// <summary>Somebody should look at it now.</summary>
    Critical,
}
