namespace MlOps.Fairness.Privacy;

/// <summary>How much may be told about the people in a data set, and how much has been. Threads may share it.</summary>
/// <remarks>
/// Mechanism i is (εᵢ, δᵢ)-differentially private; all together are (Σεᵢ, Σδᵢ)-private, whatever was asked in between. Questions about parts that share nobody cost the
/// dearest of them, not the sum: spend once for such a set. An answer that would break the budget is refused, and nothing is spent.
/// <para>Source: C. Dwork, A. Roth, "The Algorithmic Foundations of Differential Privacy" (2014), theorem 3.16.</para>
/// </remarks>
/// <param name="epsilon">ε &gt; 0 of all answers together. Smaller hides more: with 0.1 no answer becomes likelier by more than 10.5 % because one person is in the data.</param>
/// <param name="delta">δ in [0, 1): the chance that the promise fails; far below one in the number of people.</param>
public sealed class PrivacyBudget(double epsilon, double delta = 0)
{
    // Ten questions of 0.1 add up to 0.9999999999999999 or 1.0000000000000002; both are 1.
    private const double Rounding = 1e-9;

    private readonly Lock _lock = new();
    private readonly List<PrivacyExpense> _expenses = [];

    /// <summary>Gets ε of all answers together.</summary>
    public double Epsilon { get; } = Guard.Positive(epsilon);

    /// <summary>Gets δ of all answers together.</summary>
    public double Delta { get; } = delta is >= 0 and < 1 ? delta : throw new ArgumentOutOfRangeException(nameof(delta), FormattableString.Invariant($"delta must be in [0, 1); got {delta}."));

    /// <summary>Gets what is left of ε, ≥ 0.</summary>
    public double Remaining
    {
        get
        {
            lock (_lock)
            {
                return Math.Max(0, Epsilon - _expenses.Sum(expense => expense.Epsilon));
            }
        }
    }

    /// <summary>Gets what has been spent, in order.</summary>
    public IReadOnlyList<PrivacyExpense> Expenses
    {
        get
        {
            lock (_lock)
            {
                return [.. _expenses];
            }
        }
    }

    /// <summary>Spends on one answer.</summary>
    /// <param name="epsilon">ε &gt; 0 of the answer.</param>
    /// <param name="delta">δ of the answer, in [0, 1).</param>
    /// <param name="question">What was asked, for the record.</param>
    /// <exception cref="PrivacyBudgetException">Not enough is left; nothing was spent.</exception>
    /// <exception cref="ArgumentOutOfRangeException">ε or δ is outside its range.</exception>
    public void Spend(double epsilon, double delta = 0, string question = "")
    {
        Guard.Positive(epsilon);
        Guard.Share(delta);
        lock (_lock)
        {
            double spentEpsilon = _expenses.Sum(expense => expense.Epsilon);
            double spentDelta = _expenses.Sum(expense => expense.Delta);
            if (spentEpsilon + epsilon > Epsilon * (1 + Rounding) || spentDelta + delta > Delta * (1 + Rounding))
            {
                throw new PrivacyBudgetException(FormattableString.Invariant($"'{question}' costs ε = {epsilon:0.####}, δ = {delta:0.##e0}; of ε = {Epsilon:0.####}, δ = {Delta:0.##e0} there is ε = {Math.Max(0, Epsilon - spentEpsilon):0.####}, δ = {Math.Max(0, Delta - spentDelta):0.##e0} left. Nothing was answered."));
            }

            _expenses.Add(new PrivacyExpense(question, epsilon, delta));
        }
    }
}
