namespace MlOps.Grading.Feedback;

/// <summary>One line of a report, indented, without control characters.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Text">The text; empty for a blank line.</param>
public sealed record ReportLine(LineRole Role, string Text);
