namespace MlOps.Drift.Monitoring;

/// <summary>One number of one batch.</summary>
/// <param name="Time">The end of the period it is about.</param>
/// <param name="Batch">The batch it came from; empty when it was added later, such as an accuracy once the labels have arrived.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Check">The check that measured it.</param>
/// <param name="Subject">What was measured, such as a column; empty for the batch as a whole.</param>
/// <param name="Name">The measure, such as <c>psi</c>, <c>rows</c> or <c>p95</c>.</param>
/// <param name="Value">The number. May be NaN or infinite where the measure is.</param>
/// <param name="Limit">The limit that was in force; null where there was none.</param>
public sealed record Measurement(
    DateTimeOffset Time, string Batch, MeasurementKind Kind, string Check, string Subject, string Name, double Value, double? Limit = null);
