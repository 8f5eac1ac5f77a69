namespace MlOps.Learning.Neural;

/// <summary>The mean of each channel of an image: a vector of C features, whatever the size of the image.</summary>
public sealed record GlobalAveragePool : Layer
{
    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input) => input.IsImage ? TensorShape.Vector(input.Channels) : throw DoesNotFit(input, "images");

    internal override LayerOperation Operation(TensorShape input, Threads threads) => new GlobalAveragePoolOperation(input.Channels, input.Area, threads);
}

internal sealed class GlobalAveragePoolOperation(int channels, int area, Threads threads) : LayerOperation
{
    internal override void Forward(ReadOnlyMemory<float> x, Memory<float> y, int n, Memory<float> weights, LayerPass pass) =>
        threads.For(n, image =>
        {
            for (int channel = image * channels; channel < (image + 1) * channels; channel++)
            {
                y.Span[channel] = Sums.InOrder(x.Span.Slice(channel * area, area)) / area;
            }
        });

    internal override void Backward(ReadOnlyMemory<float> x, ReadOnlyMemory<float> y, ReadOnlyMemory<float> dy, Memory<float> dx, int n, ReadOnlyMemory<float> weights, Memory<float> gradient)
    {
        if (dx.IsEmpty)
        {
            return;
        }

        for (int channel = 0; channel < n * channels; channel++)
        {
            dx.Span.Slice(channel * area, area).Fill(dy.Span[channel] / area);
        }
    }
}
