namespace MlOps.Grading.Exercises;

/// <summary>The exercises of one week.</summary>
/// <param name="Number">The week, 1 to 99.</param>
/// <param name="Title">The week's title.</param>
/// <param name="Folder">Full path of <c>exercises/weekNN</c>.</param>
/// <param name="Exercises">The exercises in the order of their numbers.</param>
public sealed record ExerciseWeek(int Number, string Title, string Folder, IReadOnlyList<Exercise> Exercises)
{
    /// <summary>Gets the points of the whole week.</summary>
    public double Points => Exercises.Sum(exercise => exercise.Points);

    /// <summary>Full path of the file a student starts from (and, in the student's own copy, edits).</summary>
    public string StarterOf(Exercise exercise) => Path.Combine(Folder, exercise.File);

    /// <summary>Full path of the reference solution; the student edition has none.</summary>
    public string SolutionOf(Exercise exercise) => Path.Combine(Folder, "solutions", exercise.File);

    /// <summary>Full paths of the wrong solutions, in ordinal order: <c>mutants/12.3-*.cs</c>. None in the student edition.</summary>
    public IReadOnlyList<string> MutantsOf(Exercise exercise)
    {
        string folder = Path.Combine(Folder, "mutants");
        return Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, exercise.Id + "-*").Order(StringComparer.Ordinal)] : [];
    }
}
