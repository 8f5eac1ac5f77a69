namespace MlOps.Drift.Monitoring;

/// <summary>What to do about a model.</summary>
public enum RetrainAction
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>Look, and get labels: what is known does not justify a new model.</summary>
    Investigate,

    /// <summary>Mend the data or the pipeline and run the affected periods again. Never retrain on broken data.</summary>
    Repair,

    /// <summary>Fit the probabilities anew; the order of the scores still holds.</summary>
    Recalibrate,

    /// <summary>Train a new model.</summary>
    Retrain,

    /// <summary>Go back to the model of before the last retraining.</summary>
    Rollback,
}
