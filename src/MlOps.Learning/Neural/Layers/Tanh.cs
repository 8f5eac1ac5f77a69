using System.Numerics.Tensors;

namespace MlOps.Learning.Neural;

/// <summary>Hyperbolic tangent, in (−1, 1).</summary>
public sealed record Tanh : Layer
{
    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input) => input;

    internal override LayerOperation Operation(TensorShape input, Threads threads) =>
        new ElementwiseOperation(input.Size, threads, (x, y) => TensorPrimitives.Tanh(x, y), Backward);

    private static void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx)
    {
        for (int i = 0; i < dx.Length; i++)
        {
            dx[i] = dy[i] * (1 - (y[i] * y[i]));
        }
    }
}
