namespace MlOps.Grading.Feedback;

/// <summary>One row of a marked rubric.</summary>
/// <param name="Criterion">What was looked for.</param>
/// <param name="Points">What it brought; null while it is open.</param>
/// <param name="Max">The most it could bring.</param>
/// <param name="Comment">Words for the student; empty for none.</param>
public sealed record CriterionMark(string Criterion, double? Points, double Max, string Comment = "");
