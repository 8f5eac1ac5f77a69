namespace MlOps.Fairness.Individual;

/// <summary>A person who would be decided upon differently in another group.</summary>
/// <param name="Row">The row, counted from 0.</param>
/// <param name="From">Their group.</param>
/// <param name="To">The group they were given.</param>
/// <param name="Before">The score as they are.</param>
/// <param name="After">The score with the other group and everything else the same.</param>
public sealed record FlippedRow(int Row, string From, string To, double Before, double After);
