namespace MlOps.Fairness.Privacy;

/// <summary>An answer would tell more about people than was allowed. It was not given.</summary>
public sealed class PrivacyBudgetException : InvalidOperationException
{
    /// <summary>Says what is missing.</summary>
    public PrivacyBudgetException(string message)
        : base(message)
    {
    }
}
