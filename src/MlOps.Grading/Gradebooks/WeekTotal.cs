namespace MlOps.Grading.Gradebooks;

/// <summary>One student's points of one week.</summary>
/// <param name="Week">The week.</param>
/// <param name="Points">The sum over its exercises, after penalties.</param>
/// <param name="Max">The most it could bring.</param>
/// <param name="DaysLate">The whole days the week was late; 0 if on time.</param>
/// <param name="Dropped">Whether the week is left out of the student's total, as one of the lowest.</param>
public sealed record WeekTotal(int Week, double Points, double Max, int DaysLate, bool Dropped);
