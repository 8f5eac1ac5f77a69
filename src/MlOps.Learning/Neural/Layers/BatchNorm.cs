namespace MlOps.Learning.Neural;

/// <summary>Normalises each channel (or feature) to mean 0 and variance 1, then scales and shifts it: <c>y = γ · (x − μ) / √(σ² + ε) + β</c>.</summary>
/// <param name="Momentum">How fast the running statistics follow the batches, in [0, 1]: <c>running = (1 − momentum) · running + momentum · batch</c>.</param>
/// <param name="Epsilon">ε &gt; 0, against division by 0.</param>
/// <remarks>
/// In training μ and σ² (divided by n) are those of the batch, over all its samples and pixels; at prediction, and in a frozen layer, the running ones (σ² there
/// divided by n − 1), which begin at 0 and 1. γ begins at 1, β at 0. In a batch with one value a channel y is β.
/// <para>Source: S. Ioffe, C. Szegedy, "Batch Normalization", ICML 2015.</para>
/// </remarks>
public sealed record BatchNorm(double Momentum = 0.1, double Epsilon = 1e-5) : Layer
{
    /// <summary>Gets how fast the running statistics follow.</summary>
    public double Momentum { get; init; } = Guard.Share(Momentum);

    /// <summary>Gets ε.</summary>
    public double Epsilon { get; init; } = Guard.Positive(Epsilon);

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input) => input;

    internal override IReadOnlyList<ParameterPlan> Parameters(TensorShape input) =>
    [
        new("scale", [input.Channels], 1),
        new("shift", [input.Channels], 0),
        new("running mean", [input.Channels], 0, IsStatistic: true),
        new("running variance", [input.Channels], 1, IsStatistic: true),
    ];

    internal override LayerOperation Operation(TensorShape input, Threads threads) => new BatchNormOperation(this, input.Channels, input.Area, threads);
}

/// <summary>Channels are shared among threads; the sums of one channel run over samples, then pixels, in double precision.</summary>
internal sealed class BatchNormOperation(BatchNorm layer, int channels, int area, Threads threads) : LayerOperation
{
    private readonly double[] _means = new double[channels];
    private readonly double[] _scales = new double[channels]; // 1 / √(σ² + ε)
    private bool _training;

    internal override void Forward(ReadOnlyMemory<float> x, Memory<float> y, int n, Memory<float> weights, LayerPass pass)
    {
        _training = pass.IsTraining;
        threads.For(channels, channel =>
        {
            Span<float> parameters = weights.Span;
            double mean = parameters[(2 * channels) + channel];
            double variance = parameters[(3 * channels) + channel];
            if (_training)
            {
                (mean, variance) = Moments(x.Span, channel, n);
                double count = (double)n * area;
                Follow(ref parameters[(2 * channels) + channel], mean);
                Follow(ref parameters[(3 * channels) + channel], variance * count / Math.Max(1, count - 1));
            }

            _means[channel] = mean;
            _scales[channel] = 1 / Math.Sqrt(variance + layer.Epsilon);
            float factor = (float)(parameters[channel] * _scales[channel]);
            float offset = (float)(parameters[channels + channel] - (mean * parameters[channel] * _scales[channel]));
            for (int i = 0; i < n; i++)
            {
                int start = ((i * channels) + channel) * area;
                ReadOnlySpan<float> values = x.Span.Slice(start, area);
                Span<float> results = y.Span.Slice(start, area);
                for (int p = 0; p < area; p++)
                {
                    results[p] = (values[p] * factor) + offset;
                }
            }
        });
    }

    internal override void Backward(ReadOnlyMemory<float> x, ReadOnlyMemory<float> y, ReadOnlyMemory<float> dy, Memory<float> dx, int n, ReadOnlyMemory<float> weights, Memory<float> gradient) =>
        threads.For(channels, channel =>
        {
            double mean = _means[channel];
            double scale = _scales[channel];
            double sum = 0;
            double product = 0; // Σ dy · x̂
            for (int i = 0; i < n; i++)
            {
                int start = ((i * channels) + channel) * area;
                ReadOnlySpan<float> values = x.Span.Slice(start, area);
                ReadOnlySpan<float> back = dy.Span.Slice(start, area);
                for (int p = 0; p < area; p++)
                {
                    sum += back[p];
                    product += back[p] * ((values[p] - mean) * scale);
                }
            }

            if (!gradient.IsEmpty)
            {
                gradient.Span[channel] += (float)product;
                gradient.Span[channels + channel] += (float)sum;
            }

            if (!dx.IsEmpty)
            {
                double count = (double)n * area;
                double factor = weights.Span[channel] * scale;
                (double meanBack, double slope) = _training ? (sum / count, product / count) : (0, 0);
                CarryBack(x.Span, dy.Span, dx.Span, channel, n, factor, meanBack, slope);
            }
        });

    // dx = γ/√(σ² + ε) · (dy − mean(dy) − x̂ · mean(dy · x̂))
    private void CarryBack(ReadOnlySpan<float> x, ReadOnlySpan<float> dy, Span<float> dx, int channel, int n, double factor, double meanBack, double slope)
    {
        double mean = _means[channel];
        double scale = _scales[channel];
        for (int i = 0; i < n; i++)
        {
            int start = ((i * channels) + channel) * area;
            for (int p = start; p < start + area; p++)
            {
                dx[p] = (float)(factor * (dy[p] - meanBack - ((x[p] - mean) * scale * slope)));
            }
        }
    }

    private (double Mean, double Variance) Moments(ReadOnlySpan<float> x, int channel, int n)
    {
        double sum = 0;
        for (int i = 0; i < n; i++)
        {
            foreach (float value in x.Slice(((i * channels) + channel) * area, area))
            {
                sum += value;
            }
        }

        double mean = sum / ((double)n * area);
        double squares = 0;
        for (int i = 0; i < n; i++)
        {
            foreach (float value in x.Slice(((i * channels) + channel) * area, area))
            {
                squares += (value - mean) * (value - mean);
            }
        }

        return (mean, squares / ((double)n * area));
    }

    private void Follow(ref float running, double batch) => running = (float)(((1 - layer.Momentum) * running) + (layer.Momentum * batch));
}
