namespace MlOps.Drift.Simulation;

/// <summary>One threshold that was tried.</summary>
/// <param name="Threshold">The threshold, in the detector's unit.</param>
/// <param name="Simulation">How the detector behaved with it.</param>
public sealed record DetectorCandidate(double Threshold, StreamSimulation Simulation);
