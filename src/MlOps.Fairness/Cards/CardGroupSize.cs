namespace MlOps.Fairness.Cards;

/// <summary>How many rows of a data set belong to a group.</summary>
/// <param name="Columns">The sensitive columns, joined by commas.</param>
/// <param name="Group">The group; null for rows where a sensitive value is missing.</param>
/// <param name="Count">Rows.</param>
public sealed record CardGroupSize(string Columns, string? Group, long Count);
