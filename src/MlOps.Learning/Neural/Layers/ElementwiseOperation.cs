namespace MlOps.Learning.Neural;

/// <summary>y from x, value by value.</summary>
internal delegate void ElementwiseForward(ReadOnlySpan<float> x, Span<float> y);

/// <summary>dx from x, y and dy, value by value.</summary>
internal delegate void ElementwiseBackward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> dy, Span<float> dx);

/// <summary>A function of each value on its own, done in chunks by several threads.</summary>
internal sealed class ElementwiseOperation(int size, Threads threads, ElementwiseForward forward, ElementwiseBackward backward) : LayerOperation
{
    internal override void Forward(ReadOnlyMemory<float> x, Memory<float> y, int n, Memory<float> weights, LayerPass pass) =>
        threads.Chunks(n * size, (start, length) => forward(x.Span.Slice(start, length), y.Span.Slice(start, length)));

    internal override void Backward(ReadOnlyMemory<float> x, ReadOnlyMemory<float> y, ReadOnlyMemory<float> dy, Memory<float> dx, int n, ReadOnlyMemory<float> weights, Memory<float> gradient)
    {
        if (!dx.IsEmpty)
        {
            threads.Chunks(n * size, (start, length) => backward(x.Span.Slice(start, length), y.Span.Slice(start, length), dy.Span.Slice(start, length), dx.Span.Slice(start, length)));
        }
    }
}
