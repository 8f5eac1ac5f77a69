namespace MlOps.Drift.Estimation;

/// <summary>What can be watched on predictions alone.</summary>
public enum ProxyMetric
{
    /// <summary>PSI of the scores against the reference, in nats.</summary>
    ScorePsi,

    /// <summary>Share decided positive, in [0, 1].</summary>
    PositiveShare,

    /// <summary>Share of scores near the threshold, in [0, 1]: decisions that a little noise would turn.</summary>
    NearThresholdShare,

    /// <summary>Mean score.</summary>
    MeanScore,

    /// <summary>Mean of max(p, 1 − p), in [0.5, 1].</summary>
    MeanConfidence,

    /// <summary>Mean entropy of the decision, in nats, in [0, ln 2].</summary>
    MeanEntropy,

    /// <summary>Share of rows without a finite score, in [0, 1].</summary>
    MissingShare,

    /// <summary>Rows.</summary>
    Volume,

    /// <summary>Median prediction time, in the unit given.</summary>
    LatencyMedian,

    /// <summary>The prediction time that 5 % of rows exceed, in the unit given.</summary>
    LatencyP95,
}
