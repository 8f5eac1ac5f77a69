namespace MlOps.Drift.Monitoring;

/// <summary>Why an alert is sent.</summary>
public enum AlertKind
{
    /// <summary>Something new.</summary>
    Raised,

    /// <summary>It has become more severe than was last told.</summary>
    Escalated,

    /// <summary>It is still there, and the cool-down is over.</summary>
    Reminder,

    /// <summary>It has been quiet long enough.</summary>
    Resolved,
}
