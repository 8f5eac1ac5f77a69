namespace MlOps.Drift.Estimation;

/// <summary>Fits a model of losses: the seam for anybody's regressor.</summary>
/// <param name="rows">n rows × <paramref name="columns"/> values, row after row: features, NaN where missing, and the prediction last.</param>
/// <param name="columns">Features plus one.</param>
/// <param name="losses">The loss of each row, ≥ 0: absolute or squared error.</param>
/// <param name="seed">For whatever is random in it.</param>
public delegate ILossModel LossLearner(ReadOnlySpan<double> rows, int columns, ReadOnlySpan<double> losses, int seed);
