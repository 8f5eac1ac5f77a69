namespace MlOps.Data;

/// <summary>A table in two parts that share no row.</summary>
/// <param name="Train">The rows to learn from.</param>
/// <param name="Test">All other rows.</param>
public sealed record TableSplit(Table Train, Table Test);
