namespace MlOps.Drift;

/// <summary>How far a column has drifted; see <see cref="DriftReport"/> for the rule.</summary>
public enum DriftLevel
{
    /// <summary>No drift that is both large enough to matter and too large for chance.</summary>
    None,

    /// <summary>Worth a look.</summary>
    Moderate,

    /// <summary>Worth an alarm.</summary>
    Significant,
}
