namespace MlOps.Learning.Metrics;

/// <summary>One way to run a classifier.</summary>
/// <param name="Threshold">Call a row positive if its score is at least this.</param>
/// <param name="Precision">The share of alarms that are right, in [0, 1].</param>
/// <param name="Recall">The share of the class that is found, in [0, 1].</param>
public sealed record OperatingPoint(double Threshold, double Precision, double Recall);
