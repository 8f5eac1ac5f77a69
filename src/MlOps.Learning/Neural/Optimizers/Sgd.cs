using System.Numerics.Tensors;

namespace MlOps.Learning.Neural;

/// <summary>Stochastic gradient descent, with momentum if wanted.</summary>
/// <remarks>
/// <c>g ← g + λ·p; v ← μ·v + g</c> (v begins as g); <c>p ← p − η·v</c>, or with Nesterov's look ahead <c>p ← p − η·(g + μ·v)</c>. μ = 0: <c>p ← p − η·g</c>.
/// As in PyTorch's SGD without dampening.
/// <para>Source: I. Sutskever et al., "On the Importance of Initialization and Momentum in Deep Learning", ICML 2013.</para>
/// </remarks>
public sealed record Sgd : Optimizer
{
    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="momentum">μ in [0, 1); 0.9 is usual.</param>
    /// <param name="nesterov">Whether to look ahead; needs momentum.</param>
    /// <param name="weightDecay">λ ≥ 0, added to the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    /// <exception cref="ArgumentException">Nesterov's form without momentum.</exception>
    public Sgd(double learningRate = 0.01, double momentum = 0, bool nesterov = false, double weightDecay = 0)
        : base(learningRate, weightDecay)
    {
        Momentum = Guard.Share(momentum);
        IsNesterov = !nesterov || momentum > 0 ? nesterov : throw new ArgumentException("Nesterov's look ahead needs a momentum above 0.", nameof(nesterov));
    }

    /// <summary>Gets μ.</summary>
    public double Momentum { get; }

    /// <summary>Gets a value indicating whether steps look ahead.</summary>
    public bool IsNesterov { get; }

    /// <inheritdoc/>
    public override OptimizerState Begin(int length) => new State(this, length);

    private sealed class State(Sgd sgd, int length) : OptimizerState(length)
    {
        private readonly float[] _velocity = new float[sgd.Momentum > 0 ? length : 0];

        private protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradient, int start, double learningRate)
        {
            Span<float> step = stackalloc float[BlockLength];
            step = step[..parameters.Length];
            Decay.Add(gradient, parameters, sgd.WeightDecay, step);
            if (sgd.Momentum > 0)
            {
                Span<float> velocity = _velocity.AsSpan(start, parameters.Length);
                TensorPrimitives.Multiply(velocity, (float)sgd.Momentum, velocity);
                TensorPrimitives.Add(velocity, step, velocity);
                if (sgd.IsNesterov)
                {
                    Span<float> ahead = stackalloc float[BlockLength];
                    TensorPrimitives.Multiply(velocity, (float)sgd.Momentum, ahead);
                    TensorPrimitives.Add(step, ahead[..step.Length], step);
                }
                else
                {
                    velocity.CopyTo(step);
                }
            }

            TensorPrimitives.Multiply(step, (float)learningRate, step);
            TensorPrimitives.Subtract(parameters, step, parameters);
        }
    }
}
