namespace MlOps.Learning.Neural;

/// <summary>Shrinks an image: the largest value of each window, channel by channel.</summary>
/// <param name="Size">Height and width of a window in pixels; at least 1.</param>
/// <param name="Stride">Pixels from one window to the next; 0 means <paramref name="Size"/>, so that windows touch.</param>
/// <remarks>Without padding: rows and columns that fill no window are left out. The gradient goes to the largest value, the first of equals.</remarks>
public sealed record MaxPool(int Size = 2, int Stride = 0) : Layer
{
    /// <summary>Gets the height and width of a window.</summary>
    public int Size { get; init; } = Guard.AtLeast(Size, 1);

    /// <summary>Gets the pixels from one window to the next.</summary>
    public int Stride { get; init; } = Guard.AtLeast(Stride, 0) == 0 ? Size : Stride;

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input) =>
        PoolingShape.Of(input, Size, Stride) ?? throw DoesNotFit(input, $"images of at least {Size} × {Size} pixels");

    internal override LayerOperation Operation(TensorShape input, Threads threads) =>
        new MaxPoolOperation(new PoolingShape(input, OutputShape(input), Size, Stride), threads);
}

/// <summary>Keeps, for the way back, where in its channel each largest value stood.</summary>
internal sealed class MaxPoolOperation(PoolingShape shape, Threads threads) : LayerOperation
{
    private int[] _sources = [];

    internal override void Forward(ReadOnlyMemory<float> x, Memory<float> y, int n, Memory<float> weights, LayerPass pass)
    {
        if (_sources.Length < n * shape.Output.Size)
        {
            _sources = new int[n * shape.Output.Size];
        }

        threads.For(n, image =>
        {
            for (int channel = image * shape.Input.Channels; channel < (image + 1) * shape.Input.Channels; channel++)
            {
                ReadOnlySpan<float> plane = x.Span.Slice(channel * shape.Input.Area, shape.Input.Area);
                int at = channel * shape.Output.Area;
                Channel(plane, y.Span.Slice(at, shape.Output.Area), _sources.AsSpan(at, shape.Output.Area));
            }
        });
    }

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
                int at = channel * shape.Output.Area;
                ReadOnlySpan<float> back = dy.Span.Slice(at, shape.Output.Area);
                ReadOnlySpan<int> sources = _sources.AsSpan(at, shape.Output.Area);
                for (int o = 0; o < back.Length; o++)
                {
                    plane[sources[o]] += back[o];
                }
            }
        });
    }

    private void Channel(ReadOnlySpan<float> plane, Span<float> largest, Span<int> sources)
    {
        int o = 0;
        for (int i = 0; i < shape.Output.Height; i++)
        {
            for (int j = 0; j < shape.Output.Width; j++, o++)
            {
                int corner = (i * shape.Stride * shape.Input.Width) + (j * shape.Stride);
                int source = corner;
                float best = plane[corner];
                for (int u = 0; u < shape.Size; u++)
                {
                    int line = corner + (u * shape.Input.Width);
                    for (int v = 0; v < shape.Size; v++)
                    {
                        if (plane[line + v] > best)
                        {
                            (best, source) = (plane[line + v], line + v);
                        }
                    }
                }

                largest[o] = best;
                sources[o] = source;
            }
        }
    }
}
