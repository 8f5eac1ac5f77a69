namespace MlOps.Fairness.Privacy;

/// <summary>Someone who trains on data that never leaves home: a hospital, a branch, a telephone.</summary>
/// <param name="Name">Who it is.</param>
/// <param name="RowCount">n &gt; 0 rows at home: how much its word weighs.</param>
/// <param name="Train">Gets the shared parameters and a generator, and returns its own after training at home; it must not change the given ones.</param>
public sealed record FederatedClient(string Name, int RowCount, Func<IReadOnlyList<double>, Random, double[]> Train);
