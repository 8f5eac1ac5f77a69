namespace MlOps.Grading.Running;

/// <summary>How far the grading of a class has come.</summary>
/// <param name="Done">Submissions that are over.</param>
/// <param name="Total">Submissions there are for this run.</param>
/// <param name="Kept">Submissions among the done whose result of an earlier run still holds.</param>
public readonly record struct GradeProgress(int Done, int Total, int Kept);
