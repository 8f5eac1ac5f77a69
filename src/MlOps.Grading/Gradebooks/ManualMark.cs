namespace MlOps.Grading.Gradebooks;

/// <summary>One row of <c>manual.csv</c>: what an instructor gives for one criterion.</summary>
/// <param name="Student">The student.</param>
/// <param name="Week">The week.</param>
/// <param name="Exercise">The exercise's number.</param>
/// <param name="Criterion">The row of the rubric; <see cref="Regrade"/> sets the points of the whole exercise.</param>
/// <param name="Max">The most that the criterion can bring.</param>
/// <param name="Points">What it brings, 0 to <paramref name="Max"/>; null until the instructor fills it in.</param>
/// <param name="Comment">What the student is told; may be empty.</param>
public sealed record ManualMark(string Student, int Week, string Exercise, string Criterion, double Max, double? Points, string Comment)
{
    /// <summary>The criterion of a regrade: its points replace those of tests and marks, and no late penalty is taken from them.</summary>
    public const string Regrade = "*";

    /// <summary>Gets a value indicating whether the row sets the points of the whole exercise.</summary>
    public bool IsRegrade => Criterion == Regrade;
}
