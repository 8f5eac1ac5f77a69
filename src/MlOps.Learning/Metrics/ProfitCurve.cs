using MlOps.Charts;

namespace MlOps.Learning.Metrics;

/// <summary>Profit curve: what is earned if the model decides, at every threshold.</summary>
/// <param name="Thresholds">Falling; act on a row if its score ≥ the threshold. The first is +∞: act on none.</param>
/// <param name="Profits">The sum over all rows at each threshold, in the currency of the payoff.</param>
/// <param name="ShareActedOn">The share of rows acted on at each threshold, rising from 0 to 1.</param>
/// <param name="BestThreshold">The threshold of the highest profit; of equals the highest, which acts least.</param>
/// <param name="BestProfit">The profit there.</param>
/// <param name="Count">n, the rows it was drawn from.</param>
/// <remarks>The best threshold was chosen on these rows and flatters itself on them: choose it on validation rows, report its profit on test rows.
/// <para>Source: F. Provost, T. Fawcett, Data Science for Business (2013), chapter 8.</para></remarks>
public sealed record ProfitCurve(
    IReadOnlyList<double> Thresholds, IReadOnlyList<double> Profits, IReadOnlyList<double> ShareActedOn, double BestThreshold, double BestProfit, int Count)
{
    /// <summary>Computes the curve of n rows.</summary>
    /// <param name="truth">Which rows it is right to act on: n ≥ 1.</param>
    /// <param name="scores">A finite score for every row, higher where acting is likelier right.</param>
    /// <param name="payoff">What each outcome earns.</param>
    /// <param name="weights">A weight ≥ 0 for every row; none means 1 each.</param>
    /// <exception cref="ArgumentException">No row, unequal lengths, a score not finite, or all weights 0.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite, or a payoff is not finite.</exception>
    public static ProfitCurve Of(ReadOnlySpan<bool> truth, ReadOnlySpan<double> scores, Payoff payoff, ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(payoff);
        double gain = Guard.Finite(payoff.TruePositive - payoff.FalseNegative, nameof(payoff));
        double waste = Guard.Finite(payoff.FalsePositive - payoff.TrueNegative, nameof(payoff));
        RankedScores ranked = RankedScores.Of(truth, scores, weights);
        int points = ranked.Thresholds.Length + 1;
        var profits = new double[points];
        var shares = new double[points];
        profits[0] = (ranked.Positives * payoff.FalseNegative) + (ranked.Negatives * payoff.TrueNegative);
        int best = 0;
        for (int i = 1; i < points; i++)
        {
            double found = ranked.TruePositives[i - 1];
            double wasted = ranked.FalsePositives[i - 1];
            profits[i] = profits[0] + (found * gain) + (wasted * waste);
            shares[i] = (found + wasted) / (ranked.Positives + ranked.Negatives);
            best = profits[i] > profits[best] ? i : best;
        }

        double[] thresholds = [double.PositiveInfinity, .. ranked.Thresholds];
        return new ProfitCurve(thresholds, profits, shares, thresholds[best], profits[best], truth.Length);
    }

    /// <summary>Draws the profit over the share of rows acted on, with the best point marked.</summary>
    public Figure Chart()
    {
        double share = ShareActedOn[Thresholds.ToList().IndexOf(BestThreshold)];
        bool acts = double.IsFinite(BestThreshold);
        string finding = acts ? FormattableString.Invariant($"The most is earned by acting on {share:0.0 %} of the rows") : "Nothing is earned by acting on any row";
        string label = acts ? FormattableString.Invariant($"best: score ≥ {BestThreshold:G4}") : "best: act on none";
        return MlOps.Charts.Chart.Line((double[])[.. ShareActedOn.Select(s => 100 * s)], (double[])[.. Profits], "profit", Role.Current, markers: false)
            .Titled(finding, FormattableString.Invariant($"n = {Count:#,0}; best profit {BestProfit:G6}; acting on none {Profits[0]:G6}, on all {Profits[^1]:G6}"))
            .XAxis("rows acted on", "%", min: 0, max: 100)
            .YAxis("profit")
            .VerticalThreshold(100 * share, label);
    }
}
