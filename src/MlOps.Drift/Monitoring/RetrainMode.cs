namespace MlOps.Drift.Monitoring;

/// <summary>What may bring a retraining about.</summary>
public enum RetrainMode
{
    /// <summary>The calendar alone.</summary>
    Schedule,

    /// <summary>Signals alone.</summary>
    Trigger,

    /// <summary>Whichever comes first.</summary>
    Both,
}
