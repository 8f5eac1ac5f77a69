namespace MlOps.Learning.Neural;

/// <summary>Adam with weight decay of its own: <c>p ← p − η·λ·p</c> first, then the step of <see cref="Adam"/> without λ.</summary>
/// <remarks>As in PyTorch's AdamW. Source: I. Loshchilov, F. Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2.</remarks>
public sealed record AdamW : Optimizer
{
    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="beta1">β₁ in [0, 1), the memory of the momentum.</param>
    /// <param name="beta2">β₂ in [0, 1), the memory of the squares.</param>
    /// <param name="epsilon">ε &gt; 0, against division by 0.</param>
    /// <param name="weightDecay">λ ≥ 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public AdamW(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0.01)
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
    public override OptimizerState Begin(int length) => new AdamState(length, Beta1, Beta2, Epsilon, 0, WeightDecay);
}
