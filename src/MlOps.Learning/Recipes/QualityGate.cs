namespace MlOps.Learning.Recipes;

/// <summary>A limit that a model must keep before it is let out.</summary>
/// <param name="Metric">The name of what is limited, such as <c>auc</c>.</param>
/// <param name="Limit">The limit, which itself is good enough.</param>
/// <param name="IsMinimum">Whether the value must be at least the limit; else at most.</param>
public sealed record QualityGate(string Metric, double Limit, bool IsMinimum)
{
    /// <summary>Gets the limit.</summary>
    public double Limit { get; init; } = double.IsNaN(Limit) ? throw new ArgumentOutOfRangeException(nameof(Limit), Limit, $"The limit of {Metric} must be a number.") : Limit;

    /// <summary>Returns whether a value keeps the limit. An undefined one, NaN, does not.</summary>
    public bool Passes(double value) => IsMinimum ? value >= Limit : value <= Limit;
}
