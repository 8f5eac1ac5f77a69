namespace MlOps.Grading.Running;

/// <summary>What is remembered of one exercise.</summary>
/// <param name="Earned">Points earned at the last check.</param>
/// <param name="Shown">Points that the tests of that check could bring; 0 if it was never checked.</param>
/// <param name="HintsOpened">Hints opened so far.</param>
/// <param name="FileHash">The file's hash at the last check; null if it was never checked.</param>
public sealed record ExerciseProgress(double Earned, double Shown, int HintsOpened, string? FileHash);
