namespace MlOps.Fairness.Individual;

/// <summary>What happens to the people of one group when only their group is changed to another.</summary>
/// <param name="From">Their group.</param>
/// <param name="To">The group they are given.</param>
/// <param name="Rows">n, the people of the group.</param>
/// <param name="ToPositive">Negative decisions that become positive.</param>
/// <param name="ToNegative">Positive decisions that become negative.</param>
/// <param name="MeanChange">Mean of score after − score before, in the unit of the score; for decisions the change of the share of positive ones.</param>
/// <param name="MeanAbsoluteChange">Mean of |score after − score before|: 0 only if no score moves at all.</param>
public sealed record FlipCount(string From, string To, long Rows, long ToPositive, long ToNegative, double MeanChange, double MeanAbsoluteChange)
{
    /// <summary>Gets the share of the people whose decision changes.</summary>
    public Rate Rate => new(ToPositive + ToNegative, Rows);
}
