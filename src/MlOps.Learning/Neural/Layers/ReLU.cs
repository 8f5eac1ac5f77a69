using System.Numerics.Tensors;

namespace MlOps.Learning.Neural;

/// <summary>Rectifier: <c>y = max(0, x)</c>. Its slope at 0 is taken as 0.</summary>
/// <remarks>Source: V. Nair, G. Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", ICML 2010.</remarks>
public sealed record ReLU : Layer
{
    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input) => input;

    internal override LayerOperation Operation(TensorShape input, Threads threads) =>
        new ElementwiseOperation(input.Size, threads, (x, y) => TensorPrimitives.Max(x, 0f, y), (_, y, dy, dx) => LeakyReLU.Slopes(y, dy, 0, dx));
}
