namespace MlOps.Learning.Neural;

/// <summary>Adam: momentum, and steps divided by the root of a running mean of squared gradients, both freed of their bias towards 0.</summary>
/// <remarks>
/// <c>g ← g + λ·p; m ← β₁·m + (1 − β₁)·g; s ← β₂·s + (1 − β₂)·g²; p ← p − η/(1 − β₁ᵗ) · m / (√s / √(1 − β₂ᵗ) + ε)</c>, t the step. As in PyTorch's Adam.
/// <para>Source: D. Kingma, J. Ba, "Adam: A Method for Stochastic Optimization", ICLR 2015, algorithm 1.</para>
/// </remarks>
public sealed record Adam : Optimizer
{
    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="beta1">β₁ in [0, 1), the memory of the momentum.</param>
    /// <param name="beta2">β₂ in [0, 1), the memory of the squares.</param>
    /// <param name="epsilon">ε &gt; 0, against division by 0.</param>
    /// <param name="weightDecay">λ ≥ 0, added to the gradient; <see cref="AdamW"/> keeps it apart.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public Adam(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0)
        : base(learningRate, weightDecay)
    {
        Beta1 = Guard.Share(beta1);
        Beta2 = Guard.Share(beta2);
        Epsilon = Guard.Positive(epsilon);
    }

    /// <summary>Gets β₁.</summary>
    public double Beta1 { get; }

    /// <summary>Gets β₂.</summary>
    public double Beta2 { get; }

    /// <summary>Gets ε.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override OptimizerState Begin(int length) => new AdamState(length, Beta1, Beta2, Epsilon, WeightDecay, 0);
}
