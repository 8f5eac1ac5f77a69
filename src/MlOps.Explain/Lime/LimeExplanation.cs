using MlOps.Charts;

namespace MlOps.Explain.Lime;

/// <summary>LIME's answer for one row or text: a small linear model that is right near it, as far as R² says.</summary>
/// <param name="Explanation">The weights as contributions, one a feature, 0 for those not chosen; they add up to <see cref="LocalPrediction"/>, not to the prediction.</param>
/// <param name="Conditions">What each feature's weight is about, in the model's order: <c>30 &lt; age ≤ 41</c>, <c>city = Pune</c>, or a word.</param>
/// <param name="RSquared">How much of the model's variation near the row the linear model catches, weighted; at most 1. Below some 0.5 the weights say little. Null where the model gives every sample the same number.</param>
/// <param name="LocalPrediction">What the linear model says for the row; far from the prediction means a poor fit.</param>
/// <param name="Samples">How many samples were drawn.</param>
/// <param name="KernelWidth">The width of the kernel.</param>
/// <param name="Seed">The seed.</param>
public sealed record LimeExplanation(
    Explanation Explanation, IReadOnlyList<string> Conditions, double? RSquared, double LocalPrediction, int Samples, double KernelWidth, int Seed)
{
    /// <summary>Below this R² the text and the chart warn.</summary>
    private const double PoorFit = 0.5;

    /// <summary>The chosen conditions with their weights, the largest first.</summary>
    public IReadOnlyList<(string Condition, double Weight)> Weights() =>
        [.. Conditions.Zip(Explanation.Contributions, (condition, contribution) => (condition, contribution.Amount)).Where(pair => pair.Amount != 0).OrderByDescending(pair => Math.Abs(pair.Amount))];

    /// <summary>Draws the weights, the largest on top.</summary>
    /// <exception cref="InvalidOperationException">No feature has a weight: the model gives every sample the same number.</exception>
    public Figure Chart()
    {
        IReadOnlyList<(string Condition, double Weight)> weights = Weights();
        if (weights.Count == 0)
        {
            throw new InvalidOperationException("No feature has a weight: the model gives every sample near the row the same number.");
        }

        (string condition, double weight) = weights[0];
        return MlOps.Charts.Chart.HorizontalBar(weights.Select(pair => pair.Condition).ToArray(), weights.Select(pair => pair.Weight).ToArray(), "weight")
            .Titled(FormattableString.Invariant($"'{condition}' {(weight > 0 ? "raises" : "lowers")} the {Explanation.Output} most near this row"), Fit())
            .XAxis($"weight in the local model of the {Explanation.Output}")
            .YAxis("condition that the row meets");
    }

    /// <summary>How a notebook shows it: the lines of <see cref="ToString"/>.</summary>
    /// <returns>text/html and text/plain.</returns>
    public IReadOnlyDictionary<string, string> ToMimeBundle() => TextBundle.Of(ToString());

    /// <summary>The weights as text, with R² and a warning where it is low.</summary>
    public override string ToString()
    {
        var lines = new List<string>
        {
            FormattableString.Invariant($"LIME: {Explanation.Output} {Explanation.Prediction:0.####}; local model {LocalPrediction:0.####} = {Explanation.BaseValue:0.####} + weights"),
        };
        lines.AddRange(Weights().Select(pair => FormattableString.Invariant($"  {pair.Weight,10:+0.####;-0.####}  {pair.Condition}")));
        lines.Add(Fit() + (RSquared is null or >= PoorFit ? "." : "; the model bends here more than these weights can tell."));
        return string.Join(Environment.NewLine, lines);
    }

    private string Fit() => (RSquared is { } r ? FormattableString.Invariant($"R² {r:0.00}") : "R² undefined: every sample got the same number")
        + FormattableString.Invariant($", {Samples:#,0} samples, kernel width {KernelWidth:0.##}, seed {Seed}");
}
