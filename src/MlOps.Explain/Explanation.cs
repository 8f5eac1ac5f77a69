namespace MlOps.Explain;

/// <summary>Why a model gave one row the number it gave.</summary>
/// <param name="Method">How it was found: <c>kernel SHAP</c>.</param>
/// <param name="Output">What the number is: <c>probability of approved</c>.</param>
/// <param name="BaseValue">The number without knowing any feature: where the contributions begin.</param>
/// <param name="Prediction">The model's number for the row.</param>
/// <param name="Contributions">One a feature, in the model's order.</param>
public sealed partial record Explanation(string Method, string Output, double BaseValue, double Prediction, IReadOnlyList<Contribution> Contributions)
{
    /// <summary>Gets what is left over: prediction − base − all contributions. 0 up to rounding where a method adds up, as Shapley values do.</summary>
    public double Residual => Prediction - BaseValue - Contributions.Sum(contribution => contribution.Amount);

    /// <summary>The contributions with the largest amounts first, whatever their sign; equals in the model's order.</summary>
    public IReadOnlyList<Contribution> Ranked() => [.. Contributions.OrderByDescending(contribution => Math.Abs(contribution.Amount))];
}
