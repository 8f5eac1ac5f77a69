namespace MlOps.Learning.Neural;

/// <summary>Reads an image as a vector: channel by channel, row by row. A vector stays as it is.</summary>
public sealed record Flatten : Layer
{
    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input) => TensorShape.Vector(input.Size);

    internal override LayerOperation Operation(TensorShape input, Threads threads) =>
        new ElementwiseOperation(input.Size, threads, (x, y) => x.CopyTo(y), (_, _, dy, dx) => dy.CopyTo(dx));
}
