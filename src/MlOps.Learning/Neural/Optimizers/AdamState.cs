using System.Numerics.Tensors;

namespace MlOps.Learning.Neural;

/// <summary>The steps of Adam and AdamW, which differ in where the weight decay acts.</summary>
internal sealed class AdamState(int length, double beta1, double beta2, double epsilon, double penalty, double decay) : OptimizerState(length)
{
    private readonly float[] _means = new float[length];
    private readonly float[] _squares = new float[length];

    private protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradient, int start, double learningRate)
    {
        Span<float> slope = stackalloc float[BlockLength];
        Span<float> scratch = stackalloc float[BlockLength];
        slope = slope[..parameters.Length];
        scratch = scratch[..parameters.Length];
        Span<float> means = _means.AsSpan(start, parameters.Length);
        Span<float> squares = _squares.AsSpan(start, parameters.Length);
        if (decay > 0)
        {
            TensorPrimitives.Multiply(parameters, (float)(1 - (learningRate * decay)), parameters);
        }

        Decay.Add(gradient, parameters, penalty, slope);

        TensorPrimitives.Multiply(means, (float)beta1, means);
        TensorPrimitives.Multiply(slope, (float)(1 - beta1), scratch);
        TensorPrimitives.Add(means, scratch, means);

        TensorPrimitives.Multiply(squares, (float)beta2, squares);
        TensorPrimitives.Multiply(slope, slope, scratch);
        TensorPrimitives.Multiply(scratch, (float)(1 - beta2), scratch);
        TensorPrimitives.Add(squares, scratch, squares);

        TensorPrimitives.Sqrt(squares, scratch);
        TensorPrimitives.Multiply(scratch, (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, Steps))), scratch);
        TensorPrimitives.Add(scratch, (float)epsilon, scratch);
        TensorPrimitives.Divide(means, scratch, scratch);
        TensorPrimitives.Multiply(scratch, (float)(learningRate / (1 - Math.Pow(beta1, Steps))), scratch);
        TensorPrimitives.Subtract(parameters, scratch, parameters);
    }
}
