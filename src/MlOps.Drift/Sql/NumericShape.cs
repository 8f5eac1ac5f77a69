namespace MlOps.Drift.Sql;

/// <summary>What the engine found out about the distributions of one numeric column.</summary>
/// <param name="ReferenceQuantile">The reference's quantile function.</param>
/// <param name="CurrentQuantile">The current side's.</param>
internal sealed record NumericShape(Func<double, double> ReferenceQuantile, Func<double, double> CurrentQuantile)
{
    /// <summary>D; where it lies is not asked for, as a report does not show it.</summary>
    internal (double Statistic, double Location)? Ks { get; init; }

    internal double? Wasserstein { get; init; }

    internal IReadOnlyList<string> Notes { get; init; } = [];
}
