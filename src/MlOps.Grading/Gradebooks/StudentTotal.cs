namespace MlOps.Grading.Gradebooks;

/// <summary>One student's points of all graded weeks.</summary>
/// <param name="Student">The student.</param>
/// <param name="Points">The sum over the weeks that were not dropped.</param>
/// <param name="Max">The most these weeks could bring.</param>
/// <param name="Weeks">The weeks in order.</param>
public sealed record StudentTotal(string Student, double Points, double Max, IReadOnlyList<WeekTotal> Weeks);
