namespace MlOps.Drift.Monitoring;

/// <summary>Which findings share an alert.</summary>
public enum AlertGrouping
{
    /// <summary>Those of one check: ten drifted columns are one alert of ten lines.</summary>
    Check,

    /// <summary>Those of one check about one subject: an alert a column.</summary>
    Subject,

    /// <summary>All of a batch.</summary>
    Batch,
}
