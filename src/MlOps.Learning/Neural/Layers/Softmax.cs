namespace MlOps.Learning.Neural;

/// <summary>Turns a vector of scores into probabilities: <c>yᵢ = e^xᵢ / Σⱼ e^xⱼ</c>.</summary>
/// <remarks>The losses for classes read scores and bring their own softmax: do not end a network for them with this layer.</remarks>
public sealed record Softmax : Layer
{
    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input) => input.IsImage ? throw DoesNotFit(input, "vectors") : input;

    internal override LayerOperation Operation(TensorShape input, Threads threads) => new SoftmaxOperation(input.Size);

    /// <summary>Softmax of scores / temperature, in double precision.</summary>
    internal static void Of(ReadOnlySpan<float> scores, double temperature, Span<double> probabilities)
    {
        double largest = scores[0];
        foreach (float score in scores)
        {
            largest = Math.Max(largest, score);
        }

        double sum = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            probabilities[i] = Math.Exp((scores[i] - largest) / temperature); // at most 1: no overflow
            sum += probabilities[i];
        }

        for (int i = 0; i < scores.Length; i++)
        {
            probabilities[i] /= sum;
        }
    }
}

internal sealed class SoftmaxOperation(int size) : LayerOperation
{
    private readonly double[] _probabilities = new double[size];

    internal override void Forward(ReadOnlyMemory<float> x, Memory<float> y, int n, Memory<float> weights, LayerPass pass)
    {
        for (int i = 0; i < n; i++)
        {
            Softmax.Of(x.Span.Slice(i * size, size), 1, _probabilities);
            Span<float> row = y.Span.Slice(i * size, size);
            for (int c = 0; c < size; c++)
            {
                row[c] = (float)_probabilities[c];
            }
        }
    }

    internal override void Backward(ReadOnlyMemory<float> x, ReadOnlyMemory<float> y, ReadOnlyMemory<float> dy, Memory<float> dx, int n, ReadOnlyMemory<float> weights, Memory<float> gradient)
    {
        if (dx.IsEmpty)
        {
            return;
        }

        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<float> p = y.Span.Slice(i * size, size);
            ReadOnlySpan<float> back = dy.Span.Slice(i * size, size);
            double mean = 0;
            for (int c = 0; c < size; c++)
            {
                mean += (double)p[c] * back[c];
            }

            Span<float> row = dx.Span.Slice(i * size, size);
            for (int c = 0; c < size; c++)
            {
                row[c] = (float)(p[c] * (back[c] - mean));
            }
        }
    }
}
