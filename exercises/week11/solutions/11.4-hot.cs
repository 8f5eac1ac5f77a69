// 11.4 · Hotter and hotter · 2 points
//
// Softmax at temperature T gives class i the share pᵢ(T) = exp(zᵢ / T) / Σ exp(zⱼ / T). Prove on paper
// that the shares of K classes all tend to 1/K as T grows: for large T, exp(z / T) = 1 + z / T + what
// vanishes faster. The check sees numbers only: show with them how fast. The scores are 3, 1 and −1.
//
// Set `Limit` to the limit of p₁(T) for T → ∞ (± 0.0001), `Speed` to the limit of T · (p₁(T) − 1/3) for
// T → ∞ (± 0.001), and `Enough` to the smallest whole T for which no class has a share of 0.34 or more.
//
// Worked value: at T = 10 the first share is 0.4018, and 10 · (0.4018 − 1/3) is 0.684.
//
// Check:  ./mlops check 11.4      Hint:  ./mlops check 11.4 --hint

namespace Week11;

/// <summary>The answers to exercise 11.4.</summary>
public static class Hot
{
    // BEGIN YOUR CODE
    /// <summary>Gets the limit of the first share.</summary>
    public static double Limit => 1.0 / 3;

    /// <summary>Gets the limit of T times what is left.</summary>
    public static double Speed => 2.0 / 3;

    /// <summary>Gets the smallest whole temperature that is hot enough.</summary>
    public static double Enough => 101;
    // END YOUR CODE
}
