namespace MlOps.Fairness.Privacy;

/// <summary>Adds Laplace noise to a number, so that nobody can tell from it whether a certain person is in the data: ε-differential privacy.</summary>
/// <remarks>
/// <c>answer = value + Laplace(b)</c>, <c>b = Δ / ε</c>; density <c>exp(−|x| / b) / 2b</c>, standard deviation <c>√2 · b</c>. The answer is unbiased.
/// Answers are cut to a grid of about b · 2⁻³⁰, because the last bits of a sum of doubles can give the value away (I. Mironov, CCS 2012); that makes the known attack fail and is no
/// proof. For publishing to people who will attack, take a library that was vetted for it.
/// <para>Source: C. Dwork, F. McSherry, K. Nissim, A. Smith, "Calibrating Noise to Sensitivity in Private Data Analysis", TCC 2006.</para>
/// </remarks>
/// <param name="sensitivity">Δ &gt; 0: by how much the value can change if one person is added or left out. 1 for a count.</param>
/// <param name="epsilon">ε &gt; 0.</param>
/// <param name="seed">For lessons and tests; secret randomness when null. Who knows the seed can take the noise off again.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is not above 0.</exception>
public sealed class LaplaceMechanism(double sensitivity, double epsilon, int? seed = null)
{
    private readonly NoiseSource _source = new(seed);

    /// <summary>Gets Δ.</summary>
    public double Sensitivity { get; } = Guard.Positive(sensitivity);

    /// <summary>Gets ε.</summary>
    public double Epsilon { get; } = Guard.Positive(epsilon);

    /// <summary>Gets b = Δ / ε.</summary>
    public double Scale => Sensitivity / Epsilon;

    /// <summary>Gets the half-width that holds 95 % of the noise: b · ln 20.</summary>
    public double Margin95 => Scale * Math.Log(20);

    /// <summary>Answers with noise.</summary>
    /// <param name="value">The true value, finite.</param>
    /// <param name="budget">Pays ε first; null to pay nothing.</param>
    /// <param name="question">What was asked, for the budget's record.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    /// <exception cref="PrivacyBudgetException">Not enough budget is left.</exception>
    public double Release(double value, PrivacyBudget? budget = null, string question = "")
    {
        Guard.Finite(value);
        budget?.Spend(Epsilon, 0, question);
        double u = _source.Open() - 0.5;
        double noise = -Scale * Math.Sign(u) * Math.Log(1 - (2 * Math.Abs(u))); // the inverse of the distribution function
        return NoiseSource.OnGrid(value + noise, Scale);
    }
}
