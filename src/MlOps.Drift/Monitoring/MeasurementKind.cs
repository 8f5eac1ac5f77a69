namespace MlOps.Drift.Monitoring;

/// <summary>What a measurement is about: dashboards and metric names group by it.</summary>
public enum MeasurementKind
{
    /// <summary>A number of the user's own: an accuracy, an error rate, a share.</summary>
    Metric,

    /// <summary>A drift statistic of a column; the name says which, such as <c>psi</c>.</summary>
    Drift,

    /// <summary>The state of a streaming detector.</summary>
    Stream,

    /// <summary>Rows that break an expectation.</summary>
    Quality,

    /// <summary>Rows of a batch, and rows set aside on the way in.</summary>
    Volume,

    /// <summary>A time, in seconds.</summary>
    Latency,
}
