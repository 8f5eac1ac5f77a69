namespace MlOps.Drift;

/// <summary>How large a difference is, beside the p-value that says whether it is real.</summary>
/// <param name="Name">The measure: <c>D</c>, <c>Cramér's V</c>, <c>Hedges' g</c>, <c>Cohen's h</c>, <c>rank-biserial</c> and so on.</param>
/// <param name="Value">Its value. Unlike a p-value it does not shrink as rows are added; 0 means no difference.</param>
public readonly record struct EffectSize(string Name, double Value);
