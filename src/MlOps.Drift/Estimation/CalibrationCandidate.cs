namespace MlOps.Drift.Estimation;

/// <summary>How a calibration did on rows it had not seen.</summary>
/// <param name="Method">The method.</param>
/// <param name="LogLoss">Mean log loss, in nats; lower is better.</param>
/// <param name="CalibrationError">Expected calibration error, in [0, 1]; 0 is perfect.</param>
public sealed record CalibrationCandidate(CalibrationMethod Method, double LogLoss, double CalibrationError);
