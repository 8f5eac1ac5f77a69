namespace MlOps.Fairness.Mitigation;

/// <summary>How one group is decided: by one threshold, or by lot between two thresholds and a constant.</summary>
/// <remarks><c>P(ŷ = 1 | score) = IgnoreShare · Constant + (1 − IgnoreShare) · (FirstShare · [score &gt; First] + SecondShare · [score &gt; Second])</c></remarks>
/// <param name="Group">The group.</param>
/// <param name="Count">Its rows when the thresholds were fitted.</param>
/// <param name="FirstShare">How often the first threshold decides, in [0, 1].</param>
/// <param name="First">The first threshold; +∞ takes nobody, −∞ everybody.</param>
/// <param name="SecondShare">1 − <paramref name="FirstShare"/>.</param>
/// <param name="Second">The second threshold, at most the first.</param>
/// <param name="IgnoreShare">How often the score is ignored, in [0, 1]: more than 0 only under equalised odds, to make a good group as bad as the worst.</param>
/// <param name="Constant">The chance of a positive decision when the score is ignored.</param>
/// <param name="Expected">The group's rates.</param>
public sealed record GroupThreshold(string Group, long Count, double FirstShare, double First, double SecondShare, double Second, double IgnoreShare, double Constant, ExpectedRates Expected)
{
    /// <summary>Gets whether lots are drawn: two people with the same score may be decided differently.</summary>
    public bool IsRandomised => IgnoreShare > 0 || (FirstShare is > 0 and < 1 && First != Second);

    /// <summary>The chance of a positive decision, in [0, 1].</summary>
    /// <param name="score">The score. It must be strictly above a threshold.</param>
    public double Probability(double score) =>
        (IgnoreShare * Constant) + ((1 - IgnoreShare) * ((score > First ? FirstShare : 0) + (score > Second ? SecondShare : 0)));
}
