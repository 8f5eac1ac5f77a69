namespace MlOps.Learning.Neural;

/// <summary>Shrinks an image: the mean of each window, channel by channel.</summary>
/// <param name="Size">Height and width of a window in pixels; at least 1.</param>
/// <param name="Stride">Pixels from one window to the next; 0 means <paramref name="Size"/>, so that windows touch.</param>
/// <remarks>Without padding: rows and columns that fill no window are left out.</remarks>
public sealed record AveragePool(int Size = 2, int Stride = 0) : Layer
{
    /// <summary>Gets the height and width of a window.</summary>
    public int Size { get; init; } = Guard.AtLeast(Size, 1);

    /// <summary>Gets the pixels from one window to the next.</summary>
    public int Stride { get; init; } = Guard.AtLeast(Stride, 0) == 0 ? Size : Stride;

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input) =>
        PoolingShape.Of(input, Size, Stride) ?? throw DoesNotFit(input, $"images of at least {Size} × {Size} pixels");

    internal override LayerOperation Operation(TensorShape input, Threads threads) =>
        new AveragePoolOperation(new PoolingShape(input, OutputShape(input), Size, Stride), threads);
}

internal sealed class AveragePoolOperation(PoolingShape shape, Threads threads) : LayerOperation
{
    private readonly float _area = shape.Size * shape.Size;

    internal override void Forward(ReadOnlyMemory<float> x, Memory<float> y, int n, Memory<float> weights, LayerPass pass) =>
        threads.For(n, image =>
        {
            for (int channel = image * shape.Input.Channels; channel < (image + 1) * shape.Input.Channels; channel++)
            {
                ReadOnlySpan<float> plane = x.Span.Slice(channel * shape.Input.Area, shape.Input.Area);
                Span<float> means = y.Span.Slice(channel * shape.Output.Area, shape.Output.Area);
                for (int o = 0; o < means.Length; o++)
                {
                    int corner = Corner(o);
                    float sum = 0;
                    for (int u = 0; u < shape.Size; u++)
                    {
                        foreach (float value in plane.Slice(corner + (u * shape.Input.Width), shape.Size))
                        {
                            sum += value;
                        }
                    }

                    means[o] = sum / _area;
                }
            }
        });

    internal override void Backward(ReadOnlyMemory<float> x, ReadOnlyMemory<float> y, ReadOnlyMemory<float> dy, Memory<float> dx, int n, ReadOnlyMemory<float> weights, Memory<float> gradient)
    {
        if (dx.IsEmpty)
        {
            return;
        }

        threads.For(n, image =>
        {
            dx.Span.Slice(image * shape.Input.Size, shape.Input.Size).Clear();
            for (int channel = image * shape.Input.Channels; channel < (image + 1) * shape.Input.Channels; channel++)
            {
                Span<float> plane = dx.Span.Slice(channel * shape.Input.Area, shape.Input.Area);
                ReadOnlySpan<float> back = dy.Span.Slice(channel * shape.Output.Area, shape.Output.Area);
                for (int o = 0; o < back.Length; o++)
                {
                    int corner = Corner(o);
                    float share = back[o] / _area;
                    for (int u = 0; u < shape.Size; u++)
                    {
                        foreach (ref float value in plane.Slice(corner + (u * shape.Input.Width), shape.Size))
                        {
                            value += share;
                        }
                    }
                }
            }
        });
    }

    private int Corner(int output) => (output / shape.Output.Width * shape.Stride * shape.Input.Width) + (output % shape.Output.Width * shape.Stride);
}
