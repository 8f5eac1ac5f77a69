namespace MlOps.Drift.Estimation;

/// <summary>What is estimated or measured of a model.</summary>
public enum PerformanceMetric
{
    /// <summary>Share of right decisions, in [0, 1].</summary>
    Accuracy,

    /// <summary>Share of true cases among those decided positive, in [0, 1]; NaN if none was.</summary>
    Precision,

    /// <summary>Share of the true cases that were decided positive, in [0, 1]; NaN if there is none.</summary>
    Recall,

    /// <summary>Share of the false cases that were decided negative, in [0, 1]; NaN if there is none.</summary>
    Specificity,

    /// <summary>Harmonic mean of precision and recall, in [0, 1]: <c>2·TP / (2·TP + FP + FN)</c>.</summary>
    F1,

    /// <summary>Area under the ROC curve of the scores, in [0, 1]; 0.5 is chance.</summary>
    RocAuc,

    /// <summary>Average precision of the scores, in [0, 1]; the share of positives is chance.</summary>
    AveragePrecision,

    /// <summary>Mean squared distance of the scores from the labels, in [0, 1]; 0 is perfect.</summary>
    BrierScore,

    /// <summary>Mean negative logarithm of the probability that was given to what happened, in nats; 0 is perfect.</summary>
    LogLoss,

    /// <summary>Unweighted mean of the F1 of all classes, in [0, 1].</summary>
    MacroF1,

    /// <summary>Mean absolute error, in the unit of the target; 0 is perfect.</summary>
    MeanAbsoluteError,

    /// <summary>Mean squared error, in the squared unit of the target; 0 is perfect.</summary>
    MeanSquaredError,

    /// <summary>Square root of the mean squared error, in the unit of the target; 0 is perfect.</summary>
    RootMeanSquaredError,
}
