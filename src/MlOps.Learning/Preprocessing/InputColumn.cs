namespace MlOps.Learning.Preprocessing;

/// <summary>A column that a pipeline reads from a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
public sealed record InputColumn(string Name, InputKind Kind);
