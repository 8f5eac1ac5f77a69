namespace MlOps.Learning.Neural;

/// <summary>In training, sets each value to 0 with a probability and divides the others by what is left: <c>y = x · m / (1 − rate)</c>.</summary>
/// <param name="Rate">The probability of 0, in [0, 1).</param>
/// <remarks>
/// Does nothing at prediction. Which values fall depends on the seed, the step, the layer and the place in the batch alone, not on threads or workers.
/// <para>Source: N. Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting", JMLR 15 (2014).</para>
/// </remarks>
public sealed record Dropout(double Rate = 0.5) : Layer
{
    /// <summary>Gets the probability of 0.</summary>
    public double Rate { get; init; } = Guard.Share(Rate) < 1 ? Rate : throw new ArgumentOutOfRangeException(nameof(Rate), "A rate of 1 would drop everything; it must be below 1.");

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input) => input;

    internal override LayerOperation Operation(TensorShape input, Threads threads) => new DropoutOperation(input.Size, Rate, threads);
}

internal sealed class DropoutOperation(int size, double rate, Threads threads) : LayerOperation
{
    private readonly float _factor = (float)(1 / (1 - rate));
    private readonly uint _limit = (uint)(rate * uint.MaxValue);
    private LayerPass _pass;

    internal override void Forward(ReadOnlyMemory<float> x, Memory<float> y, int n, Memory<float> weights, LayerPass pass)
    {
        _pass = pass;
        threads.Chunks(n * size, (start, length) => Mask(x.Span.Slice(start, length), y.Span.Slice(start, length), start));
    }

    internal override void Backward(ReadOnlyMemory<float> x, ReadOnlyMemory<float> y, ReadOnlyMemory<float> dy, Memory<float> dx, int n, ReadOnlyMemory<float> weights, Memory<float> gradient)
    {
        if (!dx.IsEmpty)
        {
            threads.Chunks(n * size, (start, length) => Mask(dy.Span.Slice(start, length), dx.Span.Slice(start, length), start));
        }
    }

    private void Mask(ReadOnlySpan<float> values, Span<float> results, int start)
    {
        if (!_pass.IsTraining)
        {
            values.CopyTo(results);
            return;
        }

        ulong first = (ulong)(((long)_pass.FirstSample * size) + start);
        for (int i = 0; i < results.Length; i++)
        {
            uint bits = (uint)(RandomBits.At(_pass.Key, first + (ulong)i) >> 32);
            results[i] = bits >= _limit ? values[i] * _factor : 0;
        }
    }
}
