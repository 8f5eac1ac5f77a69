namespace MlOps.Learning.Neural;

/// <summary>A convolution: every filter slides over the image and gives one channel of sums of products.</summary>
/// <param name="Filters">Channels of the output; at least 1.</param>
/// <param name="KernelSize">Height and width of a filter in pixels; at least 1.</param>
/// <param name="Stride">Pixels from one position to the next; at least 1.</param>
/// <param name="Padding">Zeros added on each side of the image; 0 for none, less than <paramref name="KernelSize"/>.</param>
/// <param name="Bias">Whether each filter has a constant.</param>
/// <param name="Initialization">Of the filters; null: He before ReLU and its kin, else Glorot. Constants begin at 0.</param>
/// <remarks>
/// <c>y[f, i, j] = b[f] + Σ_{c,u,v} w[f, c, u, v] · x[c, i·stride + u − padding, j·stride + v − padding]</c>; the output is
/// <c>⌊(H + 2·padding − kernel) / stride⌋ + 1</c> high, and as wide likewise. Filters · (C · kernel² + 1) parameters.
/// </remarks>
public sealed record Conv2D(int Filters, int KernelSize, int Stride = 1, int Padding = 0, bool Bias = true, Initialization? Initialization = null) : Layer
{
    /// <summary>Gets the number of channels of the output.</summary>
    public int Filters { get; init; } = Guard.AtLeast(Filters, 1);

    /// <summary>Gets the height and width of a filter.</summary>
    public int KernelSize { get; init; } = Guard.AtLeast(KernelSize, 1);

    /// <summary>Gets the pixels from one position to the next.</summary>
    public int Stride { get; init; } = Guard.AtLeast(Stride, 1);

    /// <summary>Gets the zeros on each side.</summary>
    public int Padding { get; init; } = Padding >= 0 && Padding < KernelSize
        ? Padding
        : throw new ArgumentOutOfRangeException(nameof(Padding), $"Padding must be at least 0 and less than the kernel's {KernelSize}; got {Padding}.");

    /// <inheritdoc/>
    public override TensorShape OutputShape(TensorShape input)
    {
        if (!input.IsImage || input.Height + (2 * Padding) < KernelSize || input.Width + (2 * Padding) < KernelSize)
        {
            throw DoesNotFit(input, $"images of at least {KernelSize} × {KernelSize} pixels with their padding of {Padding}");
        }

        return TensorShape.Image(Filters, ((input.Height + (2 * Padding) - KernelSize) / Stride) + 1, ((input.Width + (2 * Padding) - KernelSize) / Stride) + 1);
    }

    internal override IReadOnlyList<ParameterPlan> Parameters(TensorShape input)
    {
        int area = KernelSize * KernelSize;
        var weight = new ParameterPlan("weight", [Filters, input.Channels, KernelSize, KernelSize], null, input.Channels * area, Filters * area, Initialization: Initialization);
        return Bias ? [weight, new ParameterPlan("bias", [Filters], 0)] : [weight];
    }

    internal override LayerOperation Operation(TensorShape input, Threads threads) =>
        new ConvolutionOperation(new ImagePatches(input, OutputShape(input), KernelSize, Stride, Padding), Filters, Bias, threads);
}
