namespace MlOps.Learning.Preprocessing;

/// <summary>Columns with their fitted steps.</summary>
internal sealed record FittedGroup(ColumnGroup Group, IReadOnlyList<FittedStep> Steps);
