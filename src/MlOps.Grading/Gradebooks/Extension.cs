namespace MlOps.Grading.Gradebooks;

/// <summary>More time for one student.</summary>
/// <param name="Student">The student's name, exactly as their submission has it.</param>
/// <param name="Week">The week.</param>
/// <param name="Until">The due time that holds for this student instead.</param>
public sealed record Extension(string Student, int Week, DateTimeOffset Until);
