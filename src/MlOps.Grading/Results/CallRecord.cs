namespace MlOps.Grading.Results;

/// <summary>One call that a test made, as a person reads it.</summary>
/// <param name="Call">The call: <c>Psi([0.15, 0.3, …], [0.22, 0.28, …])</c>. Long values are cut with …</param>
/// <param name="Result">What came back: a value, or what went wrong.</param>
public sealed record CallRecord(string Call, string Result);
