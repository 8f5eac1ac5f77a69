namespace MlOps.Learning.Metrics;

/// <summary>What each of the four outcomes of a decision earns, in one currency; a cost is negative.</summary>
/// <param name="TruePositive">Acted, and rightly: a customer kept, less the price of the call.</param>
/// <param name="FalsePositive">Acted for nothing.</param>
/// <param name="FalseNegative">Should have acted.</param>
/// <param name="TrueNegative">Left alone, and rightly.</param>
public sealed record Payoff(double TruePositive, double FalsePositive, double FalseNegative = 0, double TrueNegative = 0)
{
    /// <summary>Gets the probability from which on acting pays, for calibrated probabilities, in [0, 1].</summary>
    /// <remarks><c>(TN − FP) / ((TN − FP) + (TP − FN))</c>. With costs of the errors alone: <c>c_FP / (c_FP + c_FN)</c>. It holds only if
    /// probabilities mean what they say; else take the best threshold of a <see cref="ProfitCurve"/> on held-out rows.
    /// Source: C. Elkan, "The Foundations of Cost-Sensitive Learning", IJCAI 2001, equation 2.</remarks>
    /// <exception cref="InvalidOperationException">A number is not finite, a wrong decision earns more than the right one, or no decision matters.</exception>
    public double CalibratedThreshold
    {
        get
        {
            double restraint = TrueNegative - FalsePositive;
            double action = TruePositive - FalseNegative;
            return restraint >= 0 && action >= 0 && restraint + action > 0 && double.IsFinite(restraint + action)
                ? restraint / (restraint + action)
                : throw new InvalidOperationException(FormattableString.Invariant(
                    $"A right decision must earn at least as much as the wrong one; restraint gains {restraint}, action gains {action}."));
        }
    }

    /// <summary>Payoffs where only errors cost.</summary>
    /// <param name="falsePositive">c_FP ≥ 0, what a false alarm costs.</param>
    /// <param name="falseNegative">c_FN ≥ 0, what a miss costs.</param>
    /// <exception cref="ArgumentOutOfRangeException">A cost is negative or not finite.</exception>
    public static Payoff OfCosts(double falsePositive, double falseNegative) =>
        new(0, 0 - Guard.NonNegative(falsePositive), 0 - Guard.NonNegative(falseNegative));

    /// <summary>Adds up what the decisions of a confusion matrix earn.</summary>
    public double Total(BinaryConfusion confusion)
    {
        ArgumentNullException.ThrowIfNull(confusion);
        return (confusion.TruePositives * TruePositive) + (confusion.FalsePositives * FalsePositive)
            + (confusion.FalseNegatives * FalseNegative) + (confusion.TrueNegatives * TrueNegative);
    }
}
