namespace MlOps.Learning.Neural;

/// <summary>Windows without padding over each channel of an image.</summary>
internal readonly record struct PoolingShape(TensorShape Input, TensorShape Output, int Size, int Stride)
{
    internal static TensorShape? Of(TensorShape input, int size, int stride) =>
        input.IsImage && input.Height >= size && input.Width >= size
            ? TensorShape.Image(input.Channels, ((input.Height - size) / stride) + 1, ((input.Width - size) / stride) + 1)
            : null;
}
