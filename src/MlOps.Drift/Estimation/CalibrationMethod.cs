namespace MlOps.Drift.Estimation;

/// <summary>How scores become probabilities.</summary>
public enum CalibrationMethod
{
    /// <summary>The method with the lowest cross-validated log loss; of equal ones the scores as they are.</summary>
    Automatic,

    /// <summary>Not at all: the scores are taken for probabilities.</summary>
    None,

    /// <summary>A logistic curve of the score, <see cref="PlattScaling"/>: two parameters, for small references.</summary>
    Platt,

    /// <summary>A rising step curve, <see cref="IsotonicCalibration"/>: any shape, for references of thousands of rows.</summary>
    Isotonic,
}
