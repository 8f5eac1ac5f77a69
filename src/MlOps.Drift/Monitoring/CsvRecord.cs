namespace MlOps.Drift.Monitoring;

/// <summary>One record of a CSV stream.</summary>
/// <param name="Text">The record without its line end.</param>
/// <param name="Fields">The number of its fields.</param>
/// <param name="Picked">The text of the field that was asked for, quotes taken off; null if the record has fewer.</param>
internal readonly record struct CsvRecord(string Text, int Fields, string? Picked);
