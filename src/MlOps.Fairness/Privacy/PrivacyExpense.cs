namespace MlOps.Fairness.Privacy;

/// <summary>What one answer cost.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Epsilon">ε &gt; 0.</param>
/// <param name="Delta">δ ≥ 0.</param>
public sealed record PrivacyExpense(string Question, double Epsilon, double Delta);
