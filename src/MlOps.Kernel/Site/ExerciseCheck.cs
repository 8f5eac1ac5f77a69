namespace MlOps.Kernel.Site;

/// <summary>What the last check of an exercise found on this machine.</summary>
/// <param name="Exercise">The exercise's number, such as <c>12.3</c>.</param>
/// <param name="Earned">Points earned in the tests that ran, ≥ 0.</param>
/// <param name="Shown">Points that those tests can bring, &gt; 0; less than the exercise's where tests are held back for grading.</param>
public sealed record ExerciseCheck(string Exercise, double Earned, double Shown);
