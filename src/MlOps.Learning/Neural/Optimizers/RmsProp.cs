using System.Numerics.Tensors;

namespace MlOps.Learning.Neural;

/// <summary>RMSprop: each parameter's step is divided by the root of a running mean of its squared gradients.</summary>
/// <remarks>
/// <c>g ← g + λ·p; s ← α·s + (1 − α)·g²; p ← p − η·g / (√s + ε)</c>. As in PyTorch's RMSprop.
/// <para>Source: T. Tieleman, G. Hinton, "Lecture 6.5: RMSprop", Coursera: Neural Networks for Machine Learning (2012).</para>
/// </remarks>
public sealed record RmsProp : Optimizer
{
    /// <summary>Sets the hyper-parameters.</summary>
    /// <param name="learningRate">η &gt; 0.</param>
    /// <param name="alpha">α in [0, 1], the memory of the running mean.</param>
    /// <param name="epsilon">ε &gt; 0, against division by 0.</param>
    /// <param name="weightDecay">λ ≥ 0, added to the gradient.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public RmsProp(double learningRate = 0.01, double alpha = 0.99, double epsilon = 1e-8, double weightDecay = 0)
        : base(learningRate, weightDecay)
    {
        Alpha = Guard.Share(alpha);
        Epsilon = Guard.Positive(epsilon);
    }

    /// <summary>Gets α.</summary>
    public double Alpha { get; }

    /// <summary>Gets ε.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override OptimizerState Begin(int length) => new State(this, length);

    private sealed class State(RmsProp rms, int length) : OptimizerState(length)
    {
        private readonly float[] _squares = new float[length];

        private protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradient, int start, double learningRate)
        {
            Span<float> step = stackalloc float[BlockLength];
            Span<float> scratch = stackalloc float[BlockLength];
            step = step[..parameters.Length];
            scratch = scratch[..parameters.Length];
            Span<float> squares = _squares.AsSpan(start, parameters.Length);
            Decay.Add(gradient, parameters, rms.WeightDecay, step);

            TensorPrimitives.Multiply(squares, (float)rms.Alpha, squares);
            TensorPrimitives.Multiply(step, step, scratch);
            TensorPrimitives.Multiply(scratch, (float)(1 - rms.Alpha), scratch);
            TensorPrimitives.Add(squares, scratch, squares);

            TensorPrimitives.Sqrt(squares, scratch);
            TensorPrimitives.Add(scratch, (float)rms.Epsilon, scratch);
            TensorPrimitives.Divide(step, scratch, step);
            TensorPrimitives.Multiply(step, (float)learningRate, step);
            TensorPrimitives.Subtract(parameters, step, parameters);
        }
    }
}
