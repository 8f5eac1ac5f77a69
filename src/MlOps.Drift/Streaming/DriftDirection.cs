namespace MlOps.Drift.Streaming;

/// <summary>Which changes of a stream's mean count as drift.</summary>
public enum DriftDirection
{
    /// <summary>Only a rise.</summary>
    Up,

    /// <summary>Only a fall.</summary>
    Down,

    /// <summary>A rise or a fall.</summary>
    Both,
}
