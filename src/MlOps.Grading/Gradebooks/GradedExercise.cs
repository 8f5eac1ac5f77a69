namespace MlOps.Grading.Gradebooks;

/// <summary>One line of a gradebook: one exercise of one student.</summary>
/// <param name="Student">The student.</param>
/// <param name="Week">The week.</param>
/// <param name="Exercise">The exercise's number.</param>
/// <param name="Points">The points after marks, regrade and late penalty, rounded to four decimals (halves away from 0).</param>
/// <param name="Max">The most it could bring.</param>
/// <param name="DaysLate">The whole days late that count; 0 if on time, and 0 if nothing was handed in.</param>
/// <param name="Status">One of: graded, not attempted, missing, unreadable, does not compile, awaits marks.</param>
public sealed record GradedExercise(string Student, int Week, string Exercise, double Points, double Max, int DaysLate, string Status);
