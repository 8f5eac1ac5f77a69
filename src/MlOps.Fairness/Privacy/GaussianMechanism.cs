using MathNet.Numerics;

namespace MlOps.Fairness.Privacy;

/// <summary>Adds Gaussian noise to a number or a vector: (ε, δ)-differential privacy.</summary>
/// <remarks>
/// <c>answer = value + N(0, σ²)</c> with the smallest σ for which <c>Φ(Δ/2σ − εσ/Δ) − e^ε · Φ(−Δ/2σ − εσ/Δ) ≤ δ</c>, exact for every ε &gt; 0. The textbook's
/// <c>σ = Δ · √(2 ln(1.25/δ)) / ε</c> (<see cref="ClassicSigma"/>) holds for ε ≤ 1 only and adds more noise than needed. Answers are cut to a grid as those of <see cref="LaplaceMechanism"/>.
/// <para>Source: B. Balle, Y.-X. Wang, "Improving the Gaussian Mechanism for Differential Privacy", ICML 2018, theorem 8.</para>
/// </remarks>
/// <param name="sensitivity">Δ &gt; 0: the Euclidean length of the largest change that one person can make.</param>
/// <param name="epsilon">ε &gt; 0.</param>
/// <param name="delta">δ in (0, 1).</param>
/// <param name="seed">For lessons and tests; secret randomness when null.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
public sealed class GaussianMechanism(double sensitivity, double epsilon, double delta, int? seed = null)
{
    private readonly NoiseSource _source = new(seed);

    /// <summary>Gets Δ.</summary>
    public double Sensitivity { get; } = Guard.Positive(sensitivity);

    /// <summary>Gets ε.</summary>
    public double Epsilon { get; } = Guard.Positive(epsilon);

    /// <summary>Gets δ.</summary>
    public double Delta { get; } = InOpenUnit(delta);

    /// <summary>Gets σ, the standard deviation of the noise.</summary>
    public double Sigma { get; } = SmallestSigma(Guard.Positive(sensitivity), Guard.Positive(epsilon), InOpenUnit(delta));

    /// <summary>The textbook's σ = Δ · √(2 ln(1.25/δ)) / ε.</summary>
    /// <exception cref="ArgumentOutOfRangeException">ε is above 1, where the formula does not hold; or a parameter is outside its range.</exception>
    public static double ClassicSigma(double sensitivity, double epsilon, double delta)
    {
        Guard.Positive(sensitivity);
        InOpenUnit(delta);
        return Guard.Positive(epsilon) <= 1
            ? sensitivity * Math.Sqrt(2 * Math.Log(1.25 / delta)) / epsilon
            : throw new ArgumentOutOfRangeException(nameof(epsilon), FormattableString.Invariant($"The textbook's formula holds for epsilon up to 1; got {epsilon}."));
    }

    /// <summary>Answers a number with noise.</summary>
    /// <param name="value">The true value, finite.</param>
    /// <param name="budget">Pays ε and δ first; null to pay nothing.</param>
    /// <param name="question">What was asked, for the budget's record.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    /// <exception cref="PrivacyBudgetException">Not enough budget is left.</exception>
    public double Release(double value, PrivacyBudget? budget = null, string question = "") => Release([value], budget, question)[0];

    /// <summary>Answers a vector with independent noise in every place; ε and δ are paid once.</summary>
    /// <param name="values">The true values, finite.</param>
    /// <param name="budget">Pays ε and δ first; null to pay nothing.</param>
    /// <param name="question">What was asked, for the budget's record.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not finite.</exception>
    /// <exception cref="PrivacyBudgetException">Not enough budget is left.</exception>
    public double[] Release(ReadOnlySpan<double> values, PrivacyBudget? budget = null, string question = "")
    {
        foreach (double value in values)
        {
            Guard.Finite(value, nameof(values));
        }

        budget?.Spend(Epsilon, Delta, question);
        var answers = new double[values.Length];
        for (int i = 0; i < answers.Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(_source.Open())); // Box–Muller
            answers[i] = NoiseSource.OnGrid(values[i] + (Sigma * radius * Math.Cos(2 * Math.PI * _source.Open())), Sigma);
        }

        return answers;
    }

    /// <summary>δ that noise of σ reaches: falls as σ grows.</summary>
    private static double DeltaOf(double sigma, double sensitivity, double epsilon)
    {
        double a = sensitivity / (2 * sigma);
        double b = epsilon * sigma / sensitivity;
        double tail = Phi(-a - b);
        return Phi(a - b) - (tail == 0 ? 0 : Math.Exp(epsilon + Math.Log(tail))); // e^ε alone may overflow
    }

    private static double SmallestSigma(double sensitivity, double epsilon, double delta)
    {
        double low = sensitivity * 1e-9;
        double high = sensitivity;
        while (DeltaOf(high, sensitivity, epsilon) > delta)
        {
            high *= 2;
        }

        const int Halvings = 200; // more than a double can tell apart
        for (int i = 0; i < Halvings && high - low > 1e-15 * high; i++)
        {
            double middle = (low + high) / 2;
            if (DeltaOf(middle, sensitivity, epsilon) > delta)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high; // the side where the promise holds
    }

    private static double Phi(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    private static double InOpenUnit(double delta) =>
        delta is > 0 and < 1 ? delta : throw new ArgumentOutOfRangeException(nameof(delta), FormattableString.Invariant($"delta must be in (0, 1); got {delta}."));
}
