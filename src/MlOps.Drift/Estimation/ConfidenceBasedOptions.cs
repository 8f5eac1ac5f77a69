namespace MlOps.Drift.Estimation;

/// <summary>Settings of <see cref="ConfidenceBasedEstimator"/>.</summary>
public sealed record ConfidenceBasedOptions
{
    /// <summary>Gets the score from which on the model decides positive; 0.5 by default.</summary>
    public double Threshold { get; init; } = 0.5;

    /// <summary>Gets how scores become probabilities; by default whatever does best on unseen folds of the reference.</summary>
    public CalibrationMethod Calibration { get; init; } = CalibrationMethod.Automatic;

    /// <summary>Gets the nominal coverage of intervals, in (0, 1); 0.95 by default.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Gets how often the reference is drawn again for the part of the interval that its size brings; 200 by default, 0 leaves that part out.</summary>
    public int Replicates { get; init; } = 200;

    /// <summary>Gets the seed of folds and replicates; 1 by default. Equal seeds give equal numbers on every thread count.</summary>
    public int Seed { get; init; } = 1;

    internal void Check()
    {
        Guard.Finite(Threshold, nameof(Threshold));
        EstimationInputs.Confidence(Confidence, nameof(Confidence));
        Guard.AtLeast(Replicates, 0, nameof(Replicates));
    }
}
