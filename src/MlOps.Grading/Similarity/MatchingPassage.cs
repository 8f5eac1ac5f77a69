namespace MlOps.Grading.Similarity;

/// <summary>A stretch of code that two solutions share, token for token, whatever the names, literals, comments and layout.</summary>
/// <param name="First">Where it is in the first student's file.</param>
/// <param name="Second">Where it is in the second student's file.</param>
/// <param name="FirstText">These lines of the first file, whole.</param>
/// <param name="SecondText">These lines of the second file, whole.</param>
/// <param name="Tokens">How many tokens match.</param>
public sealed record MatchingPassage(LineRange First, LineRange Second, string FirstText, string SecondText, int Tokens);
