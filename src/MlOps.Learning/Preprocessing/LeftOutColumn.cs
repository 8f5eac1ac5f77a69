namespace MlOps.Learning.Preprocessing;

/// <summary>A column that <see cref="Pipeline.Auto"/> does not use.</summary>
/// <param name="Name">The column.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record LeftOutColumn(string Name, string Reason);
