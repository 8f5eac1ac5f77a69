namespace MlOps.Drift.Multivariate;

/// <summary>How much a column helps a model to tell the two tables apart.</summary>
/// <param name="Name">The column.</param>
/// <param name="AucLoss">How much the AUC falls when the column is shuffled; for a text the sum over its levels. About 0 for a column that gives nothing away.</param>
public sealed record ColumnContribution(string Name, double AucLoss);
